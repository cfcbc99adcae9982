"""Says what would be done to apply a migration: what is committed together, who waits, what is risky."""

from pgassay.migrate.batches import Batch, batches_of, why_alone
from pgassay.migrate.catalogue import judge_script
from pgassay.migrate.hazard import Facts
from pgassay.migrate.script import Script
from pgassay.migrate.statement import Statement, Table
from pgassay.model.migration import Migration
from pgassay.model.migration_plan import MigrationPlan, PlannedBatch, PlannedStatement
from pgassay.parse.sql import locking
from pgassay.parse.sql.grammar import kind, walk
from pgassay.parse.sql.memory import ObjectKind


def plan(migration: Migration, script: Script, facts: Facts) -> MigrationPlan:
    """Plan a script; nothing is sent."""
    made: set[Table] = set()
    return MigrationPlan(
        migration=migration,
        batches=tuple(_batch(each, made) for each in batches_of(script)),
        hazards=judge_script(script, facts),
    )


def _batch(batch: Batch, made: set[Table]) -> PlannedBatch:
    return PlannedBatch(
        number=batch.number,
        in_transaction=not batch.alone,
        statements=tuple(_statement(each, made) for each in batch.statements),
    )


def _statement(statement: Statement, made: set[Table]) -> PlannedStatement:
    made |= {table for table, only_if_missing in statement.made if not only_if_missing}
    locks = _locks(statement, made)
    return PlannedStatement(
        number=statement.number,
        command=statement.command,
        place=statement.place,
        summary=statement.summary,
        alone=why_alone(statement),
        locks=locks,
    )


def _locks(statement: Statement, made: set[Table]) -> tuple[str, ...]:
    """Say who waits for the statement: of what the file made itself, nobody."""
    if why_alone(statement):
        return ()
    found = [
        f"{lock.name}: {lock.against} waits"
        for root in statement.nodes
        for node in walk(root)
        if kind(node) in locking.LOCKS
        for lock in locking.LOCKS[kind(node)](node)
        if lock.name.kind is ObjectKind.RELATION and (lock.name.schema, lock.name.name) not in made
    ]
    return tuple(dict.fromkeys(found))
