"""What a person reads of a rollback when it has ended: its steps, the verdict, and how it is taken back."""

from collections.abc import Iterator

from pgassay.model.finding import Finding
from pgassay.model.rollback import RollbackOperation
from pgassay.report.rollback.record import RollbackRecord
from pgassay.report.words import duration, visible

_MARK = {Finding.HOLDS: "ok", Finding.BROKEN: "BROKEN", Finding.NOT_VERIFIED: "not verified"}


def closing_text(record: RollbackRecord) -> str:
    """Give the whole text."""
    return "\n".join(_lines(record))


def _lines(record: RollbackRecord) -> Iterator[str]:
    run, finished = record.run, record.finished
    if run is None or finished is None:
        yield "It did not come to its end."
        return
    yield f"rollback {run.operation} {run.id} · {visible(run.live)}"
    yield f"  reason: {visible(run.reason)}"
    for result, elapsed_s in record.steps:
        mark = _MARK[result.finding]
        yield f"  {result.step:<14}  {mark:<12}  {visible(result.sentence)} ({duration(elapsed_s)})"
        yield from (f"      {visible(line)}" for line in result.detail)
    yield f"{finished.outcome.upper()}: {visible(finished.sentence)}"
    if record.swapped is not None and run.operation is RollbackOperation.RUN:
        yield f"  To take it back: pgassay rollback undo --confirm {visible(run.live)}"
