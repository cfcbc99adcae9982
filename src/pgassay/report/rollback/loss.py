"""What a rollback would take away, for a person who has to agree to it."""

from collections.abc import Iterator
from datetime import datetime

from pgassay.model.loss import Loss, TableLoss
from pgassay.report.words import duration, moment, plural, visible

_MOST = 20


def loss_text(database: str, loss: Loss, at: datetime) -> str:
    """Give the text."""
    return "\n".join(_lines(database, loss, at))


def _lines(database: str, loss: Loss, at: datetime) -> Iterator[str]:
    since = duration(max((at - loss.since).total_seconds(), 0.0))
    name = visible(database)
    yield f"{name} would be as of {moment(loss.since)}: the work of {since} would be set aside with it."
    if loss.problem:
        yield f"  What that is cannot be counted: {visible(loss.problem)}"
        return
    count = plural(loss.compared, "table")
    if not loss.tables:
        yield f"  Of {count} each has as many rows as then; rows that were only changed are not seen."
        return
    yield f"  {plural(len(loss.tables), 'table')} of {loss.compared} would have another number of rows:"
    width = max(len(visible(each.name)) for each in loss.tables[:_MOST])
    for each in loss.tables[:_MOST]:
        yield f"    {visible(each.name):<{width}}  {_change(each)}"
    if len(loss.tables) > _MOST:
        yield f"    … and {plural(len(loss.tables) - _MOST, 'more table')}"
    yield "  Rows that were only changed are not seen."


def _change(each: TableLoss) -> str:
    about = "" if each.exact else "about "
    if each.then is None:
        return f"would be gone, with {about}{plural(each.now or 0, 'row')}"
    if each.now is None:
        return f"is missing, and would be there again with {plural(each.then, 'row')}"
    return f"{about}{each.now:,} now, {each.then:,} then ({each.then - each.now:+,})"
