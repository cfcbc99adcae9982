"""Finds the settings file, reads it, and says on which line a key stands."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pgassay.model.errors import UsageError

FILE_NAME = "pgassay.toml"
PROJECT_FILE_NAME = "pyproject.toml"
_HEADER = re.compile(r"\s*\[\s*([^\[\]]+?)\s*\]\s*(?:#.*)?$")
_KEY = re.compile(
    r"""\s*((?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*'))*)\s*="""
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsFile:
    """A settings file as it was found; ``table`` is the part that is pgassay's, below ``prefix``."""

    path: Path
    text: str
    table: Mapping[str, object]
    prefix: tuple[str, ...] = ()

    def place(self, *keys: str) -> str:
        """Name the file and, where it can be told, the line of a key."""
        line = _line_of(self.text, (*self.prefix, *keys))
        return f"{self.path}:{line}" if line else str(self.path)


def find(cwd: Path) -> SettingsFile | None:
    """Take the nearest settings file, going upwards; ``pgassay.toml`` wins over ``pyproject.toml``."""
    for folder in (cwd, *cwd.parents):
        if (folder / FILE_NAME).is_file():
            return read(folder / FILE_NAME)
        if (folder / PROJECT_FILE_NAME).is_file():
            project = read(folder / PROJECT_FILE_NAME)
            if project.table:
                return project
    return None


def read(path: Path) -> SettingsFile:
    """Read a settings file.

    Raises:
        UsageError: it cannot be read, is not UTF-8, or is not TOML; the sentence names file and line.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise UsageError(f"Cannot read the settings file {path}: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"The settings file {path} is not UTF-8.") from error
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"The settings file {path} is not valid TOML: {error}.") from error
    if path.name != PROJECT_FILE_NAME:
        return SettingsFile(path=path, text=text, table=document)
    tool = document.get("tool", {}).get("pgassay", {})
    return SettingsFile(path=path, text=text, table=tool, prefix=("tool", "pgassay"))


def _line_of(text: str, keys: tuple[str, ...]) -> int | None:
    for number, path in _paths(text):
        if path == keys:
            return number
    return None


def _paths(text: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Give the line of each header and key. Multi-line strings that look like keys may mislead it."""
    section: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(line):
            section = _split(header[1])
            yield number, section
        elif key := _KEY.match(line):
            yield number, section + _split(key[1])


def _split(dotted: str) -> tuple[str, ...]:
    parts = re.findall(r"""[A-Za-z0-9_-]+|"[^"]*"|'[^']*'""", dotted)
    return tuple(part.strip("\"'") for part in parts)
