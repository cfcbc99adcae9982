"""Which way a rollback would go, for a person who has to agree to it."""

from collections.abc import Iterator

from pgassay.model.rollback import RollbackPlan, RollbackWay
from pgassay.report.words import visible


def plan_text(database: str, plan: RollbackPlan) -> str:
    """Give the text, with its line ends; a whole database needs no words about it."""
    return "".join(f"{line}\n" for line in _lines(database, plan))


def _lines(database: str, plan: RollbackPlan) -> Iterator[str]:
    if plan.way is RollbackWay.DATABASE:
        return
    if plan.because:
        yield f"The database as a whole cannot be replaced: {visible(plan.because)}"
    names = ", ".join(plan.schemas)
    yield f"Replaced would be these schemas, inside of {visible(database)}: {visible(names)}"
    if plan.staying:
        yield "As they are stay:"
    yield from (f"  {visible(each.name)}: {visible(each.why)}" for each in plan.staying)
    yield from (visible(each) for each in plan.waits)
