"""What a person reads of migrations that were adopted: a line each, and what it adds up to."""

from collections.abc import Iterator, Sequence

from pgassay.model.migrate import Outcome, Step
from pgassay.report.migration.closing import MARKS
from pgassay.report.migration.record import MigrationRecord
from pgassay.report.words import plural, visible


def adopted_text(records: Sequence[MigrationRecord]) -> str:
    """Give the whole text."""
    return "\n".join(_lines(records))


def _lines(records: Sequence[MigrationRecord]) -> Iterator[str]:
    adopted = 0
    for each in records:
        yield from _verified(each)
        arrived = each.finished is not None and each.finished.outcome is Outcome.SUCCEEDED
        adopted += arrived
        if not arrived:
            told = each.finished.sentence if each.finished is not None else "It did not come to its end."
            yield f"NOT ADOPTED: {visible(told)}"
    told = f"{plural(adopted, 'migration')} in the history as adopted; nothing was run."
    yield f"ADOPTED: {told}" if adopted else "Nothing was adopted."


def _verified(record: MigrationRecord) -> Iterator[str]:
    label = visible(record.run.migration.label) if record.run is not None else ""
    for result, _ in record.steps:
        if result.step is Step.VERIFY:
            yield f"  {label:<40}  {MARKS[result.finding]:<12}  {visible(result.sentence)}"
            yield from (f"      {visible(line)}" for line in result.detail)
