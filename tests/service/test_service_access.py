"""Who may ask, how often, from which pages, and in what form; all but the form is optional."""

from collections.abc import Iterator

import httpx
import pytest
from test_service_ask import problem

from gloact_qa.service.rate import MAX_CLIENTS, ClientRate
from serving import Running, run_server

ASKED = {"question": "Who moderated the event?"}
KEYS = ("first-key-0123456789", "second-key-0123456789")
PAGE = "https://news.example"


@pytest.fixture(scope="module")
def guarded() -> Iterator[Running]:
    """Serve only who has a key, and the pages of one site."""
    with run_server(
        api_keys=" ".join(KEYS), cors_origins=PAGE, log_format="json", log_questions="true"
    ) as server:
        yield server


@pytest.mark.parametrize(
    "headers",
    [
        {"Authorization": f"Bearer {KEYS[0]}"},
        {"Authorization": f"bearer {KEYS[1]}"},
        {"X-API-Key": KEYS[1]},
    ],
)
def test_a_key_opens(guarded: Running, headers: dict[str, str]) -> None:
    assert httpx.post(f"{guarded}/ask", json=ASKED, headers=headers).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": f"Basic {KEYS[0]}"},
        {"Authorization": "Bearer"},
        {"Authorization": f"Bearer {KEYS[0]}x"},
        {"X-API-Key": KEYS[0][:-1]},
        {"X-API-Key": " ".join(KEYS)},
        {"X-API-Key": "\xff\xfe"},
        {"Authorization": f"Bearer {'x' * 20}", "X-API-Key": KEYS[0]},
    ],
)
def test_without_a_key_nothing_is_answered(guarded: Running, headers: dict[str, str]) -> None:
    response = httpx.post(
        f"{guarded}/ask", json=ASKED, headers={k: v.encode("latin-1") for k, v in headers.items()}
    )
    assert "key" in problem(response, 401)["detail"]
    assert response.headers["www-authenticate"].startswith("Bearer")


def test_all_but_asking_needs_no_key(guarded: Running) -> None:
    for path in ("/", "/documents", "/examples", "/healthz", "/readyz", "/metrics"):
        assert httpx.get(f"{guarded}{path}").status_code == 200


def test_no_key_is_ever_logged(guarded: Running) -> None:
    httpx.post(f"{guarded}/ask", json=ASKED, headers={"X-API-Key": KEYS[0]})
    log = "".join(guarded.log)
    assert ASKED["question"] in log
    assert not any(key in log for key in KEYS)


def test_the_description_asks_for_a_key_where_one_is_needed(
    guarded: Running, client: httpx.Client
) -> None:
    api = httpx.get(f"{guarded}/openapi.json").json()
    schemes = api["components"]["securitySchemes"]
    named = [name for way in api["paths"]["/ask"]["post"]["security"] for name in way]
    assert {schemes[name]["type"] for name in named} == {"http", "apiKey"}
    free = client.get("/openapi.json").json()
    assert "securitySchemes" not in free["components"]
    assert "security" not in free["paths"]["/ask"]["post"]


def test_a_page_of_another_site_may_ask_where_it_is_allowed(guarded: Running) -> None:
    preflight = {
        "Origin": PAGE,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type,authorization",
    }
    allowed = httpx.options(f"{guarded}/ask", headers=preflight)
    assert allowed.status_code == 200
    assert allowed.headers["access-control-allow-origin"] == PAGE
    # A page must be able to read what was wrong, too.
    refused = httpx.post(f"{guarded}/ask", json=ASKED, headers={"Origin": PAGE})
    assert problem(refused, 401)
    assert refused.headers["access-control-allow-origin"] == PAGE
    assert "X-Request-ID" in refused.headers["access-control-expose-headers"]
    other = httpx.options(f"{guarded}/ask", headers={**preflight, "Origin": "https://b.example"})
    assert "access-control-allow-origin" not in other.headers


def test_no_page_of_another_site_may_ask_by_default(client: httpx.Client) -> None:
    response = client.post("/ask", json=ASKED, headers={"Origin": PAGE})
    assert "access-control-allow-origin" not in response.headers


@pytest.mark.parametrize(
    "content_type",
    [None, "", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "json"],
)
def test_a_question_that_is_not_said_to_be_json(
    client: httpx.Client, content_type: str | None
) -> None:
    headers = {} if content_type is None else {"Content-Type": content_type}
    response = client.post("/ask", content=b'{"question": "Who?"}', headers=headers)
    assert "application/json" in problem(response, 415)["detail"]


@pytest.mark.parametrize(
    "content_type", ["application/json; charset=utf-8", "APPLICATION/JSON", "application/ld+json"]
)
def test_a_question_that_is_json(client: httpx.Client, content_type: str) -> None:
    headers = {"Content-Type": content_type}
    assert client.post("/ask", content=b'{"question": "Who?"}', headers=headers).status_code == 200


def test_a_client_that_asks_too_much() -> None:
    with run_server(rate_limit="2/hour", trusted_proxies="127.0.0.1") as server:

        def ask(client: str) -> httpx.Response:
            headers = {"X-Forwarded-For": client}
            return httpx.post(f"{server}/ask", json=ASKED, headers=headers)

        assert [ask("192.0.2.1").status_code for _ in range(2)] == [200, 200]
        too_many = ask("192.0.2.1")
        assert problem(too_many, 429)
        assert 1 <= int(too_many.headers["retry-after"]) <= 7200
        # Another client is not held back, and all else is free.
        assert ask("192.0.2.2").status_code == 200
        assert httpx.get(f"{server}/documents").status_code == 200
        # Of IPv6 a client has a whole network.
        assert [ask(f"2001:db8::{n}").status_code for n in (1, 2)] == [200, 200]
        assert ask("2001:db8::3").status_code == 429
        assert ask("2001:db8:0:1::3").status_code == 200
        counted = httpx.get(f"{server}/metrics").text
    assert "gloact_qa_rate_limited_total 2.0" in counted


def test_what_a_client_says_to_forward_counts_for_nothing() -> None:
    with run_server(rate_limit="2/hour") as server:
        statuses = [
            httpx.post(
                f"{server}/ask", json=ASKED, headers={"X-Forwarded-For": f"192.0.2.{n}"}
            ).status_code
            for n in range(3)
        ]
    assert statuses == [200, 200, 429]


def test_the_clients_that_are_remembered_have_a_bound() -> None:
    rate = ClientRate("1/day")
    for number in range(3 * MAX_CLIENTS):
        assert rate.seconds_until_allowed(f"client {number}") == 0
    assert rate.kept <= 2 * MAX_CLIENTS + 1
