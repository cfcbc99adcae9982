from dataclasses import replace
from datetime import UTC, datetime

import pytest

from pgassay.model.check import Area, CheckResult, Finding, Level
from pgassay.model.events.check import CheckEvent
from pgassay.model.exits import Exit
from pgassay.report.checks.record import CheckCollector, CheckRecord
from pgassay.report.checks.verdict import exit_of, is_red, verdict_sentence, verdict_word
from sample_checks import colourful, info, result, run_of

PASSED, INFO, WARNING = Level.PASSED, Level.INFO, Level.WARNING
NOT_VERIFIED, FAILED = Level.NOT_VERIFIED, Level.FAILED


def recorded(events: tuple[CheckEvent, ...]) -> CheckRecord:
    collector = CheckCollector()
    for event in events:
        collector.see(event)
    return collector.record()


@pytest.mark.parametrize(
    ("levels", "relaxed", "strict"),
    [
        ((PASSED,), Exit.OK, Exit.OK),
        ((PASSED, INFO), Exit.OK, Exit.OK),
        ((PASSED, WARNING), Exit.OK, Exit.RED),
        ((PASSED, NOT_VERIFIED), Exit.OK, Exit.RED),
        ((PASSED, FAILED), Exit.RED, Exit.RED),
        ((NOT_VERIFIED, NOT_VERIFIED), Exit.UNAVAILABLE, Exit.UNAVAILABLE),
        ((NOT_VERIFIED, FAILED), Exit.RED, Exit.RED),
        ((), Exit.UNAVAILABLE, Exit.UNAVAILABLE),
    ],
)
def test_the_exit_code(levels: tuple[Level, ...], relaxed: Exit, strict: Exit) -> None:
    results = [result(info(f"c{number}"), level) for number, level in enumerate(levels)]

    assert exit_of(recorded(run_of(*results))) is relaxed
    assert exit_of(recorded(run_of(*results, strict=True))) is strict


def pending(found: CheckResult, *others: Finding) -> CheckResult:
    """Say of a check's first finding that it cannot be verified yet."""
    first = replace(found.findings[0], pending_until=datetime(2031, 5, 4, tzinfo=UTC))
    return replace(found, findings=(first, *found.findings[1:], *others))


def test_what_cannot_be_known_yet_makes_no_strict_run_red() -> None:
    fine, unknown = result(info("a"), PASSED), result(info("b"), NOT_VERIFIED)
    record = recorded(run_of(fine, pending(unknown), strict=True))

    assert exit_of(record) is Exit.OK
    assert not is_red(pending(unknown), record.started)
    assert verdict_word(record) == "NOT VERIFIED"  # that is not green all the same
    assert verdict_sentence(record).startswith("2 checks, 1 not verified (1 only for now), 1 passed")
    assert exit_of(recorded(run_of(fine, unknown, pending(unknown), strict=True))) is Exit.RED
    also = pending(unknown, unknown.findings[0])  # a second finding that could be looked at
    assert exit_of(recorded(run_of(fine, also, strict=True))) is Exit.RED
    warned = pending(result(info("b"), NOT_VERIFIED, WARNING))
    assert exit_of(recorded(run_of(fine, warned, strict=True))) is Exit.RED
    assert exit_of(recorded(run_of(pending(unknown), strict=True))) is Exit.UNAVAILABLE


def test_a_check_that_is_at_fault_makes_a_run_red() -> None:
    record = recorded(run_of(result(info("a"), PASSED), result(info("b"), NOT_VERIFIED, broken=True)))

    assert exit_of(record) is Exit.RED
    assert verdict_word(record) == "FAILED"


def test_a_run_that_reached_nothing_or_was_broken_off_is_never_green() -> None:
    fine = result(info("a"), PASSED)

    assert exit_of(recorded(run_of(fine, unreachable="no route"))) is Exit.UNAVAILABLE
    assert exit_of(recorded(run_of(fine, interrupted=True))) is Exit.INTERRUPTED
    assert exit_of(recorded(run_of(fine)[:-1])) is Exit.INTERRUPTED


@pytest.mark.parametrize(
    ("level", "word"),
    [(PASSED, "HEALTHY"), (INFO, "HEALTHY"), (WARNING, "DEGRADED"), (FAILED, "UNHEALTHY")],
)
def test_health_is_told_in_the_words_of_operators(level: Level, word: str) -> None:
    record = recorded(run_of(result(info("a", Area.HEALTH), level), areas=(Area.HEALTH,)))

    assert verdict_word(record) == word


def test_the_sentence_counts_by_level_and_says_what_is_ignored() -> None:
    assert verdict_sentence(recorded(colourful())) == (
        "7 checks, 1 failed, 2 not verified, 1 warning, 1 info, 2 passed, 1 broken, 1 finding ignored, 345 ms"
    )
