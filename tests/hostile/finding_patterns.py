"""Every regular expression of the package, found rather than listed."""

import ast
import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import gloact_qa

_COMPILING = frozenset(
    ("compile", "match", "fullmatch", "search", "finditer", "findall", "sub", "subn", "split")
)


@dataclass(frozen=True, slots=True)
class FoundPattern:
    """A pattern, and the module-level name or the line that has it."""

    where: str
    pattern: re.Pattern[str]


def find_patterns() -> list[FoundPattern]:
    """Return the patterns of all modules, each once.

    Those that module-level values hold, in containers too; and those that are written where
    they are used, as in ``re.sub(r"…", …)``.
    """
    found: dict[re.Pattern[str], str] = {}
    for info in pkgutil.walk_packages(gloact_qa.__path__, f"{gloact_qa.__name__}."):
        module = importlib.import_module(info.name)
        for name, value in vars(module).items():
            for pattern in _in_value(value):
                found.setdefault(pattern, f"{info.name}.{name}")
        for line, pattern in _in_source(inspect.getsource(module)):
            found.setdefault(pattern, f"{info.name}:{line}")
    return [FoundPattern(where, pattern) for pattern, where in found.items()]


def _in_value(value: object) -> Iterator[re.Pattern[str]]:
    """Yield the patterns in a value: itself, or what a container holds."""
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, Mapping):
        for pair in value.items():
            yield from _in_value(pair)
    elif isinstance(value, list | tuple | set | frozenset):
        for item in value:
            yield from _in_value(item)


def _in_source(source: str) -> Iterator[tuple[int, re.Pattern[str]]]:
    """Yield the line and the pattern of every call of ``re`` with a literal pattern."""
    for node in ast.walk(ast.parse(source)):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id == "re"
            and node.func.attr in _COMPILING
            and node.args
            and isinstance(node.args[0], ast.Constant)
            and isinstance(node.args[0].value, str)
        ):
            yield node.lineno, re.compile(node.args[0].value, _flags(node))


def _flags(call: ast.Call) -> re.RegexFlag:
    """Return the flags that a call names, such as ``re.DOTALL``."""
    flags = re.RegexFlag(0)
    for argument in (*call.args[1:], *(keyword.value for keyword in call.keywords)):
        for part in ast.walk(argument):
            if isinstance(part, ast.Attribute) and part.attr in re.RegexFlag.__members__:
                flags |= re.RegexFlag[part.attr]
    return flags
