"""The connection to an OpenSearch cluster, and its failures in the package's own words."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from opensearchpy import OpenSearch, exceptions

from gloact_qa.errors import EngineUnavailableError, GloactQAError
from gloact_qa.settings import Settings

# Questions that are answered at a time, and so connections to one node, at most.
_CONNECTIONS = 16
# Further tries of a request without a Reader, each on another node as long as there is one.
_LEAST_RETRIES = 2
# A node that failed is left out for this long, in seconds, at each further failure for twice as
# long, up to 2 ** _DOUBLINGS times: one that is back is soon asked again.
_LEFT_OUT, _DOUBLINGS = 2.0, 2
_BUSY = frozenset((429, 502, 503, 504))
# 500 is also what a search gets whose next phase was to run on a node that is no more.
_MAY_PASS = _BUSY | {500}
# How long what fails is tried again, in seconds: in that time a cluster that lost a node has
# found itself again, and whoever asked is still there.
_PATIENCE = 4.0
_FIRST_PAUSE, _LONGEST_PAUSE, _LEAST_TIMEOUT = 0.05, 0.8, 0.5

_Found = TypeVar("_Found")


def connect(settings: Settings) -> OpenSearch:
    """Return the client of the settings' cluster, the same one for the same cluster.

    It goes to another node at once, and knows no pause.
    """
    # All that is sent may be sent twice: what is written has an id of its own.
    return _connect(settings, max(_LEAST_RETRIES, len(settings.opensearch_hosts)), _BUSY - {429})


class Reader:
    """Reads from a cluster, and tries again for a while where a failure may pass by itself.

    The client has no part in that, for it would try four times within milliseconds. All it
    does is to leave out for a time a node that can't be reached or doesn't answer in time.
    """

    def __init__(self, settings: Settings, patience: float = _PATIENCE) -> None:
        """Read from the settings' cluster; try again for ``patience`` seconds after a failure."""
        self._client = _connect(settings, 0, frozenset())
        self._nodes = len(settings.opensearch_hosts)
        self._timeout = settings.opensearch_timeout
        self._patience = patience
        self._hopeless_until = 0.0

    def ask(self, request: Callable[[OpenSearch, float], _Found]) -> _Found:
        """Return what ``request`` does, called with the client and a time-out in seconds.

        Raises what ``speaking`` does: half a second after the settings' time-out and the
        patience, at most; at once when every node refuses, or waiting would gain nothing.
        """
        with speaking():
            return self._ask(request)

    def _ask(self, request: Callable[[OpenSearch, float], _Found]) -> _Found:
        timeout, pause, refused, end = self._timeout, _FIRST_PAUSE, 0, None
        while True:
            try:
                found = request(self._client, timeout)
            except exceptions.TransportError as error:
                now = time.monotonic()
                if end is None:
                    end = now + self._patience
                if _may_pass(error):
                    refused = 0
                    if now >= end or now < self._hopeless_until:
                        # Of many that wait for the same, only the first are to wait in vain.
                        # The next may take as long as the time-out to find that it still is so.
                        self._hopeless_until = now + self._timeout + self._patience
                        raise
                    time.sleep(min(pause, end - now))
                    pause = min(2 * pause, _LONGEST_PAUSE)
                elif isinstance(error, exceptions.ConnectionError):
                    # Another node is tried at once; once more, since a connection that was
                    # kept open tells little about its node.
                    refused += 1
                    if refused > self._nodes or now >= end:
                        raise
                else:
                    raise
                # Half of what is left: of a search that waits for a node that hangs, the next
                # try may find another copy of the shard.
                left = end - time.monotonic()
                timeout = min(self._timeout, max(left / 2, _LEAST_TIMEOUT))
            else:
                self._hopeless_until = 0.0
                return found


def raise_failed(parts: Iterable[Mapping[str, Any]]) -> None:
    """Raise the client's error for the first part that failed of a response that did not."""
    for part in parts:
        if "error" in part:
            kind = str(part["error"].get("type"))
            # Where a text is asked for, OpenSearch gives no status.
            missing = kind == "index_not_found_exception"
            status = part.get("status", 404 if missing else 503)
            fitting = exceptions.HTTP_EXCEPTIONS.get(status, exceptions.TransportError)
            raise fitting(status, kind, part)


def _connect(settings: Settings, retries: int, retried: frozenset[int]) -> OpenSearch:
    password = settings.opensearch_password
    return _client(
        settings.opensearch_hosts,
        settings.opensearch_user,
        password.get_secret_value() if password else "",
        settings.opensearch_ca,
        settings.opensearch_timeout,
        retries,
        retried,
    )


@lru_cache(maxsize=8)
def _client(
    hosts: tuple[str, ...],
    user: str | None,
    password: str,
    ca: Path | None,
    timeout: float,
    retries: int,
    retried: frozenset[int],
) -> OpenSearch:
    return OpenSearch(
        hosts=list(hosts),
        http_auth=(user, password) if user else None,
        verify_certs=True,
        ca_certs=str(ca) if ca else None,
        timeout=timeout,
        max_retries=retries,
        retry_on_timeout=True,
        retry_on_status=retried,
        pool_maxsize=_CONNECTIONS,
        dead_timeout=_LEFT_OUT,
        timeout_cutoff=_DOUBLINGS,
        http_compress=False,  # in one's own network it costs more time than it saves
    )


@contextmanager
def speaking() -> Iterator[None]:
    """Raise OpenSearch's failures as errors of the package, around requests.

    EngineUnavailableError for what may pass by itself; what remains is a GloactQAError with
    OpenSearch's own word for it.
    """
    try:
        yield
    except exceptions.ConnectionTimeout as error:
        raise EngineUnavailableError("OpenSearch does not answer in time") from error
    except exceptions.SSLError as error:
        raise EngineUnavailableError(f"OpenSearch is not to be trusted: {error.error}") from error
    except exceptions.ConnectionError as error:
        reason = type(error.info).__name__
        raise EngineUnavailableError(f"no node of OpenSearch can be reached: {reason}") from error
    except (exceptions.AuthenticationException, exceptions.AuthorizationException) as error:
        raise EngineUnavailableError(
            f"OpenSearch refuses GLOACT_QA_OPENSEARCH_USER: {error.error}"
        ) from error
    except exceptions.NotFoundError as error:
        # Removed by a later build: whoever has it still takes up the new one soon.
        raise EngineUnavailableError("the index was replaced by another one") from error
    except exceptions.TransportError as error:
        if _may_pass(error):
            raise EngineUnavailableError(f"OpenSearch cannot answer now: {_kind(error)}") from error
        raise GloactQAError(f"OpenSearch refuses: {error.status_code} {error.error}") from error


def _may_pass(error: exceptions.TransportError) -> bool:
    """Tell whether the node that was asked may soon answer right."""
    return _is_timeout(error) or error.status_code in _MAY_PASS


def _is_timeout(error: exceptions.TransportError) -> bool:
    # The client's own kind is only for an answer that takes too long, not for a connection.
    late = "ConnectTimeoutError"
    return isinstance(error, exceptions.ConnectionTimeout) or type(error.info).__name__ == late


def _kind(error: exceptions.TransportError) -> str:
    """Return OpenSearch's words for what happened and for its cause.

    Not its whole reason, which can have the terms that were searched.
    """
    kinds = [str(error.error)]
    reported = error.info.get("error") if isinstance(error.info, Mapping) else None
    if isinstance(reported, Mapping):  # a balancer's error is a text
        kinds += [str(cause["type"]) for cause in reported.get("root_cause", ())]
    return f"{error.status_code} {', '.join(dict.fromkeys(kinds))}"
