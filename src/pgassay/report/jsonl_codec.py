"""Events as lines of JSON and back, without loss: how a run travels to another program or another day.

A line is an object with ``event`` (the kind, in lower case with underscores) and the fields of that event
by the names that they have in ``pgassay.model``. The first line also has ``schema``, the version of this
form. A reader ignores fields that it does not know, so fields may be added without a new version.
"""

import re
from collections.abc import Iterable, Iterator
from typing import get_args

import msgspec

from pgassay.model.errors import UsageError
from pgassay.model.events.suite import SuiteEvent

SCHEMA = 1
"""Raised when a reader of the version before would misunderstand a line."""

_KINDS: dict[str, type[SuiteEvent]] = {
    re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower(): kind for kind in get_args(SuiteEvent)
}
_NAMES = {kind: name for name, kind in _KINDS.items()}
_SURROGATES = re.compile("[\ud800-\udfff]")


class _Head(msgspec.Struct):
    event: str
    schema: int = SCHEMA


def encode(event: SuiteEvent, *, first: bool = False) -> str:
    """Write an event as one line, without its line break."""
    head = f'{{"event":"{_NAMES[type(event)]}",' + (f'"schema":{SCHEMA},' if first else "")
    return head + _body(event)[1:]


def decode(line: str | bytes) -> SuiteEvent:
    """Read a line; ``UsageError`` when it is none of ours or of a newer version."""
    try:
        head = msgspec.json.decode(line, type=_Head)
        if head.schema > SCHEMA:
            raise UsageError(
                f"These events are of version {head.schema}; this pgassay reads up to {SCHEMA}.",
                remedy="pip install --upgrade pgassay",
            )
        if head.event not in _KINDS:
            raise UsageError(f'There is no event "{head.event}".')
        return msgspec.json.decode(line, type=_KINDS[head.event])
    except msgspec.MsgspecError as error:
        raise UsageError(f"This line is not an event of pgassay: {error}.") from error


def read_events(lines: Iterable[str]) -> Iterator[SuiteEvent]:
    """Read the lines of a file; empty lines are skipped, and an error names its line."""
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                yield decode(line)
            except UsageError as error:
                raise UsageError(f"Line {number}: {error.sentence}", remedy=error.remedy) from error


def _body(event: SuiteEvent) -> str:
    try:
        return msgspec.json.encode(event).decode()
    except UnicodeEncodeError:
        # A lone surrogate stands for a byte that was not UTF-8; JSON cannot carry it.
        return msgspec.json.encode(_without_surrogates(msgspec.to_builtins(event))).decode()


def _without_surrogates(value: object) -> object:
    match value:
        case str():
            return _SURROGATES.sub(lambda match: f"\\u{ord(match.group()):04x}", value)
        case list() | tuple():
            return [_without_surrogates(each) for each in value]
        case dict():
            return {key: _without_surrogates(each) for key, each in value.items()}
        case _:
            return value
