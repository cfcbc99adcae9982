"""Makes rows for a table that has none, so that there is something to try policies on.

A row for each identity, with what it claims in the columns that could hold it, and one of a stranger. Foreign
keys get values that are there, if the identity sees some. Triggers and foreign keys are left out where the
server lets us, since the row is for the policies only.
"""

import json
import re
from collections.abc import Mapping, Sequence

from pgassay.checks.access.catalogue import Column, Relation
from pgassay.checks.access.rows import may_hold, trusted
from pgassay.checks.access.session import Failed, Session, Try
from pgassay.model.identity import Identity
from pgassay.pg.connection import sql

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_STRANGER = "00000000-0000-4000-8000-0000000000ff"
_UNGUARDED = "set local session_replication_role = replica"
_GUARDED = "set local session_replication_role = origin"


def plant(
    session: Session, relation: Relation, identities: Sequence[Identity]
) -> tuple[tuple[str, ...], str]:
    """Insert the rows; give the statements that did, and, if there is none, why the last one failed.

    Raises:
        Failed: what the foreign keys point at cannot be read.
        Unavailable: the connection is lost.
    """
    parents = _parents(session, relation, identities)
    done: list[str] = []
    reason = ""
    rows = 0
    for number, (identity, known) in enumerate(zip((*identities, None), parents, strict=True)):
        statement = _insert(relation, _values(relation, identity, known, number=number))
        try:
            done += _plant_one(session, relation, statement)
            rows += 1
        except Failed as error:
            reason = error.message.message
    return (tuple(done), "") if rows else ((), reason)


def _plant_one(session: Session, relation: Relation, statement: str) -> list[str]:
    """Insert a row. A CHECK that a made-up value does not pass is dropped, for as long as the transaction."""
    dropped: list[str] = []
    while True:
        try:
            guard = _without_guards(session)
            session.rows(statement)
            if guard:
                session.rows(_GUARDED)
        except Failed as error:
            session.undo()
            drop = _dropping(relation, error)
            if not drop or drop in dropped:
                raise
            session.rows(drop)
            dropped.append(drop)
        else:
            steps = (guard, statement, _GUARDED) if guard else (statement,)
            session.keep()
            return [*dropped, *steps]
        session.keep()


def _without_guards(session: Session) -> str:
    try:
        session.rows(_UNGUARDED)
    except Failed:
        session.undo()
        return ""
    return _UNGUARDED


def _dropping(relation: Relation, error: Failed) -> str:
    message = error.message
    if message.sqlstate != "23514" or not message.table or not message.constraint:
        return ""
    words = sql.SQL("alter table {} drop constraint if exists {}")
    return words.format(trusted(relation.name), sql.Identifier(message.constraint)).as_string()


def _parents(session: Session, relation: Relation, identities: Sequence[Identity]) -> list[dict[str, str]]:
    """Find values for foreign keys: for each identity such that it sees, and last any at all."""
    tries = [
        Try(statement=key.finding, identity=identity)
        for identity in identities
        for key in relation.foreign_keys
    ]
    replies = iter(session.tries(tries))
    anyone: dict[str, str] = {}
    for key in relation.foreign_keys:
        for (text,) in session.rows(key.finding):
            anyone |= _paired(key.columns, text)
    found = []
    for _ in identities:
        known: dict[str, str] = {}
        for key in relation.foreign_keys:
            for row in next(replies).rows:
                known |= _paired(key.columns, row[0])
        found.append(anyone | known)
    return [*found, anyone]


def _paired(columns: Sequence[str], text: str | None) -> dict[str, str]:
    return dict(zip(columns, json.loads(text or "[]"), strict=True))


def _values(
    relation: Relation, identity: Identity | None, known: Mapping[str, str], *, number: int
) -> dict[str, str]:
    claimed = dict(identity.claimed) if identity is not None else {}
    subject = identity.subject if identity is not None else ""
    values = {}
    for column in relation.columns:
        own = claimed.get(column.name.strip('"'), "")
        own = own if may_hold(column.kin, own) else ""
        value = known.get(column.name) or own or _made(column, subject, number)
        if column.surrogate:
            value = _key(column, number)
        if value is not None and not column.generated:
            values[column.name] = value
    return values


def _key(column: Column, number: int) -> str | None:
    """Give a key that is the same whenever the rows are made again, and takes nothing from a sequence."""
    keys = {"uuid": f"{_STRANGER[:-4]}{number + 1:04}", "number": str(number + 1)}
    return keys.get(column.kin)


def _made(column: Column, subject: str, number: int) -> str | None:
    if column.kin == "uuid":
        return subject if _UUID.fullmatch(subject) else _STRANGER
    if not column.required or column.filled:
        return None
    if column.kin == "number":
        return str(number + 1)
    return f"{column.made}{number}" if column.kin == "text" else column.made


def _insert(relation: Relation, values: Mapping[str, str]) -> str:
    name = trusted(relation.name)
    if not values:
        return sql.SQL("insert into {} default values").format(name).as_string()
    return (
        sql.SQL("insert into {} ({}) overriding system value values ({})")
        .format(
            name,
            sql.SQL(", ").join(trusted(each) for each in values),
            sql.SQL(", ").join(sql.Literal(each) for each in values.values()),
        )
        .as_string()
    )
