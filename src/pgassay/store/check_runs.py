"""Keeps what runs of checks found, and gives back the last one of an area, with its age."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pgassay.model.check import Area, CheckResult, Finding, Level
from pgassay.model.events.check import ChecksFinished, ChecksStarted
from pgassay.model.exits import Exit
from pgassay.pg.connection import Connection
from pgassay.store.schema import opened
from pgassay.store.values import cleaner, to_json


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckOutcome:
    """What a run added up to, in the words of the reports, and the database that it was about."""

    database: str
    verdict: str
    exit: Exit


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredCheckRun:
    """A stored run of checks. ``fine`` counts those that passed or had something to tell only."""

    id: UUID
    started_at: datetime
    verdict: str
    exit: int
    checks: int
    fine: int
    warnings: int
    not_verified: int
    failed: int
    broken: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredCheck:
    """What one check of a stored run found: its level, and its worst findings in a sentence each."""

    name: str
    level: Level
    broken: bool
    details: tuple[str, ...]


def add_check_run(
    connection: Connection,
    started: ChecksStarted,
    results: Sequence[CheckResult],
    finished: ChecksFinished,
    outcome: CheckOutcome,
) -> None:
    """Write a run with its results, in one transaction.

    Raises:
        Unavailable: the store cannot be written.
    """
    levels = [each.level for each in results]
    clean = cleaner(connection.info.parameter_status("server_encoding") or "UTF8")
    with opened(connection) as begun:
        begun.run(
            "add_check_run",
            id=started.run,
            started_at=started.at,
            elapsed_s=finished.elapsed_s,
            target=clean(started.target),
            database=clean(outcome.database),
            server_version=started.server_version,
            areas=[each.value for each in started.areas],
            strict=started.strict,
            verdict=outcome.verdict,
            exit_code=int(outcome.exit),
            unreachable=clean(started.unreachable) or None,
            checks=len(results),
            passed=levels.count(Level.PASSED),
            info=levels.count(Level.INFO),
            warnings=levels.count(Level.WARNING),
            not_verified=levels.count(Level.NOT_VERIFIED),
            failed=levels.count(Level.FAILED),
            broken=sum(each.broken for each in results),
            waived=sum(len(each.waived) for each in results),
        )
        begun.run(
            "add_check_results",
            run=started.run,
            results=to_json([_document(each) for each in results], clean),
        )


def last_check_run(connection: Connection, database: str, area: Area) -> StoredCheckRun | None:
    """Give the newest run of the checks of an area on a database; those that were interrupted do not count.

    Raises:
        Unavailable: the store cannot be read.
    """
    with opened(connection) as begun:
        for row in begun.run("last_check_run", database=database, area=area.value):
            id_, started_at, verdict, code, checks, fine, warnings, not_verified, failed, broken = row
            return StoredCheckRun(
                id=id_,
                started_at=started_at,
                verdict=verdict,
                exit=code,
                checks=checks,
                fine=fine,
                warnings=warnings,
                not_verified=not_verified,
                failed=failed,
                broken=broken,
            )
    return None


def checks_of_run(connection: Connection, run: UUID) -> tuple[StoredCheck, ...]:
    """Give what each check of a run found, by name.

    Raises:
        Unavailable: the store cannot be read.
    """
    with opened(connection) as begun:
        return tuple(
            StoredCheck(
                name=name,
                level=Level(level),
                broken=broken,
                details=tuple(
                    f"{each['object']}: {each['detail']}" for each in findings if each["level"] == level
                ),
            )
            for name, level, broken, findings in begun.run("check_results", run=run)
        )


def _document(result: CheckResult) -> dict[str, object]:
    return {
        "check_name": result.check.name,
        "title": result.check.title,
        "areas": [each.value for each in result.check.areas],
        "level": result.level.value,
        "broken": result.broken,
        "elapsed_ms": result.elapsed_ms,
        "findings": [_finding(each) for each in result.findings],
        "waived": [
            {**_finding(each.finding), "reason": each.reason, "until": each.until.isoformat()}
            for each in result.waived
        ],
    }


def _finding(finding: Finding) -> dict[str, object]:
    return {
        "object": finding.object,
        "level": finding.level.value,
        "detail": finding.detail,
        "remediation": finding.remediation,
        "metadata": dict(finding.metadata),
    }
