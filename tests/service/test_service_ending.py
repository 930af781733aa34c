"""Signals, sudden deaths, and several workers."""

import os
import re
import signal
import socket
import time
from contextlib import suppress
from pathlib import Path

import httpx
import pytest
from exchanging import BODY, HEAD, connect, read_to_end, within
from test_service_observed import counted

from serving import Running, run_server

ASKED = {"question": "Who moderated the event?"}


def ended(server: Running, seconds: float) -> int:
    """Return the exit code of a server that must end within some seconds."""
    return server.process.wait(seconds)


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_finishes_what_is_in_flight(sent: signal.Signals) -> None:
    with run_server() as server:
        # One that has begun, one that is idle, one that has not begun.
        with connect(server) as begun, connect(server) as idle, connect(server) as silent:
            idle.sendall(HEAD + BODY)
            assert idle.recv(65_536).startswith(b"HTTP/1.1 200 ")
            begun.sendall(HEAD + BODY[:5])
            assert httpx.get(f"{server}/healthz", timeout=30).status_code == 200
            server.process.send_signal(sent)
            assert read_to_end(silent) == b""
            begun.sendall(BODY[5:])
            assert b"Alena Kupchyna" in read_to_end(begun)
        assert ended(server, 5) == 0
    assert not any("Traceback" in line for line in server.log)


def test_the_end_has_a_bound() -> None:
    with run_server(shutdown_timeout="1") as server, connect(server) as begun:
        begun.sendall(HEAD + BODY[:5])
        assert httpx.get(f"{server}/healthz", timeout=30).status_code == 200
        server.process.terminate()
        assert read_to_end(begun).startswith(b"HTTP/1.1 503 ")
        assert ended(server, 3) == 0
    assert not any("Traceback" in line for line in server.log)


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


def test_a_sudden_death_hinders_no_later_start(tmp_path: Path) -> None:
    (tmp_path / "bridge.txt").write_text("The bridge was designed by Ms. Ada Fenwick.", "utf-8")
    port = free_port()
    for number in range(3):
        with run_server(tmp_path, port=port) as server:
            if number == 1:  # in the midst of a request
                with connect(server) as begun:
                    begun.sendall(HEAD + BODY[:5])
                    server.process.kill()
            elif number == 2:  # while it takes up a change
                (tmp_path / "tunnel.txt").write_text("It was dug by Mr. Omar Reyes.", "utf-8")
                time.sleep(0.2)
                server.process.kill()
            else:
                assert httpx.post(f"{server}/ask", json=ASKED, timeout=30).status_code == 200
                server.process.kill()
            assert ended(server, 2) == -signal.SIGKILL
    with run_server(tmp_path, port=port) as server:
        assert httpx.get(f"{server}/readyz", timeout=30).json()["documents"] == 2


def workers_of(parent: int) -> set[int]:
    """Return the workers of a server, those that have died but were not yet noticed left out."""
    found = set()
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            with suppress(OSError):  # it has gone just now
                state, its_parent, *_ = (folder / "stat").read_text().rpartition(")")[2].split()
                spawned = b"spawn_main" in (folder / "cmdline").read_bytes()
                if int(its_parent) == parent and spawned and state != "Z":
                    found.add(int(folder.name))
    return found


def lives(pid: int) -> bool:
    """Tell whether a process runs; one that only its parent has yet to notice is dead."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks into /proc")
def test_workers_share_the_work_and_are_replaced() -> None:
    with run_server(workers="2", shutdown_timeout="2") as server:
        parent = server.process.pid
        assert within(30, lambda: len(workers_of(parent)) == 2)
        first, second = workers_of(parent)

        def both_have_answered() -> bool:
            for _ in range(10):  # each in a connection of its own
                assert httpx.post(f"{server}/ask", json=ASKED, timeout=30).status_code == 200
            return len(shared_figures(first)) == 2

        assert within(30, both_have_answered)
        total = counted(server, "gloact_qa_answers_total", outcome="answered")
        assert httpx.post(f"{server}/ask", json=ASKED, timeout=30).status_code == 200
        # Whichever is asked, it tells of both.
        assert counted(server, "gloact_qa_answers_total", outcome="answered") == total + 1

        os.kill(first, signal.SIGKILL)
        assert within(30, lambda: len(workers_of(parent) - {first, second}) == 1)
        assert httpx.post(f"{server}/ask", json=ASKED, timeout=30).status_code == 200
        workers = workers_of(parent)
        assert second in workers

        server.process.terminate()
        assert ended(server, 8) == 0
        assert not any(lives(worker) for worker in workers)
    assert not any("Traceback" in line for line in server.log)


def shared_figures(worker: int) -> list[Path]:
    """Return the files in which a worker and its siblings count, one for each."""
    environment = Path(f"/proc/{worker}/environ").read_bytes()
    [folder] = re.findall(rb"PROMETHEUS_MULTIPROC_DIR=([^\0]+)", environment)
    return list(Path(folder.decode()).glob("counter_*.db"))


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks into /proc")
def test_workers_end_with_a_parent_that_is_killed() -> None:
    port = free_port()
    with run_server(workers="2", port=port) as server:
        assert within(30, lambda: len(workers_of(server.process.pid)) == 2)
        assert httpx.get(f"{server}/healthz", timeout=30).status_code == 200
        workers = workers_of(server.process.pid)
        server.process.kill()
        assert within(2, lambda: not any(lives(worker) for worker in workers))
    with run_server(port=port) as server:
        assert httpx.get(f"{server}/healthz", timeout=30).status_code == 200
