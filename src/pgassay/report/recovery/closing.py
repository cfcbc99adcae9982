"""What a person reads of an operation when it has ended: its steps, what was measured, the verdict."""

from collections.abc import Iterator

from pgassay.model.finding import Finding
from pgassay.model.incident import Incident
from pgassay.model.recovery import Measured, Outcome, RecoveryOperation, RecoveryRun
from pgassay.report.recovery.record import RecoveryRecord
from pgassay.report.words import duration, visible

_MARK = {Finding.HOLDS: "ok", Finding.BROKEN: "BROKEN", Finding.NOT_VERIFIED: "not verified"}


def recovery_text(record: RecoveryRecord) -> str:
    """Give the whole text."""
    return "\n".join(_lines(record))


def _lines(record: RecoveryRecord) -> Iterator[str]:
    run, finished = record.run, record.finished
    if run is None or finished is None:
        yield "It did not come to its end."
        return
    yield " · ".join((f"{run.operation} {visible(run.database)}", *_about(run, record.place)))
    for result, elapsed_s in record.steps:
        mark = _MARK[result.finding]
        yield f"  {result.step:<17}  {mark:<12}  {visible(result.sentence)} ({duration(elapsed_s)})"
        yield from (f"      {visible(line)}" for line in result.detail)
    if run.operation in (RecoveryOperation.DRILL, RecoveryOperation.POINT_IN_TIME):
        yield from _measured(finished.measured)
    yield f"{finished.outcome.upper()}: {visible(finished.sentence)}"
    if record.incident is not None:
        yield _of_incident(record.incident, passed=finished.outcome is Outcome.PASSED)
    if record.made is not None:
        yield f"  pgassay recover drill {record.made.id.hex[:8]}"


def _about(run: RecoveryRun, place: str) -> Iterator[str]:
    """Say which backup it is about, and where that is restored."""
    if run.backup is not None and run.operation is not RecoveryOperation.BACKUP:
        yield f"backup {run.backup.hex[:8]}"
    if place:
        yield visible(place)


def _of_incident(incident: Incident, *, passed: bool) -> str:
    short = str(incident.id)[:8]
    if passed:
        return f"  The incident {short} is not settled: pgassay incidents resolve {short}"
    return f"  {incident.severity} incident {short}: pgassay incidents show {short}"


def _measured(measured: Measured) -> Iterator[str]:
    for name, what, seconds, objective in (
        ("RTO", "until the copy was verified and written to", measured.rto_s, measured.rto_objective_s),
        ("RPO", "of work would be lost", measured.rpo_s, measured.rpo_objective_s),
    ):
        said = f"{duration(seconds)} {what}" if seconds is not None else "not measured"
        limit = f"the objective is {duration(objective)}" if objective is not None else "no objective is set"
        yield f"  {name}  {said}; {limit}"
