"""A real OpenSearch cluster on loopback: three nodes, each a process of its own."""

import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_LAUNCHER = Path(__file__).parent / "opensearch" / "launcher"
# Resolving some 80 jars takes 7 s from the local repository, and half a minute without one.
_GATHER_SECONDS = 300
_START_SECONDS = 180
_NODES = 3
_JAVA = (
    "java",
    "-Xms384m",
    "-Xmx384m",
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",  # they live for seconds: a quicker start is worth more
    "-Dlog4j2.disable.jmx=true",
)
_MAVEN = ("mvn", "--batch-mode", "--quiet", "dependency:build-classpath")


class NoClusterError(Exception):
    """Why there is no OpenSearch to test with."""


@dataclass(slots=True)
class Node:
    """One node of the cluster, and how to end it and start it again."""

    name: str
    url: str
    _command: list[str]
    _log: Path
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, with what its folder has."""
        with self._log.open("ab") as log:
            self.process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,  # at whose end it ends itself: none outlives the tests
                stdout=log,
                stderr=log,
            )

    def kill(self) -> None:
        """End it at once, as a power cut would (SIGKILL)."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()
        assert self.process.stdin is not None
        self.process.stdin.close()

    @property
    def runs(self) -> bool:
        """Whether its process is there."""
        return self.process is not None and self.process.poll() is None

    @property
    def log(self) -> str:
        """What it printed."""
        return self._log.read_text("utf-8", errors="replace")


@dataclass(frozen=True, slots=True)
class Cluster:
    """The nodes."""

    nodes: tuple[Node, ...]

    @property
    def hosts(self) -> str:
        """All addresses, as the setting takes them."""
        return " ".join(node.url for node in self.nodes)

    def wait(self, nodes: int = _NODES, status: str = "green", seconds: float = 60) -> None:
        """Wait until so many nodes are there and every shard is where it should be."""
        query = (
            f"/_cluster/health?wait_for_nodes={nodes}&wait_for_status={status}"
            "&timeout=3s&cluster_manager_timeout=3s"
        )
        deadline = time.monotonic() + seconds
        while True:
            for node in self.nodes:
                if node.runs:
                    with suppress(OSError):  # not there yet, or 408: not so yet
                        if not _get(node.url + query)["timed_out"]:
                            return
            if time.monotonic() > deadline or not any(node.runs for node in self.nodes):
                logs = "\n".join(node.log[-2000:] for node in self.nodes)
                raise TimeoutError(f"no {status} cluster of {nodes} within {seconds} s:\n{logs}")
            time.sleep(0.2)

    @property
    def manager(self) -> Node:
        """The node that the others have elected."""
        (elected,) = _get(self.nodes[0].url + "/_cat/cluster_manager?format=json")
        return next(node for node in self.nodes if node.name == elected["node"])

    def revive(self) -> None:
        """Start what was killed, and wait for green."""
        for node in self.nodes:
            if not node.runs:
                node.start()
        self.wait()


@contextmanager
def run_cluster() -> Iterator[Cluster]:
    """Run the nodes until the end of the context.

    Raises NoClusterError where there is no Java, Maven or Maven Central.
    """
    classpath = _classpath()
    with tempfile.TemporaryDirectory(prefix="gloact-qa-opensearch-") as folder, ExitStack() as end:
        ports = _free_ports(2 * _NODES)
        names = [f"node{i}" for i in range(_NODES)]
        transports = ",".join(f"{n}={port}" for n, port in zip(names, ports[_NODES:], strict=True))
        nodes = []
        for name, port in zip(names, ports, strict=False):
            command = [*_JAVA, "-cp", classpath, str(_LAUNCHER / "StartNode.java")]
            command += [str(Path(folder, name)), name, str(port), transports]
            url = f"http://127.0.0.1:{port}"
            nodes.append(Node(name, url, command, Path(folder, f"{name}.log")))
        cluster = Cluster(tuple(nodes))
        for node in nodes:
            node.start()
            end.callback(lambda node=node: node.kill() if node.runs else None)
        cluster.wait(seconds=_START_SECONDS)
        yield cluster


@cache
def _classpath() -> str:
    """Return the paths of OpenSearch's jars, which Maven keeps in its local repository."""
    for program in ("java", "mvn"):
        if shutil.which(program) is None:
            raise NoClusterError(f"OpenSearch needs {program}, which is not installed")
    with tempfile.TemporaryDirectory() as folder:
        written = Path(folder, "classpath")
        # Off line first: Maven would ask for what it has.
        for mode in (["--offline"], []):
            try:
                done = subprocess.run(
                    [*_MAVEN, *mode, f"-Dmdep.outputFile={written}"],
                    cwd=_LAUNCHER,
                    capture_output=True,
                    text=True,
                    timeout=_GATHER_SECONDS,
                    env=os.environ,
                )
            except subprocess.TimeoutExpired:
                continue
            if done.returncode == 0:
                return written.read_text("utf-8").strip()
    raise NoClusterError("OpenSearch's jars are not to be had: Maven Central does not answer")


def _free_ports(count: int) -> list[int]:
    """Return ports that were free all at the same time."""
    with ExitStack() as taken:
        sockets = [taken.enter_context(socket.socket()) for _ in range(count)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]


def _get(url: str) -> Any:
    with urllib.request.urlopen(url, timeout=10) as response:  # noqa: S310  # loopback
        return json.load(response)
