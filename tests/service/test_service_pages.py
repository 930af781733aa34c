"""The page's files and the headers that guard them."""

import gzip
import re
from pathlib import Path

import httpx
import pytest

from gloact_qa.errors import SettingsError
from gloact_qa.settings import load_settings
from serving import run_server

WEB = Path(__file__).parents[2] / "web"
FILES = sorted(path.relative_to(WEB).as_posix() for path in WEB.rglob("*") if path.is_file())
MEDIA_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
}
PATHS = ["/", "/embed", "/script/main.js", "/documents", "/docs", "/openapi.json", "/nothing"]


def directives(response: httpx.Response) -> dict[str, list[str]]:
    policy = response.headers["content-security-policy"]
    return {name: values for name, *values in (part.split() for part in policy.split(";"))}


def address(file: str) -> str:
    return "/" if file == "index.html" else f"/{file}"


def test_the_page_is_small() -> None:
    assert sum((WEB / file).stat().st_size for file in FILES) < 60_000


@pytest.mark.parametrize("file", FILES)
def test_a_file_is_served_as_it_is(client: httpx.Client, file: str) -> None:
    content = (WEB / file).read_bytes()
    plain = client.get(address(file), headers={"Accept-Encoding": "identity"})
    assert plain.content == content
    assert plain.headers["content-type"] == MEDIA_TYPES[Path(file).suffix]
    assert "content-encoding" not in plain.headers
    with client.stream("GET", address(file), headers={"Accept-Encoding": "gzip"}) as packed:
        assert packed.headers["content-encoding"] == "gzip"
        assert gzip.decompress(b"".join(packed.iter_raw())) == content
    assert plain.headers["vary"] == packed.headers["vary"] == "Accept-Encoding"
    assert plain.headers["etag"] != packed.headers["etag"]


def test_a_browser_keeps_a_file_until_its_content_is_another(client: httpx.Client) -> None:
    first = client.get("/script/main.js")
    assert first.headers["cache-control"] == "no-cache"
    tag = first.headers["etag"]
    for known in (tag, f'"other", {tag}', f"W/{tag}"):
        again = client.get("/script/main.js", headers={"If-None-Match": known})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == tag
    changed = client.get("/script/main.js", headers={"If-None-Match": '"other"'})
    assert changed.content == first.content


def test_a_head_has_no_body(client: httpx.Client) -> None:
    response = client.head("/")
    assert response.status_code == 200
    assert response.content == b""
    assert response.headers["content-security-policy"]


def test_all_modules_are_fetched_at_once(client: httpx.Client) -> None:
    links = client.get("/").headers["link"]
    preloaded = re.findall(r"<([^>]+)>; rel=modulepreload", links)
    assert sorted(preloaded) == [file for file in FILES if file.endswith(".js")]


@pytest.mark.parametrize("path", PATHS)
def test_every_response_is_guarded(client: httpx.Client, path: str) -> None:
    response = client.get(path)
    headers = response.headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-frame-options"] == "DENY"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]
    assert headers["cache-control"]
    assert "server" not in headers
    policy = directives(response)
    assert policy["default-src"] == ["'none'"]
    assert policy["base-uri"] == ["'none'"]
    assert policy["frame-ancestors"] == ["'none'"]
    assert "unsafe-" not in headers["content-security-policy"]
    assert "*" not in headers["content-security-policy"]


@pytest.mark.parametrize("path", ["/", "/embed"])
def test_the_page_takes_from_its_own_origin_only(client: httpx.Client, path: str) -> None:
    policy = directives(client.get(path))
    for kind in ("script-src", "style-src", "img-src", "connect-src", "form-action"):
        assert policy[kind] == ["'self'"]
    assert policy["require-trusted-types-for"] == ["'script'"]
    assert policy["trusted-types"] == ["'none'"]


def test_only_the_embed_can_be_framed_and_only_by_the_sites_of_the_setting() -> None:
    sites = ["https://news.example", "http://127.0.0.1:8080"]
    with run_server(embed_origins=" ".join(sites)) as server:
        embed = httpx.get(f"{server}/embed")
        page = httpx.get(f"{server}/")
    assert directives(embed)["frame-ancestors"] == sites
    assert "x-frame-options" not in embed.headers
    assert directives(page)["frame-ancestors"] == ["'none'"]
    assert page.headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize(
    ("value", "origins"),
    [
        ("", ()),
        ("https://a.example", ("https://a.example",)),
        ("https://a.example, http://b:80", ("https://a.example", "http://b:80")),
        ("https://*.a.example  https://b", ("https://*.a.example", "https://b")),
    ],
)
def test_embed_origins_are_separated_by_spaces_or_commas(
    monkeypatch: pytest.MonkeyPatch, value: str, origins: tuple[str, ...]
) -> None:
    monkeypatch.setenv("GLOACT_QA_EMBED_ORIGINS", value)
    assert load_settings().embed_origins == origins


@pytest.mark.parametrize(
    "origin",
    ["news.example", "https://news.example/path", "*", "https:", "https://a;script-src", "data:"],
)
def test_an_embed_origin_that_is_none_is_named(
    monkeypatch: pytest.MonkeyPatch, origin: str
) -> None:
    monkeypatch.setenv("GLOACT_QA_EMBED_ORIGINS", f"https://good.example {origin}")
    with pytest.raises(SettingsError, match="GLOACT_QA_EMBED_ORIGINS") as raised:
        load_settings()
    assert repr(origin) in str(raised.value)


def test_a_page_has_words_in_one_module_only() -> None:
    html = (WEB / "index.html").read_text()
    body = re.sub(r"<noscript>.*?</noscript>", "", html.split("<body>")[1], flags=re.DOTALL)
    assert re.sub(r"<[^>]*>", "", body).strip() == ""
    used = set(re.findall(r'data-(?:words|placeholder|aria-label)="(\w+)"', html))
    known = set(re.findall(r"^  (\w+):", (WEB / "script/words.js").read_text(), re.MULTILINE))
    assert used
    assert used <= known


@pytest.mark.parametrize("file", [file for file in FILES if file.endswith(".js")])
def test_no_text_becomes_markup(file: str) -> None:
    source = (WEB / file).read_text()
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", source)
