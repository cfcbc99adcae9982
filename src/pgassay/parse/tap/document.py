"""What a whole TAP stream said, and whether that is good."""

import re
from dataclasses import dataclass

from pgassay.model.assertion import Assertion

_FAILED_TEST = re.compile(r"\s*Failed (\(TODO\) )?test\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class TapDocument:
    """The output of one file.

    ``planned`` is the number in the plan line, ``None`` where there was none. ``parse_errors`` are
    sentences, one for each thing that Perl's parser calls an error. ``bail_out`` is the reason given
    (perhaps empty), ``None`` where there was no bail-out. ``loose`` are comments that belong to no
    test; ``unclosed`` are the lines of a subtest after which no test line came; ``unrecognised`` counts
    lines that are neither TAP, nor blank, nor part of a subtest.
    """

    planned: int | None = None
    assertions: tuple[Assertion, ...] = ()
    parse_errors: tuple[str, ...] = ()
    skip_all: bool = False
    skip_reason: str = ""
    bail_out: str | None = None
    loose: tuple[str, ...] = ()
    unclosed: tuple[str, ...] = ()
    unrecognised: int = 0

    @property
    def tests_run(self) -> int:
        """The number of test lines."""
        return len(self.assertions)

    @property
    def failed(self) -> tuple[Assertion, ...]:
        """The tests that count as failed."""
        return tuple(each for each in self.assertions if not each.passed)

    @property
    def good(self) -> bool:
        """Whether Perl's harness would call this output good. A bail-out is no part of that."""
        return not self.parse_errors and all(each.passed for each in self.assertions)

    @property
    def claimed_todo(self) -> tuple[Assertion, ...]:
        """Failures that count as TODO only because their own description says so.

        pgTAP prints a real ``todo()`` and a description with ``# TODO`` in it alike, but the diagnostics
        differ: it knows the former for a TODO and says ``Failed (TODO) test``. A failure that is
        followed by no such diagnostics (not from pgTAP) is believed.
        """
        return tuple(each for each in self.assertions if each.todo and not each.ok and _plainly_failed(each))


def _plainly_failed(assertion: Assertion) -> bool:
    found = (_FAILED_TEST.match(line) for line in assertion.diagnostics)
    first = next((each for each in found if each), None)
    return first is not None and first[1] is None
