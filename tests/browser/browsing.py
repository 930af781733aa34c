"""How the browser is started, and what its pages are watched for."""

from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class Watch:
    """What a test's pages complained of and asked for; ``expect`` names what it provokes."""

    def __init__(self) -> None:
        self.complaints: list[str] = []
        self.origins: set[str] = set()
        self.allowed: set[str] = set()
        self._expected: list[str] = []

    def expect(self, part: str) -> None:
        """Allow complaints with this text; there must be one."""
        self._expected.append(part)

    def follow(self, context: BrowserContext) -> None:
        context.on("console", self._console)
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        context.on("request", lambda request: self._request(request.url))

    def _console(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def _request(self, url: str) -> None:
        address = urlsplit(url)
        if address.scheme not in ("data", "blob", "about"):
            self.origins.add(f"{address.scheme}://{address.netloc}")

    def check(self) -> None:
        unexpected = [c for c in self.complaints if not any(e in c for e in self._expected)]
        missing = [e for e in self._expected if not any(e in c for c in self.complaints)]
        assert not unexpected, f"the page complains: {unexpected}"
        assert not missing, f"no complaint about {missing}, only {self.complaints}"
        assert self.origins <= self.allowed, f"asked other hosts: {self.origins - self.allowed}"
