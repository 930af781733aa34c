"""Every setting. Each is read from the environment as ``GLOACT_QA_<NAME>``."""

import ipaddress
import re
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from gloact_qa.errors import SettingsError

# A scheme, a host (or *. and a domain) and perhaps a port: what `frame-ancestors` takes.
_ORIGIN = re.compile(r"https?://(\*\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?", re.IGNORECASE)
_NODE = re.compile(r"https?://(\[[0-9a-f:]+\]|[\w.-]+)(:\d{1,5})?/?", re.IGNORECASE)
_RATE = re.compile(r"([1-9]\d{0,8})\s*/\s*(second|minute|hour|day)", re.IGNORECASE)
# A key that can be guessed is none; and it must fit into a header as it is.
_KEY = re.compile(r"[!-~]{16,200}")

# The engine that needs no index on disk: it builds its own when the program starts.
IN_MEMORY = "rank-bm25"

# From the environment it is one string, whose words are the values.
_Words = Annotated[tuple[str, ...], NoDecode]


def data_folder(name: str) -> Path:
    """Return the folder ``knowledge`` or ``web`` that came with the program.

    An installed wheel carries both inside the package; a checkout has them at its root.
    """
    package = Path(__file__).parent
    installed = package / "_data" / name
    return installed if installed.is_dir() else package.parents[1] / name


