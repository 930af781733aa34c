"""The connection to an OpenSearch cluster, and its failures in the package's own words."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from opensearchpy import OpenSearch, exceptions

from gloact_qa.errors import EngineUnavailableError, GloactQAError
from gloact_qa.settings import Settings

# Questions that are answered at a time, and so connections to one node, at most.
_CONNECTIONS = 16
# Tries of one request, each on another node as long as there is one.
_LEAST_RETRIES = 2
# A node that failed is left out for this long, in seconds, at each further failure for twice as
# long, up to 2 ** _DOUBLINGS times: one that is back is soon asked again.
_LEFT_OUT, _DOUBLINGS = 2.0, 2
_BUSY = frozenset((429, 502, 503, 504))


def connect(settings: Settings) -> OpenSearch:
    """Return the client of the settings' cluster, the same one for the same cluster."""
    password = settings.opensearch_password
    return _client(
        settings.opensearch_hosts,
        settings.opensearch_user,
        password.get_secret_value() if password else "",
        settings.opensearch_ca,
        settings.opensearch_timeout,
    )


@lru_cache(maxsize=4)
def _client(
    hosts: tuple[str, ...], user: str | None, password: str, ca: Path | None, timeout: float
) -> OpenSearch:
    return OpenSearch(
        hosts=list(hosts),
        http_auth=(user, password) if user else None,
        verify_certs=True,
        ca_certs=str(ca) if ca else None,
        timeout=timeout,
        max_retries=max(_LEAST_RETRIES, len(hosts)),
        # All that is sent may be sent twice: what is written has an id of its own.
        retry_on_timeout=True,
        retry_on_status=tuple(_BUSY - {429}),
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
        raise EngineUnavailableError("no node of OpenSearch can be reached") from error
    except (exceptions.AuthenticationException, exceptions.AuthorizationException) as error:
        raise EngineUnavailableError(
            f"OpenSearch refuses GLOACT_QA_OPENSEARCH_USER: {error.error}"
        ) from error
    except exceptions.NotFoundError as error:
        # Removed by a later build: whoever has it still takes up the new one soon.
        raise EngineUnavailableError("the index was replaced by another one") from error
    except exceptions.TransportError as error:
        if error.status_code in _BUSY or error.status_code == 500:
            raise EngineUnavailableError(f"OpenSearch cannot answer now: {error.error}") from error
        raise GloactQAError(f"OpenSearch refuses: {error.status_code} {error.error}") from error
