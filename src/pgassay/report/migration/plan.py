"""What a person reads of plans: what is committed together, who waits, what deserves a look."""

from collections.abc import Iterable, Iterator

from pgassay.model.exits import Exit
from pgassay.model.migration_plan import MigrationPlan, PlannedBatch
from pgassay.report.words import plural, visible


def plan_text(plans: Iterable[MigrationPlan]) -> str:
    """Give the whole text."""
    listed = tuple(plans)
    if not listed:
        return "Nothing is pending."
    return "\n".join(line for each in listed for line in _plan_lines(each))


def plan_exit(plans: Iterable[MigrationPlan]) -> Exit:
    """Give the exit code: what would not be sent at all is refused."""
    return Exit.REFUSED if any(each.refused for each in plans) else Exit.OK


def _plan_lines(plan: MigrationPlan) -> Iterator[str]:
    back = f"rollback {visible(plan.migration.down.path)}" if plan.migration.down else "no rollback file"
    yield f"{visible(plan.migration.id)} · {visible(plan.migration.up.path)} · {back}"
    for batch in plan.batches:
        yield from _batch_lines(batch, len(plan.batches))
    for found in plan.hazards:
        where = f"{visible(str(found.place))} ({found.hazard})"
        yield f"  {found.severity.upper()} {where}: {visible(found.sentence)}"
        if found.instead:
            yield f"      {visible(found.instead)}"


def _batch_lines(batch: PlannedBatch, count: int) -> Iterator[str]:
    how = "one transaction" if batch.in_transaction else "by itself, in no transaction"
    yield f"  part {batch.number} of {count}: {plural(len(batch.statements), 'statement')}, {how}"
    for each in batch.statements:
        yield f"    {each.number:>3}  {visible(str(each.place))}  {visible(each.summary)}"
        if each.alone:
            yield f"           {visible(each.alone)}"
        yield from (f"           {visible(lock)}" for lock in each.locks)
