"""Several processes that serve one socket, and the parent that keeps them alive."""

import logging
import multiprocessing
import os
import shutil
import socket
import sys
import tempfile
import threading
import time
from functools import partial

from starlette.types import ASGIApp
from uvicorn.supervisors import Multiprocess

from gloact_qa.errors import GloactQAError
from gloact_qa.service.app import create_app
from gloact_qa.service.edition import open_newsroom
from gloact_qa.service.metrics import SHARED_FOLDER
from gloact_qa.service.server import Config
from gloact_qa.settings import Settings

# Beyond the time that a worker has to finish, to start and to end by itself; in seconds.
_GRACE = 3

_log = logging.getLogger(__name__)


def run_workers(settings: Settings, listener: socket.socket) -> None:
    """Serve ``listener`` in ``settings.workers`` processes until SIGINT or SIGTERM.

    Uvicorn's supervisor replaces a worker that died or hangs. The workers share their
    figures in a folder, so that /metrics gives those of all, whichever is asked.
    """
    figures = tempfile.mkdtemp(prefix="gloact-qa-metrics-")
    os.environ[SHARED_FOLDER] = figures
    try:
        _Supervisor(Config(partial(_worker_app, settings), settings), [listener]).run()
    finally:
        del os.environ[SHARED_FOLDER]
        shutil.rmtree(figures, ignore_errors=True)


class _Supervisor(Multiprocess):
    """Uvicorn's supervisor, which doesn't wait for ever for a worker to end."""

    def join_all(self) -> None:
        """Wait for the workers; kill those that take too long."""
        deadline = time.monotonic() + (self.config.timeout_graceful_shutdown or 0) + _GRACE
        for worker in self.processes:
            worker.process.join(max(0, deadline - time.monotonic()))
            if worker.process.is_alive():
                worker.process.kill()
        super().join_all()


def _worker_app(settings: Settings) -> ASGIApp:
    """Return a worker's application; called in the worker."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        return create_app(open_newsroom(settings), settings)
    except GloactQAError as error:
        # The folder was good when the parent began, and this one replaces a worker that
        # died. The others go on with what they have; the parent soon tries again.
        _log.error("a worker cannot start: %s", error)
        time.sleep(1)
        sys.exit(1)


def _end_with_parent() -> None:
    """End this process when its parent is gone, however it went: the port must be free."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        shutil.rmtree(os.environ[SHARED_FOLDER], ignore_errors=True)
        os._exit(1)
