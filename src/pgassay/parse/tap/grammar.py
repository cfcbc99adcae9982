"""The words of TAP: what each kind of line looks like, and what a plan and a directive say.

Knows single lines only; which of them may come when is ``order``'s to say. Character classes are ASCII,
because Perl reads the output as bytes.
"""

import re
from dataclasses import dataclass

from pgassay.model.assertion import Directive

BLANKS = " \t\n\r\f\v"
LARGEST = 2_147_483_647
"""Test numbers and plans beyond it are read as this number: it is what an ``integer`` column holds."""

TEST = re.compile(r"(not )?ok\b\s*(\d+)?\s*(?:-\s+)?(.*)", re.ASCII | re.DOTALL)
"""A test line: whether it says ``not``, its number, and its text without the dash that commonly leads it."""
BAIL_OUT = re.compile(r"\s*Bail out!\s*(.*)", re.ASCII | re.DOTALL)
VERSION = re.compile(r"TAP\s+version\s+(\d+)\s*\Z", re.ASCII | re.IGNORECASE)
PRAGMA = re.compile(r"pragma\s+([-+]\w+\s*(?:,\s*[-+]\w+\s*)*)\Z", re.ASCII)
YAML_START = re.compile(r"(\s+)(---.*)\Z", re.ASCII)
NOT_ALONE = re.compile(r"\s*not\s*\Z", re.ASCII)
"""Half of a test line: some systems break the line after ``not``, and the next line completes it."""

_PLAN = re.compile(r"1\.\.(\d+)\s*(.*)\Z", re.ASCII)
_PLANNED_TODO = re.compile(r"todo((?:\s+\d+)+)", re.ASCII)
_SKIP_12 = re.compile(r"#\s*SKIP\S*\s+(.*)", re.ASCII | re.IGNORECASE)
_SKIP_13 = re.compile(r"#\s*SKIP\b(.*)\Z", re.ASCII | re.IGNORECASE)
_WITH_DIRECTIVE = re.compile(
    r"([^\\#]*(?:\\.[^\\#]*)*)#\s*(SKIP|TODO)\b\s*(.*)", re.ASCII | re.IGNORECASE | re.DOTALL
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A plan line. ``todo`` has the test numbers, as written, that the old form ``1..5 todo 2`` names."""

    planned: int
    skip: bool = False
    reason: str = ""
    todo: frozenset[str] = frozenset()


def whole_number(digits: str) -> int:
    """Read a run of digits; a number that is too large is read as :data:`LARGEST`."""
    if len(digits) < 10:
        return int(digits)
    return min(int(digits.lstrip("0")[:11] or "0"), LARGEST)


def plan_of(line: str, *, version: int) -> Plan | None:
    """Read a plan line as the given version of TAP (12 or 13) spells it."""
    found = _PLAN.match(line)
    if found is None:
        return None
    planned, tail = whole_number(found[1]), found[2]
    return _plan_13(planned, tail) if version >= 13 else _plan_12(planned, tail)


def directive_of(text: str) -> tuple[str, Directive, str]:
    """Split what follows a test's number into its description, its directive and the reason.

    Only the first ``#`` that no backslash escapes can begin a directive, as in Perl.
    """
    directive, reason = Directive.NONE, ""
    if "#" in text and (found := _WITH_DIRECTIVE.match(text)):
        text, directive, reason = found[1], Directive(found[2].upper()), found[3].strip(BLANKS)
    return text.strip(BLANKS), directive, reason


def _plan_12(planned: int, tail: str) -> Plan | None:
    if found := _PLANNED_TODO.match(tail):
        return Plan(planned=planned, todo=frozenset(found[1].split()))
    if planned == 0:
        reason = _SKIP_12.match(tail)
        return Plan(planned=0, skip=True, reason=reason[1].strip(BLANKS) if reason else "")
    return None if tail.strip(BLANKS) else Plan(planned=planned)


def _plan_13(planned: int, tail: str) -> Plan | None:
    found = _SKIP_13.match(tail)
    if tail and found is None:
        return None
    return Plan(planned=planned, skip=planned == 0 or found is not None, reason=_text(found))


def _text(found: re.Match[str] | None) -> str:
    return found[1].strip(BLANKS) if found else ""
