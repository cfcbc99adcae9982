"""What the diagnostics of a failed test say: the values that it had and wanted, and the rest.

pgTAP prints them as comments behind the test line. This module reads the shapes that it uses
(``have``/``want``, ``caught``/``wanted``) and leaves everything else as lines to be shown as they are.
"""

import re
from dataclasses import dataclass, replace

from pgassay.model.assertion import Assertion
from pgassay.report.words import visible

_COMMENT = re.compile(r"^\s*# ?")
# The test line itself has said which test failed; repeating it is noise.
_ANNOUNCEMENT = re.compile(r"^\s*Failed (\(TODO\) )?test\b")
_HAVE = re.compile(r"^\s*(?:have|caught|got|received): ?(.*)$", re.S)
_WANT = re.compile(r"^\s*(?:want|wanted|expected): ?(.*)$", re.S)


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """The diagnostics of a test: what comes before the two values, the values, what comes after.

    ``have`` and ``want`` are lines, empty where the test compared nothing. All text is safe to show.
    """

    before: tuple[str, ...] = ()
    have: tuple[str, ...] = ()
    want: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Two texts that begin and end alike, with what differs between."""

    start: str
    have: str
    want: str
    end: str


def diagnose(assertion: Assertion) -> Diagnosis:
    """Read the diagnostics of a test. One beyond the plan says so, because its line may well say ok."""
    read = _read(assertion)
    if not assertion.unplanned:
        return read
    return replace(read, before=("More tests than planned: this one counts as failed.", *read.before))


def differ(have: str, want: str) -> Difference:
    """Split two texts into what they share at both ends and what differs between, in whole words."""
    shorter = min(len(have), len(want))
    start = next((index for index in range(shorter) if have[index] != want[index]), shorter)
    while start and have[start - 1].isalnum():
        start -= 1
    most = shorter - start
    end = next((index for index in range(most) if have[-1 - index] != want[-1 - index]), most)
    while end and have[-end].isalnum():
        end -= 1
    return Difference(
        start=have[:start],
        have=have[start : len(have) - end],
        want=want[start : len(want) - end],
        end=have[len(have) - end :],
    )


def _read(assertion: Assertion) -> Diagnosis:
    lines = _without_announcement([_COMMENT.sub("", line) for line in assertion.diagnostics])
    have = next((index for index, line in enumerate(lines) if _HAVE.match(line)), None)
    if have is None:
        return Diagnosis(before=_dedented(lines))
    want = next((index for index in range(have + 1, len(lines)) if _WANT.match(lines[index])), None)
    if want is None:
        return Diagnosis(before=_dedented(lines))
    had = _value(_HAVE, lines[have:want])
    # A value of several lines cannot be told from what follows it; one that is compared with several
    # lines is taken to have several itself.
    end = len(lines) if len(had) > 1 else want + 1
    return Diagnosis(
        before=_dedented(lines[:have]),
        have=had,
        want=_value(_WANT, lines[want:end]),
        after=_dedented(lines[end:]),
    )


def _without_announcement(lines: list[str]) -> list[str]:
    for index, line in enumerate(lines):
        if _ANNOUNCEMENT.match(line):
            return lines[:index] + lines[index + 1 :]
    return lines


def _value(first: re.Pattern[str], lines: list[str]) -> tuple[str, ...]:
    match = first.match(lines[0])
    return tuple(visible(line) for line in (match.group(1) if match else lines[0], *lines[1:]))


def _dedented(lines: list[str]) -> tuple[str, ...]:
    shown = [line.expandtabs(8).rstrip() for line in lines]
    indents = [len(line) - len(line.lstrip()) for line in shown if line]
    return tuple(visible(line[min(indents, default=0) :]) for line in shown)
