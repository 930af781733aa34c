"""Uvicorn around the application, in this process or in several workers."""

import logging.config
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from types import FrameType

import uvicorn
from starlette.types import ASGIApp

from gloact_qa.errors import SettingsError
from gloact_qa.service.app import create_app
from gloact_qa.service.edition import open_newsroom
from gloact_qa.service.logs import log_config
from gloact_qa.service.protocol import connections_at_most, protocol_for
from gloact_qa.settings import Settings

# Files that a process has open besides its connections.
_OTHER_FILES = 64


def serve(settings: Settings, announce: Callable[[str, str], None]) -> None:
    """Serve the knowledge folder until SIGINT or SIGTERM.

    ``announce`` is told, once it is bound, the address, and how much is served there.
    ``settings`` give the address; port 0 takes any free port. Raises KnowledgeError when
    the folder cannot be used, SettingsError when the address cannot be bound.
    """
    logging.config.dictConfig(log_config(settings.log_format))
    with _ends_at_once_on_signals():
        newsroom = open_newsroom(settings)
        size = newsroom.current.size
        _allow_files(connections_at_most(settings) + _OTHER_FILES)
        with _bind(settings.host, settings.port) as listener:
            host = f"[{settings.host}]" if ":" in settings.host else settings.host
            announce(f"http://{host}:{listener.getsockname()[1]}", size)
            if settings.workers == 1:
                Server(Config(partial(create_app, newsroom, settings), settings)).run([listener])
            else:
                from gloact_qa.service.workers import run_workers

                del newsroom  # only built to see that it can be
                run_workers(settings, listener)


class Config(uvicorn.Config):
    """Uvicorn's configuration, from the settings; a worker gets it pickled."""

    def __init__(self, factory: Callable[[], ASGIApp], settings: Settings) -> None:
        """Serve the application that ``factory`` makes."""
        self._settings = settings
        super().__init__(
            factory,
            factory=True,
            workers=settings.workers,
            log_config=log_config(settings.log_format),
            access_log=False,
            server_header=False,
            ws="none",
            lifespan="on",
            proxy_headers=bool(settings.trusted_proxies),
            forwarded_allow_ips=list(settings.trusted_proxies),
            timeout_keep_alive=settings.keep_alive,
            timeout_graceful_shutdown=settings.shutdown_timeout,
        )

    def load(self) -> None:
        """Make the application and the protocol, in the process that serves."""
        self.http = protocol_for(self._settings)
        super().load()


class Server(uvicorn.Server):
    """Uvicorn's server, for which a signal is a request to end, not an error."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """End; a second SIGINT ends without finishing what is in flight.

        Uvicorn would raise the signal once more after the end, and so exit with an error.
        """
        self.force_exit = self.should_exit and sig == signal.SIGINT
        self.should_exit = True


@contextmanager
def _ends_at_once_on_signals() -> Iterator[None]:
    """Exit with 0 on SIGINT and SIGTERM as long as nothing is served that could be finished."""

    def end(sig: int, frame: FrameType | None) -> None:
        sys.exit(0)

    before = {number: signal.signal(number, end) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _allow_files(count: int) -> None:
    """Let this process, and its workers, have ``count`` files open.

    Past the system's limit a server can take no connection, and cannot say so either.
    Raises SettingsError when the system forbids as many.
    """
    try:
        import resource
    except ImportError:  # no such limit on Windows
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != resource.RLIM_INFINITY and soft < count:
        try:
            resource.setrlimit(resource.RLIMIT_NOFILE, (count, hard))
        except (ValueError, OSError) as error:
            raise SettingsError(
                f"GLOACT_QA_MAX_CONNECTIONS: needs {count} open files, and the system "
                f"allows {hard} (ulimit -n)"
            ) from error


def _bind(host: str, port: int) -> socket.socket:
    """Return a listening socket, bound here so that a failure has one clear message."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, protocol)
        try:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(address)
            listener.listen(2048)
        except OSError:
            listener.close()
            raise
    except OSError as error:
        raise SettingsError(f"cannot listen on {host} port {port}: {error.strerror}") from error
    return listener
