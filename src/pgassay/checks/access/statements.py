"""Writes the statements that are tried. Each is for one row, and reads nothing that it need not.

A statement that reads nothing (no WHERE, no column on a right-hand side) needs no privilege to read, and then
PostgreSQL does not ask the SELECT policies: that is how far somebody gets who wants to do harm. So where
policies hold, a restrictive policy that is there for the try only chooses the row, and not a WHERE.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from pgassay.checks.access.catalogue import Column, Relation, Rights
from pgassay.checks.access.person import Person
from pgassay.checks.access.rows import Sampled, trusted
from pgassay.checks.access.session import SAMPLE
from pgassay.model.access import Action, Attempt
from pgassay.pg.connection import sql

_NOBODY = "false"


def policy(relation: Relation, action: Action) -> str:
    """Give the policy that lets a limited statement have the sampled rows only.

    For a new row it asks nothing, so that the relation's own policies decide alone.
    """
    command = Action.UPDATE if action is Action.MOVE else action
    check = " with check (true)" if command is Action.UPDATE else ""
    words = "create policy {} on {} as restrictive for {} using (ctid = any (current_setting({})::tid[])){}"
    return (
        sql.SQL(words)
        .format(
            sql.Identifier(f"pgassay_{command}"),
            trusted(relation.name),
            sql.SQL(command.value),
            sql.Literal(SAMPLE),
            sql.SQL(check),
        )
        .as_string()
    )


def select(relation: Relation, row: Sampled | None, rights: Rights, *, limited: bool) -> Attempt:
    """Read one row; limited, or by its condition, or, where that may not be read, any."""
    if limited:
        return _attempt("select from {}", relation, row=row, limited=True)
    if row is None or Action.SELECT not in rights.whole:
        return _attempt("select from {} limit 1", relation)
    return _attempt("select from {} as pgassay_row where {}", relation, trusted(row.condition), row=row)


def delete(relation: Relation, row: Sampled | None, rights: Rights, *, limited: bool) -> Attempt:
    """Delete one row."""
    if limited:
        return _attempt("delete from {}", relation, row=row, limited=True)
    where = _where(row, rights)
    return _attempt("delete from {} as pgassay_row where {}", relation, where, row=row)


def update(relation: Relation, row: Sampled | None, rights: Rights, *, limited: bool) -> Attempt:
    """Write into one column what is there already."""
    column = _quietest(_open_to(relation, rights, Action.UPDATE))
    name = trusted(column.name)
    value = trusted(row.values[column.name]) if row is not None else sql.SQL("null")
    if limited:
        return _attempt("update {} set {} = {}", relation, name, value, row=row, limited=True)
    where = _where(row, rights)
    return _attempt("update {} as pgassay_row set {} = {} where {}", relation, name, value, where, row=row)


def move(relation: Relation, row: Sampled, like: Sampled, person: Person) -> Attempt:
    """Make of one row one like another, but for its surrogate key; then look whether it is within reach."""
    columns = _moved(relation, person.rights)
    pairs = sql.SQL(", ").join(
        sql.SQL("{} = {}").format(trusted(each.name), trusted(like.values[each.name])) for each in columns
    )
    made = _attempt("update {} set {}", relation, pairs, row=row, limited=True)
    return replace(made, after=_look_after(relation, row, like, person))


def _look_after(relation: Relation, row: Sampled, like: Sampled, person: Person) -> tuple[str, ...]:
    """Give what finds the row by its key as ourselves, and then counts it as whoever moved it."""
    if not relation.key:
        return ()
    moved = {each.name for each in _moved(relation, person.rights)}
    values = {name: (like if name in moved else row).values[name] for name in relation.key}
    where = sql.SQL(" and ").join(
        sql.SQL("{} = {}").format(trusted(name), trusted(value)) for name, value in values.items()
    )
    aim = (
        "select pg_catalog.set_config({}, coalesce(pg_catalog.array_agg(ctid)::text, '{{}}'), true)"
        " from {} where {}"
    )
    again = sql.SQL("select pg_catalog.set_config('role', {}, true)")
    return (
        "select pg_catalog.set_config('role', 'none', true)",
        sql.SQL(aim).format(sql.Literal(SAMPLE), trusted(relation.name), where).as_string(),
        again.format(sql.Literal(person.identity.role)).as_string(),
        update(relation, row, person.rights, limited=True).statement,
    )


def tells_apart(relation: Relation, row: Sampled, like: Sampled, rights: Rights) -> bool:
    """Whether all that two rows differ in, keys aside, is among the columns that a move sets."""
    moved = {each.name for each in _moved(relation, rights)}
    fixed = {each.name for each in relation.columns if each.surrogate or each.generated} | set(relation.key)
    differing = {name for name, value in row.values.items() if like.values[name] != value}
    return differing - fixed <= moved


def _moved(relation: Relation, rights: Rights) -> Sequence[Column]:
    return [each for each in _open_to(relation, rights, Action.UPDATE) if not each.surrogate]


def insert(relation: Relation, row: Sampled | None, rights: Rights, *, fresh: Mapping[str, str]) -> Attempt:
    """Insert a copy of a row; ``fresh`` has other values for surrogate keys."""
    columns = _open_to(relation, rights, Action.INSERT)
    if row is None or not columns:
        return _attempt("insert into {} default values", relation)
    names = sql.SQL(", ").join(trusted(each.name) for each in columns)
    values = sql.SQL(", ").join(trusted(fresh.get(each.name, row.values[each.name])) for each in columns)
    return _attempt("insert into {} ({}) overriding system value values ({})", relation, names, values)


def truncate(relation: Relation) -> Attempt:
    """Empty a table."""
    return _attempt("truncate {}", relation)


def settable(relation: Relation) -> bool:
    """Whether an UPDATE can set anything at all."""
    return any(each.writable and each.settable and not each.generated for each in relation.columns)


def _open_to(relation: Relation, rights: Rights, action: Action) -> Sequence[Column]:
    """Give the columns that may be written: all where there is no privilege at all, so that it is refused."""
    writable = [
        each
        for each in relation.columns
        if each.writable and not each.generated and (each.settable or action is Action.INSERT)
    ]
    granted = rights.columns_for(action)
    return [each for each in writable if each.name in granted] if granted else writable


def _quietest(columns: Sequence[Column]) -> Column:
    """Prefer a column that nothing depends on: no key, no index, no reference."""
    return min(columns, key=lambda each: (each.surrogate, each.foreign_key, each.leading))


def _where(row: Sampled | None, rights: Rights) -> sql.SQL:
    """Name the row, where it may be read."""
    if row is None or Action.SELECT not in rights.whole:
        return sql.SQL(_NOBODY)
    return trusted(row.condition)


def _attempt(
    words: str, relation: Relation, *parts: sql.Composable, row: Sampled | None = None, limited: bool = False
) -> Attempt:
    statement = trusted(words).format(trusted(relation.name), *parts).as_string()
    return Attempt(statement=statement, row=row.condition if row is not None else "", limited=limited)
