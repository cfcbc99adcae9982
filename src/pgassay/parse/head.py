"""The settings that a test file carries in its head comment.

A line of the comments before the first statement that starts with ``-- pgassay:`` holds settings,
separated by commas::

    -- pgassay: critical, timeout 30s, category security
    -- pgassay: isolation clone, tags invoices slow

``=`` or ``:`` may stand between a name and its value, and case does not matter; but a setting that is
not known, given twice, or without a sensible value is an error, because a test that silently runs
without the protection that its author wrote down is worse than one that does not run. Lines after the
first statement are the script's own business and not looked at.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from difflib import get_close_matches
from io import StringIO

from pgassay.model.duration import parse_duration
from pgassay.model.errors import UsageError
from pgassay.model.execution import Isolation
from pgassay.model.place import Place

LONGEST_TIMEOUT_S = 7 * 24 * 3600.0
_TIMEOUTS = "Write, for example: timeout 500ms, 30s, 5min or 1h"

_MARK = re.compile(r"--\s*pgassay\s*(:?)\s*(.*)", re.IGNORECASE)
_SETTING = re.compile(r"([^\s=:]+)\s*[=:]?\s*(.*)")
_CATEGORY = re.compile(r"[a-z0-9][a-z0-9_-]*")
_TAG = re.compile(r"\w[\w.:/@+-]*")
_COMMENT_SIGN = re.compile(r"/\*|\*/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What a head comment says; ``None`` or empty where it is silent. ``timeout_s`` is in seconds."""

    critical: bool = False
    timeout_s: float | None = None
    category: str | None = None
    isolation: Isolation | None = None
    tags: tuple[str, ...] = ()


def read_head(text: str, *, path: str) -> Head:
    """Read the settings of a script; raise :class:`UsageError` that names file and line."""
    head = Head()
    given: set[str] = set()
    for number, comment in _head_comments(text):
        place = Place(path=path, line=number)
        for setting in _settings(comment, place):
            name, value = _name_and_value(setting, place)
            if name in given and name != "tags":
                raise _error(place, f"the setting '{name}' is given twice")
            given.add(name)
            head = _READERS[name](head, value, place)
    return head


def _critical(head: Head, value: str, place: Place) -> Head:
    if value:
        raise _error(place, f"'critical' takes no value, but '{value}' follows it")
    return replace(head, critical=True)


def _timeout(head: Head, value: str, place: Place) -> Head:
    try:
        seconds = parse_duration(value.lower())
    except ValueError as error:
        raise _error(place, f"'{value}' is no timeout", remedy=_TIMEOUTS) from error
    if seconds > LONGEST_TIMEOUT_S:
        raise _error(place, f"the timeout '{value}' is longer than seven days", remedy=_TIMEOUTS)
    return replace(head, timeout_s=seconds)


def _category(head: Head, value: str, place: Place) -> Head:
    if not _CATEGORY.fullmatch(value.lower()):
        raise _error(place, f"'{value}' is no category: one word of letters, digits, '-' and '_'")
    return replace(head, category=value.lower())


def _isolation(head: Head, value: str, place: Place) -> Head:
    known = [each.value for each in Isolation]
    if value.lower() not in known:
        raise _error(place, f"'{value}' is no isolation", remedy=_nearest(value, known))
    return replace(head, isolation=Isolation(value.lower()))


def _tags(head: Head, value: str, place: Place) -> Head:
    tags = value.lower().split()
    for tag in tags:
        if not _TAG.fullmatch(tag):
            raise _error(place, f"'{tag}' is no tag: a word of letters, digits and any of _ . : / @ + -")
    return replace(head, tags=tuple(dict.fromkeys((*head.tags, *tags))))


_READERS = {
    "critical": _critical,
    "timeout": _timeout,
    "category": _category,
    "isolation": _isolation,
    "tags": _tags,
}


def _settings(comment: str, place: Place) -> list[str]:
    """Split a comment into settings; a comment that is not for us has none."""
    found = _MARK.match(comment)
    if found is None:
        return []
    settings = [each.strip() for each in found[2].split(",")]
    if not found[1]:
        if all(_first_word(each) in _READERS for each in settings):
            raise _error(place, "a colon is missing", remedy=f"Write: -- pgassay: {found[2].strip()}")
        return []
    if not any(settings):
        raise _error(place, "no setting follows 'pgassay:'", remedy=_nearest("", list(_READERS)))
    return [each for each in settings if each]


def _first_word(setting: str) -> str:
    found = _SETTING.match(setting)
    return found[1].lower() if found else ""


def _name_and_value(setting: str, place: Place) -> tuple[str, str]:
    found = _SETTING.fullmatch(setting)
    name = found[1].lower() if found else setting
    if found is None or name not in _READERS:
        raise _error(place, f"'{name}' is no setting", remedy=_nearest(name, list(_READERS)))
    value = found[2].strip()
    if not value and name != "critical":
        raise _error(place, f"'{name}' needs a value")
    return name, value


def _head_comments(text: str) -> Iterator[tuple[int, str]]:
    """Give the line comments before the first statement with their line numbers, from 1."""
    depth = 0
    for number, line in enumerate(StringIO(text.removeprefix("\ufeff")), start=1):
        line = line.strip()
        if depth == 0 and line.startswith("--"):
            yield number, line
            continue
        if depth or line.startswith("/*"):
            depth, line = _after_block(line, depth)
        if line and not line.startswith("--"):
            return


def _after_block(line: str, depth: int) -> tuple[int, str]:
    """Follow block comments, which nest, over a line: the depth after it, and what is outside of them."""
    for sign in _COMMENT_SIGN.finditer(line):
        depth += 1 if sign[0] == "/*" else -1
        if depth == 0:
            return 0, line[sign.end() :].strip()
    return depth, ""


def _nearest(name: str, known: list[str]) -> str:
    near = get_close_matches(name.lower(), known, n=1, cutoff=0.5)
    return f"Did you mean '{near[0]}'?" if near else f"Known are: {', '.join(known)}"


def _error(place: Place, what: str, *, remedy: str = "") -> UsageError:
    return UsageError(f"{place}: In the head comment, {what}.", remedy=remedy)
