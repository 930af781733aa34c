import socket
from pathlib import Path

import httpx
import pytest
from commanding import complaint, run, run_process

from serving import run_server


def test_a_port_in_use_ends_with_one_line() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = run_process("serve", "--port", str(port))
    assert f"127.0.0.1 port {port}" in complaint(done)
    assert done.stdout == ""


@pytest.mark.parametrize("port", ["70000", "-1", "abc"])
def test_a_port_that_is_none(port: str) -> None:
    result = run("serve", "--port", port)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--port" in result.stderr.splitlines()[-1]


def test_a_missing_folder_is_not_served(tmp_path: Path) -> None:
    result = run("serve", "--port", "0", "--knowledge", tmp_path / "none")
    assert complaint(result).startswith(f"{tmp_path / 'none'}: ")


def test_another_folder_is_served(tmp_path: Path) -> None:
    (tmp_path / "bridge.txt").write_text("The bridge was designed by Ms. Ada Fenwick.", "utf-8")
    with run_server(tmp_path) as address:
        answer = httpx.post(f"{address}/ask", json={"question": "Who designed the bridge?"})
        assert answer.json()["short_answer"] == "Ada Fenwick"