class Settings(BaseSettings):
    """What an owner may choose; the defaults are what the README measures."""

    model_config = SettingsConfigDict(
        env_prefix="GLOACT_QA_",
        frozen=True,
        hide_input_in_errors=True,  # it may be a key
    )

    knowledge: Path = Field(
        default_factory=lambda: data_folder("knowledge"),
        description="Folder of the releases, synonyms.txt and questions.jsonl.",
    )
    engine: Literal["rank-bm25", "tantivy", "opensearch"] = Field(
        default="rank-bm25", description="What finds the passages; all rank alike."
    )
    index: Path | None = Field(
        default=None,
        description="Folder of the index of tantivy; .gloact-qa-index beside the knowledge folder.",
    )
    opensearch_hosts: _Words = Field(
        default=("http://localhost:9200",),
        description="Addresses of OpenSearch's nodes, separated by spaces.",
    )
    opensearch_user: str | None = Field(default=None, description="User of OpenSearch.")
    opensearch_password: SecretStr | None = Field(default=None, description="That user's password.")
    opensearch_ca: Path | None = Field(
        default=None, description="File of the authority that signed the nodes' certificates."
    )
    opensearch_index: str = Field(
        default="gloact-qa",
        # What OpenSearch takes, and room for what a build adds to it.
        pattern=r"^[a-z0-9][a-z0-9_.-]{0,199}$",
        description="Name of the index in OpenSearch: an alias, which every build switches.",
    )
    opensearch_shards: int = Field(
        default=1, ge=1, le=1024, description="Parts of the index; a whole rebuild changes it."
    )
    opensearch_replicas: int = Field(
        default=1, ge=0, le=100, description="Further copies of every part, on other nodes."
    )
    opensearch_timeout: float = Field(
        default=5,
        gt=0,
        le=600,
        allow_inf_nan=False,
        description="Seconds after which a node that does not answer a search is given up.",
    )
    host: str = Field(default="127.0.0.1", description="Address that `serve` binds to.")
    port: int = Field(default=8000, ge=0, le=65535, description="Port of `serve`; 0: any free one.")
    passage_size: int = Field(
        default=1000, ge=100, le=20_000, description="Characters in a passage, at most."
    )
    k1: float = Field(default=0.9, ge=0, le=10, description="BM25: saturation of term frequency.")
    b: float = Field(default=0.4, ge=0, le=1, description="BM25: normalisation by length.")
    min_confidence: float = Field(
        default=0.5, ge=0, le=1, description="Below this the bot says that the releases do not say."
    )
    embed_origins: _Words = Field(
        default=(),
        description="Origins whose pages may show /embed in a frame, separated by spaces.",
    )
    cors_origins: _Words = Field(
        default=(),
        description="Origins whose pages may call the API, separated by spaces; *: all.",
    )
    reload: bool = Field(
        default=True, description="Whether `serve` takes up changes in the knowledge folder."
    )
    workers: int = Field(default=1, ge=1, le=64, description="Processes that serve.")
    remembered_answers: int = Field(
        default=256,
        ge=0,
        le=100_000,
        description="Answers that are kept for requests that come again.",
    )
    max_waiting: int = Field(
        default=100, ge=1, le=10_000, description="Questions that wait for their turn, at most."
    )
    max_connections: int = Field(
        default=1000, ge=1, le=100_000, description="Connections open at a time, in a worker."
    )
    receive_timeout: float = Field(
        default=10,
        gt=0,
        le=3600,
        allow_inf_nan=False,
        description="Seconds in which a request's head, and then its body, must have arrived.",
    )
    send_timeout: float = Field(
        default=30,
        gt=0,
        le=3600,
        allow_inf_nan=False,
        description="Seconds that a client may leave a response unread.",
    )
    keep_alive: int = Field(
        default=5, ge=1, le=3600, description="Seconds that a connection may wait for a request."
    )
    shutdown_timeout: int = Field(
        default=10, ge=0, le=3600, description="Seconds to finish what is in flight at the end."
    )
    rate_limit: str | None = Field(
        default=None, description="Questions that a client may ask, such as 60/minute."
    )
    trusted_proxies: _Words = Field(
        default=(),
        description="Addresses or networks of proxies whose X-Forwarded-For is believed.",
    )
    api_keys: Annotated[tuple[SecretStr, ...], NoDecode] = Field(
        default=(), description="Keys, one of which POST /ask then asks for, separated by spaces."
    )
    log_format: Literal["text", "json"] = Field(
        default="text", description="json: one object a line, and a line for each request."
    )
    log_questions: bool = Field(
        default=False, description="Whether the lines of the log hold the questions."
    )

    @property
    def index_folder(self) -> Path:
        """The folder of the index on disk."""
        return self.index or self.knowledge.absolute().parent / ".gloact-qa-index"

    @field_validator(
        "embed_origins",
        "cors_origins",
        "trusted_proxies",
        "api_keys",
        "opensearch_hosts",
        mode="before",
    )
    @classmethod
    def _split(cls, value: object) -> object:
        return value.replace(",", " ").split() if isinstance(value, str) else value

    @field_validator("embed_origins")
    @classmethod
    def _are_sites(cls, origins: tuple[str, ...]) -> tuple[str, ...]:
        for origin in origins:
            if not _ORIGIN.fullmatch(origin):
                raise ValueError(f"{origin!r} is not an origin, such as https://news.example")
        return origins

    @field_validator("cors_origins")
    @classmethod
    def _are_origins(cls, origins: tuple[str, ...]) -> tuple[str, ...]:
        for origin in origins:
            # A browser sends its origin in full, so that a pattern would match none.
            if origin != "*" and ("*" in origin or not _ORIGIN.fullmatch(origin)):
                raise ValueError(f"{origin!r} is neither an origin nor *")
        return tuple(origin.lower() for origin in origins)

    @field_validator("opensearch_hosts")
    @classmethod
    def _are_nodes(cls, nodes: tuple[str, ...]) -> tuple[str, ...]:
        for number, node in enumerate(nodes, start=1):
            # Not shown: somebody may have put a password into it.
            if not _NODE.fullmatch(node):
                raise ValueError(f"node {number} is not an address such as https://search:9200")
        if not nodes:
            raise ValueError("there is no node")
        return nodes

    @field_validator("trusted_proxies")
    @classmethod
    def _are_addresses(cls, proxies: tuple[str, ...]) -> tuple[str, ...]:
        for proxy in proxies:
            try:
                ipaddress.ip_network(proxy)
            except ValueError:
                raise ValueError(f"{proxy!r} is neither an address nor a network") from None
        return proxies

    @field_validator("rate_limit")
    @classmethod
    def _is_rate(cls, value: str | None) -> str | None:
        if not value:
            return None
        if not _RATE.fullmatch(value.strip()):
            raise ValueError(f"{value!r} is no rate, such as 60/minute; also second, hour, day")
        return value

    @field_validator("api_keys")
    @classmethod
    def _are_keys(cls, keys: tuple[SecretStr, ...]) -> tuple[SecretStr, ...]:
        for number, key in enumerate(keys, start=1):
            # The message must not hold the key.
            if not _KEY.fullmatch(key.get_secret_value()):
                raise ValueError(f"key {number} has not 16 to 200 visible ASCII characters")
        return keys


def load_settings(**overrides: Any) -> Settings:
    """Read the settings from the environment; ``overrides`` go before it.

    Raises SettingsError, naming the variable, when one has a value that it cannot have.
    """
    try:
        return Settings(**overrides)
    except ValidationError as error:
        problems = "; ".join(
            f"GLOACT_QA_{str(problem['loc'][0]).upper()}: {problem['msg']}"
            for problem in error.errors(include_input=False)
        )
        raise SettingsError(problems) from error
