"""Every setting. Each is read from the environment as ``GLOACT_QA_<NAME>``."""

import re
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from gloact_qa.errors import SettingsError

# A scheme, a host (or *. and a domain) and perhaps a port: what `frame-ancestors` takes.
_ORIGIN = re.compile(r"https?://(\*\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?", re.IGNORECASE)


def data_folder(name: str) -> Path:
    """Return the folder ``knowledge`` or ``web`` that came with the program.

    An installed wheel carries both inside the package; a checkout has them at its root.
    """
    package = Path(__file__).parent
    installed = package / "_data" / name
    return installed if installed.is_dir() else package.parents[1] / name


class Settings(BaseSettings):
    """What an owner may choose; the defaults are what the README measures."""

    model_config = SettingsConfigDict(env_prefix="GLOACT_QA_", frozen=True)

    knowledge: Path = Field(
        default_factory=lambda: data_folder("knowledge"),
        description="Folder of the releases, synonyms.txt and questions.jsonl.",
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
    embed_origins: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description="Origins whose pages may show /embed in a frame, separated by spaces.",
    )

    @field_validator("embed_origins", mode="before")
    @classmethod
    def _split_origins(cls, value: object) -> object:
        origins = value.replace(",", " ").split() if isinstance(value, str) else value
        for origin in origins if isinstance(origins, list | tuple) else ():
            if not (isinstance(origin, str) and _ORIGIN.fullmatch(origin)):
                raise ValueError(f"{origin!r} is not an origin, such as https://news.example")
        return origins


def load_settings(**overrides: Any) -> Settings:
    """Read the settings from the environment; ``overrides`` go before it.

    Raises SettingsError, naming the variable, when one has a value that it cannot have.
    """
    try:
        return Settings(**overrides)
    except ValidationError as error:
        problems = "; ".join(
            f"GLOACT_QA_{'_'.join(map(str, problem['loc'])).upper()}: {problem['msg']}"
            for problem in error.errors()
        )
        raise SettingsError(problems) from error
