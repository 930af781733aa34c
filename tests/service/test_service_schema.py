"""What the OpenAPI document says holds, whatever is sent: Schemathesis with all its checks."""

import os
import subprocess
import sysconfig
from pathlib import Path

from serving import run_server

# A body can be too large before it is anything else.
CONFIG = """\
[checks.negative_data_rejection]
expected-statuses = [400, 401, 404, 405, 406, 408, 413, 415, 422]
"""
EXAMPLES = 40  # of each operation and phase
SHOWN = 5_000  # characters: it quotes bodies whole


def test_schemathesis_finds_nothing(tmp_path: Path) -> None:
    config = tmp_path / "schemathesis.toml"
    config.write_text(CONFIG, "utf-8")
    schemathesis = Path(sysconfig.get_path("scripts")) / "schemathesis"
    with run_server() as server:
        command = [schemathesis, "--config-file", config, "run", f"{server}/openapi.json"]
        options = ["--checks", "all", "--max-examples", str(EXAMPLES), "--seed", "1", "--no-color"]
        ran = subprocess.run(
            [*map(str, command), *options, "--generation-database", "none"],
            capture_output=True,
            text=True,
            timeout=120,
            cwd=tmp_path,
            env={**os.environ, "COLUMNS": "100"},
        )
    assert ran.returncode == 0, ran.stdout[:SHOWN] + ran.stdout[-SHOWN:] + ran.stderr[-SHOWN:]
    assert "Tested: 6" in ran.stdout
