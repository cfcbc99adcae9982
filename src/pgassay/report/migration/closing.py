"""What a person reads of an operation when it has ended: its steps, its statements, the verdict."""

from collections.abc import Iterable, Iterator

from pgassay.model.finding import Finding
from pgassay.model.fingerprint import Difference
from pgassay.model.migrate import MigrationRun, Operation, Outcome, StatementResult
from pgassay.report.migration.record import MigrationRecord
from pgassay.report.words import duration, plural, visible

MARKS = {Finding.HOLDS: "ok", Finding.BROKEN: "BROKEN", Finding.NOT_VERIFIED: "not verified"}
_MOST = 12


def closing_text(record: MigrationRecord) -> str:
    """Give the whole text."""
    return "\n".join(_lines(record))


def closings_text(records: Iterable[MigrationRecord]) -> str:
    """Give the texts of several, one behind the other."""
    return "\n".join(map(closing_text, records))


def change_lines(changes: tuple[Difference, ...]) -> Iterator[str]:
    """Give a line for each object that differs, and the lines in which a changed one does."""
    for each in changes[:_MOST]:
        yield f"    {each.change:<8} {visible(each.subject)}"
        if each.change == "changed":
            yield from (f"             - {visible(line)}" for line in each.before.split("\n")[:3])
            yield from (f"             + {visible(line)}" for line in each.after.split("\n")[:3])
    if len(changes) > _MOST:
        yield f"    … and {len(changes) - _MOST} more"


def _lines(record: MigrationRecord) -> Iterator[str]:
    run, finished = record.run, record.finished
    if run is None or finished is None:
        yield "It did not come to its end."
        return
    yield f"{run.operation} {visible(run.migration.id)} · {visible(run.place or run.target)}"
    for result, elapsed_s in record.steps:
        mark = MARKS[result.finding]
        yield f"  {result.step:<15}  {mark:<12}  {visible(result.sentence)} ({duration(elapsed_s)})"
        yield from (f"      {visible(line)}" for line in result.detail)
    yield from _statement_lines(record)
    yield from _comparison_lines(record)
    if finished.changes:
        yield f"  what differs in the catalogs: {plural(len(finished.changes), 'object')}"
        yield from change_lines(finished.changes)
    if record.waited.times:
        yield f"  It was tried again {plural(record.waited.times, 'time')} for a lock."
    yield f"{finished.outcome.upper()}: {visible(finished.sentence)}"
    yield from _next(run, finished.outcome)


def _next(run: MigrationRun, outcome: Outcome) -> Iterator[str]:
    """Say what can be done about an application that did not end well."""
    if run.operation is not Operation.APPLY:
        return
    if outcome is Outcome.INTERRUPTED:
        yield f"  To go on: pgassay migrate apply {visible(run.migration.version)}"
    if outcome in (Outcome.RED, Outcome.INTERRUPTED) and run.migration.down is not None:
        yield f"  To take it back: pgassay migrate rollback {visible(run.migration.version)}"


def _statement_lines(record: MigrationRecord) -> Iterator[str]:
    assert record.run is not None
    rehearsal = record.run.operation is Operation.REHEARSE
    shown = [each for each in record.statements if not rehearsal or each.phase in ("up", "down")]
    phase = ""
    for each in shown:
        if each.phase != phase:
            phase = each.phase
            total = sum(other.elapsed_s for other in shown if other.phase == phase)
            yield f"  {phase}: {plural(each.count, 'statement')}, {duration(total)}"
        if each.locks or each.rewritten or not rehearsal:
            took, place = duration(each.elapsed_s), visible(str(each.place))
            yield f"    {each.number:>3}  {each.command:<24} {took:>8}  {place}"
            yield from _observed(each)


def _observed(statement: StatementResult) -> Iterator[str]:
    for lock in statement.locks or ():
        yield f"           {lock.mode} on {visible(lock.relation)}"
    for table in statement.rewritten or ():
        yield f"           writes {visible(table)} again"


def _comparison_lines(record: MigrationRecord) -> Iterator[str]:
    for each in record.comparisons:
        verdict = "equal" if each.equal else "NOT EQUAL"
        tables = f", {plural(each.tables, 'table')} compared" if each.tables else ""
        yield f"  {visible(each.what)}: {verdict}{tables}"
        yield from change_lines(each.differences)
        yield from (f"    lost     {visible(lost.sentence)}" for lost in each.lost)
