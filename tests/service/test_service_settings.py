"""The settings of the service, and what is said of one that it cannot have."""

import pytest
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from gloact_qa.errors import SettingsError
from gloact_qa.service.protocol import protocol_for
from gloact_qa.service.server import Config
from gloact_qa.settings import Settings, load_settings

GOOD_KEY = "a-good-key-0123456789"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("RELOAD", "perhaps"),
        ("WORKERS", "0"),
        ("WORKERS", "many"),
        ("MAX_WAITING", "0"),
        ("MAX_CONNECTIONS", "-1"),
        ("REMEMBERED_ANSWERS", "-1"),
        ("RECEIVE_TIMEOUT", "0"),
        ("RECEIVE_TIMEOUT", "nan"),
        ("SEND_TIMEOUT", "inf"),
        ("KEEP_ALIVE", "0"),
        ("SHUTDOWN_TIMEOUT", "-1"),
        ("RATE_LIMIT", "60"),
        ("RATE_LIMIT", "0/minute"),
        ("RATE_LIMIT", "60/fortnight"),
        ("TRUSTED_PROXIES", "proxy.example"),
        ("TRUSTED_PROXIES", "10.0.0.1/8"),
        ("API_KEYS", "short"),
        ("API_KEYS", f"{GOOD_KEY} schlüssel-schlüssel"),
        ("CORS_ORIGINS", "news.example"),
        ("CORS_ORIGINS", "https://*.example"),
        ("LOG_FORMAT", "xml"),
        ("LOG_QUESTIONS", "2"),
    ],
)
def test_a_value_that_cannot_be_is_named(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"GLOACT_QA_{name}", value)
    with pytest.raises(SettingsError) as raised:
        load_settings()
    assert str(raised.value).startswith(f"GLOACT_QA_{name}: ")
    assert len(str(raised.value).splitlines()) == 1


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("rate_limit", "", None),
        ("rate_limit", "60/minute", "60/minute"),
        ("trusted_proxies", "10.0.0.0/8 ::1", ("10.0.0.0/8", "::1")),
        ("cors_origins", "*", ("*",)),
        ("cors_origins", "https://A.example:8443", ("https://a.example:8443",)),
        ("reload", "no", False),
    ],
)
def test_a_value_that_can_be(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, expected: object
) -> None:
    monkeypatch.setenv(f"GLOACT_QA_{name.upper()}", value)
    assert getattr(load_settings(), name) == expected


def test_no_key_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GLOACT_QA_API_KEYS", f"{GOOD_KEY} too-short")
    with pytest.raises(SettingsError, match="key 2") as raised:
        load_settings()
    assert "too-short" not in repr(raised.value.__cause__)
    assert "too-short" not in str(raised.value)
    monkeypatch.setenv("GLOACT_QA_API_KEYS", GOOD_KEY)
    settings = load_settings()
    assert GOOD_KEY not in repr(settings)
    assert GOOD_KEY not in settings.model_dump_json()


def test_uvicorn_runs_on_uvloop_and_httptools() -> None:
    pytest.importorskip("uvloop")
    factory = Config(lambda: None, Settings()).get_loop_factory()  # type: ignore[arg-type,return-value]
    assert factory is not None
    loop = factory()
    loop.close()
    assert type(loop).__module__.startswith("uvloop")
    assert issubclass(protocol_for(Settings()), HttpToolsProtocol)
