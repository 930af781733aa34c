"""The chat page's files, served as they are: from memory, with ETags, compressed on request."""

import gzip
import hashlib
import mimetypes
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from fastapi import FastAPI, Request
from starlette.responses import Response

from gloact_qa.service.headers import page_policy

_COMPRESSED = ("text/", "image/svg")
# What the system's table may not know, or may know otherwise: a module needs its type.
_MEDIA_TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}


@dataclass(frozen=True, slots=True)
class _File:
    """A file as it goes over the wire, plain and compressed."""

    media_type: str
    plain: bytes
    compressed: bytes | None
    etag: str

    def response(self, request: Request, headers: Mapping[str, str]) -> Response:
        """Return the file, or 304 when the client's copy has the same content."""
        use_gzip = self.compressed is not None and "gzip" in request.headers.get(
            "accept-encoding", ""
        )
        # Two encodings are two representations, so each has its own tag.
        etag = f'"{self.etag}-gz"' if use_gzip else f'"{self.etag}"'
        shared = {**headers, "ETag": etag}
        if self.compressed is not None:
            shared["Vary"] = "Accept-Encoding"
        if etag in _tags(request.headers.get("if-none-match", "")):
            return Response(status_code=304, headers=shared)
        if use_gzip:
            shared["Content-Encoding"] = "gzip"
        return Response(
            self.compressed if use_gzip else self.plain, headers=shared, media_type=self.media_type
        )


def _tags(if_none_match: str) -> list[str]:
    return [tag.strip().removeprefix("W/") for tag in if_none_match.split(",")]


def _load(path: Path) -> _File:
    content = path.read_bytes()
    media_type = (
        _MEDIA_TYPES.get(path.suffix)
        or mimetypes.guess_type(path.name)[0]
        or "application/octet-stream"
    )
    return _File(
        media_type=media_type,
        plain=content,
        compressed=gzip.compress(content, mtime=0) if media_type.startswith(_COMPRESSED) else None,
        etag=hashlib.sha256(content).hexdigest()[:32],
    )


def install_pages(app: FastAPI, folder: Path, embed_origins: Sequence[str]) -> None:
    """Serve the chat page of ``folder`` at ``/``, and at ``/embed`` for other sites' frames.

    Both are the same file; only ``/embed`` may be framed, and by ``embed_origins`` alone.
    The other files of the folder have their own paths. They are read once, here.
    """
    files = {
        path.relative_to(folder).as_posix(): _load(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }
    page = files.pop("index.html")
    # The browser fetches all modules at once, instead of finding them one from another.
    modules = ", ".join(f"<{path}>; rel=modulepreload" for path in files if path.endswith(".js"))
    whole = {"Content-Security-Policy": page_policy(), "Link": modules}
    framed = {**whole, "Content-Security-Policy": page_policy(embed_origins)}
    if embed_origins:
        # This older header knows no list of origins, and would forbid them all.
        framed["X-Frame-Options"] = ""
        # A site that isolates itself (COEP) can only frame what says this.
        framed["Cross-Origin-Resource-Policy"] = "cross-origin"

    async def index(request: Request) -> Response:
        return page.response(request, whole)

    async def embed(request: Request) -> Response:
        return page.response(request, framed)

    async def other(request: Request) -> Response:
        return files[request.url.path[1:]].response(request, {})

    endpoints = {"/": index, "/embed": embed, **{f"/{path}": other for path in files}}
    for path, endpoint in endpoints.items():
        app.add_route(path, endpoint, methods=["GET", "HEAD"], include_in_schema=False)
