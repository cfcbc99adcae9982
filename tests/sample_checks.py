"""Made-up runs of checks, as the events that the engine would say."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from pgassay.model.check import Area, CheckInfo, CheckResult, Finding, Level, Waived
from pgassay.model.events.check import CheckEvent, CheckFinished, ChecksFinished, ChecksStarted

MOMENT = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
RUN = UUID("00000000-0000-4000-8000-000000000001")


def info(name: str, area: Area = Area.SECURITY, level: Level = Level.FAILED, path: str = "") -> CheckInfo:
    """Describe a check."""
    return CheckInfo(
        name=name,
        title=f"Title of {name}",
        level=level,
        areas=(area,),
        help="Mend {object}.",
        reason="It matters.",
        path=path or f"pgassay.checks/catalogue/{area}/{name}.sql",
    )


def found(
    check: CheckInfo, level: Level, object_: str = "public.invoice", detail: str = "it is so"
) -> Finding:
    """Make a finding of a check."""
    remediation = "" if level is Level.PASSED else f"alter table {object_} …;"
    return Finding(check=check.name, object=object_, level=level, detail=detail, remediation=remediation)


def result(check: CheckInfo, *levels: Level, broken: bool = False) -> CheckResult:
    """Make a result with one finding a level."""
    findings = tuple(found(check, level) for level in levels)
    return CheckResult(check=check, findings=findings, elapsed_ms=12.5, broken=broken)


def run_of(
    *results: CheckResult,
    areas: tuple[Area, ...] = (Area.PREFLIGHT, Area.SECURITY),
    strict: bool = False,
    unreachable: str = "",
    interrupted: bool = False,
) -> tuple[CheckEvent, ...]:
    """Put results together as a run."""
    started = ChecksStarted(
        run=RUN,
        at=MOMENT,
        checks=tuple(each.check for each in results),
        areas=areas,
        target="host=db dbname=shop",
        server_version="" if unreachable else "18.1",
        strict=strict,
        unreachable=unreachable,
    )
    finished = ChecksFinished(
        at=MOMENT + timedelta(seconds=1), elapsed_s=0.345, round_trips=3, interrupted=interrupted
    )
    return (started, *(CheckFinished(result=each) for each in results), finished)


def colourful() -> tuple[CheckEvent, ...]:
    """A run with one of everything, and names that formats must escape."""
    wal, leak, own = (
        info("wal_level", Area.PREFLIGHT),
        info("rls_disabled"),
        info("rows", path="checks/rows.sql"),
    )
    odd = found(leak, Level.FAILED, 'public."a<b>|c"', "readable by everyone & all\n-- really")
    waived = Waived(
        finding=found(leak, Level.FAILED, "public.log"), reason="logs are public", until=date(2031, 5, 1)
    )
    counted = Finding(
        check="rows",
        object="public.t",
        level=Level.WARNING,
        detail="12 rows",
        metadata=(("rows", 12), ("by", None)),
    )
    return run_of(
        result(wal, Level.PASSED),
        result(info("quiet", Area.PREFLIGHT)),
        result(info("told", Area.PREFLIGHT), Level.INFO),
        CheckResult(
            check=leak, findings=(odd, found(leak, Level.INFO, "public.b")), waived=(waived,), elapsed_ms=3
        ),
        result(info("auth_users"), Level.NOT_VERIFIED),
        CheckResult(check=own, findings=(counted,), elapsed_ms=1),
        result(info("mistaken"), Level.NOT_VERIFIED, broken=True),
    )
