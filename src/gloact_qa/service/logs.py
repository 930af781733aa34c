"""The log on stderr: lines for a person, or one JSON object a line for a machine."""

import datetime
import json
import logging
from typing import Any

_FIELDS = "fields"  # the attribute of a record that holds its further members


def log_config(log_format: str) -> dict[str, Any]:
    """Return the ``logging.config`` for a format, "text" or "json".

    As text there is no line for each request, only what an owner should know.
    """
    loggers = {
        "gloact_qa": {"level": "INFO"},
        "gloact_qa.requests": {"level": "INFO" if log_format == "json" else "CRITICAL"},
        "uvicorn": {"level": "WARNING"},
        "watchfiles": {"level": "WARNING"},
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "text": {"format": "%(levelname)s: %(message)s"},
            "json": {"()": JSONFormatter},
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": log_format}},
        "root": {"level": "WARNING", "handlers": ["stderr"]},
        "loggers": loggers,
    }


def with_fields(**fields: object) -> dict[str, object]:
    """Return the ``extra`` of a log call that gives its JSON object these members."""
    return {_FIELDS: fields}


class JSONFormatter(logging.Formatter):
    """One JSON object a line: time, level, logger, message, further members, traceback."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, without its end."""
        time = datetime.datetime.fromtimestamp(record.created, datetime.UTC)
        line: dict[str, object] = {
            "time": time.isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, _FIELDS, {}),
        }
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)
