"""Uvicorn around the application."""

import socket
from collections.abc import Callable

import uvicorn

from gloact_qa.answering.bot import Bot
from gloact_qa.errors import SettingsError
from gloact_qa.service.app import create_app


def serve(bot: Bot, host: str, port: int, announce: Callable[[str], None]) -> None:
    """Serve the bot until SIGINT or SIGTERM; tell ``announce`` the address when bound.

    Port 0 takes any free port. Raises SettingsError when the address cannot be bound.
    """
    listener = _bind(host, port)
    bound_port = listener.getsockname()[1]
    config = uvicorn.Config(create_app(bot), log_level="warning", access_log=False)
    server = uvicorn.Server(config)
    shown = f"[{host}]" if ":" in host else host
    announce(f"http://{shown}:{bound_port}")
    with listener:
        server.run(sockets=[listener])


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
