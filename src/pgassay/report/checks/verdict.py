"""What a run of checks adds up to: its exit code, and the words for it, the same in every format.

A run of health checks alone is told in the words of operators: HEALTHY, DEGRADED, UNHEALTHY; of what could
be verified, and beside it stands how much could not.
"""

from pgassay.model.check import Area, CheckResult, Level, worst
from pgassay.model.events.check import ChecksStarted
from pgassay.model.exits import Exit
from pgassay.model.health import health_of, overall
from pgassay.report.checks.record import CheckRecord
from pgassay.report.words import duration, plural, visible

_WORDS = {
    Level.PASSED: "passed",
    Level.INFO: "info",
    Level.WARNING: "WARNING",
    Level.NOT_VERIFIED: "not verified",
    Level.FAILED: "FAILED",
}
_OF_HEALTH = _WORDS | {
    Level.PASSED: "healthy",
    Level.INFO: "healthy",
    Level.WARNING: "DEGRADED",
    Level.FAILED: "UNHEALTHY",
}
_ORDER = (Level.FAILED, Level.NOT_VERIFIED, Level.WARNING, Level.INFO, Level.PASSED)


def exit_of(record: CheckRecord) -> Exit:
    """Give the exit code of a run.

    Warnings, and what is not verified, are red in a strict run only, and not even there what cannot be known
    yet; but a run in which nothing could be verified has executed nothing, and a check that is at fault
    itself would hide what it is there to find.
    """
    levels = [each.level for each in record.results]
    if record.finished is None or record.finished.interrupted:
        return Exit.INTERRUPTED
    if record.started is not None and record.started.unreachable:
        return Exit.UNAVAILABLE
    if Level.FAILED in levels or any(each.broken for each in record.results):
        return Exit.RED
    if all(level is Level.NOT_VERIFIED for level in levels):
        return Exit.UNAVAILABLE
    doubtful = any(each.doubtful for each in record.results)
    return Exit.RED if doubtful and record.started is not None and record.started.strict else Exit.OK


def is_red(result: CheckResult, started: ChecksStarted | None) -> bool:
    """Whether a check alone makes its run red."""
    strict = started is not None and started.strict
    return result.level is Level.FAILED or result.broken or (strict and result.doubtful)


def word(level: Level, started: ChecksStarted | None) -> str:
    """Say a level as a person reads it; what asks for attention is in capitals."""
    return (_OF_HEALTH if _of_health(started) else _WORDS)[level]


def result_word(result: CheckResult, started: ChecksStarted | None) -> str:
    """Say how a check stands; ``BROKEN`` is one that is at fault itself."""
    return "BROKEN" if result.broken else word(result.level, started)


def verdict_level(record: CheckRecord) -> Level:
    """Give the level of the run: its worst check's."""
    return worst(each.level for each in record.results)


def verdict_word(record: CheckRecord) -> str:
    """Give the verdict in capitals: ``PASSED``, ``FAILED``, ``DEGRADED``, ``NOT VERIFIED``, …"""
    if record.finished is None or record.finished.interrupted:
        return "INTERRUPTED"
    if record.started is not None and record.started.unreachable:
        return "UNREACHABLE"
    level = verdict_level(record)
    if any(each.broken for each in record.results):
        return word(Level.FAILED, record.started).upper()
    if _of_health(record.started):
        return overall(health_of(each.level) for each in record.results)
    return word(Level.PASSED if level is Level.INFO else level, record.started).upper()


def verdict_sentence(record: CheckRecord) -> str:
    """Say what the verdict is over: ``31 checks, 1 failed, 2 warnings, 0.3 s``."""
    counts: dict[str, int] = {}
    for level in _ORDER:
        said = word(level, record.started).lower()
        counts[said] = counts.get(said, 0) + record.count(level)
    counts["broken"] = sum(each.broken for each in record.results)
    parts = [plural(len(record.results), "check")]
    if pending := sum(each.pending for each in record.results):
        counts = {_with_pending(said, pending): number for said, number in counts.items()}
    parts += [f"{number:,} {said}" for said, number in counts.items() if number]
    waived = sum(len(each.waived) for each in record.results)
    parts += [f"{plural(waived, 'finding')} ignored"] if waived else []
    parts += [duration(record.finished.elapsed_s)] if record.finished else []
    return ", ".join(parts)


def _with_pending(said: str, pending: int) -> str:
    return f"{said} ({pending:,} only for now)" if said == _WORDS[Level.NOT_VERIFIED] else said


def where_it_ran(started: ChecksStarted) -> str:
    """Say what was checked, and where."""
    about = ", ".join(started.areas) or "checks"
    server = f"PostgreSQL {visible(started.server_version)}" if started.server_version else ""
    return " · ".join(part for part in (about, visible(started.target), server) if part)


def _of_health(started: ChecksStarted | None) -> bool:
    return started is not None and started.areas == (Area.HEALTH,)
