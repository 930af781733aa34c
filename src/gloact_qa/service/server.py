"""Uvicorn around the application."""

import socket
from collections.abc import Callable

import uvicorn

from gloact_qa.answering.bot import Bot
from gloact_qa.errors import SettingsError
from gloact_qa.service.app import create_app
from gloact_qa.settings import Settings


def serve(bot: Bot, settings: Settings, announce: Callable[[str], None]) -> None:
    """Serve the bot until SIGINT or SIGTERM; tell ``announce`` the address when bound.

    ``settings`` give the address; port 0 takes any free port. Raises SettingsError when it
    cannot be bound.
    """
    host, port = settings.host, settings.port
    listener = _bind(host, port)
    bound_port = listener.getsockname()[1]
    config = uvicorn.Config(
        create_app(bot, settings), log_level="warning", access_log=False, server_header=False
    )
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
