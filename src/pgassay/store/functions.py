"""Keeps functions in the store that others made, and the configuration that these read.

Installing is done under the lock of the store's schema, and only where a function is missing or another one;
what a function was made of is noted on it, as a digest. A function of that name without such a note is
somebody else's, and left alone.
"""

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256

from pgassay.model.errors import Unavailable
from pgassay.model.sql_function import SqlFunction
from pgassay.pg.connection import Connection, reason, sql
from pgassay.store.session import Patience, Transaction, transaction

_WHILE_INSTALLING = Patience(lock_ms=5_000, statement_ms=60_000)
_NOTE = "Made by pgassay; sha256 "


def install_functions(connection: Connection, functions: Sequence[SqlFunction]) -> tuple[str, ...]:
    """Install those that are missing or changed; give the names of these.

    Raises:
        Unavailable: the store is not installed, the role lacks a right, or a function of such a name is
            somebody else's.
    """
    with transaction(connection, _WHILE_INSTALLING) as begun:
        if not _changed(begun, functions):  # asked without the lock: what is there already waits for nobody
            return ()
        begun.run("lock_schema")
        changed = _changed(begun, functions)
        for each in changed:
            _create(begun, each)
    return tuple(each.name for each in changed)


def configure(connection: Connection, settings: Mapping[str, str], *, prefix: str) -> bool:
    """Make the settings whose names begin with ``prefix`` equal to these; say whether they were not.

    Values are JSON.

    Raises:
        Unavailable: the store is not installed, or the role may not write to it.
    """
    wanted = {name: json.loads(value) for name, value in settings.items()}
    with transaction(connection) as begun:
        held = {name: json.loads(value) for name, value in begun.run("configuration", prefix=prefix)}
        if held == wanted:
            return False
        begun.run("configure", prefix=prefix, settings=json.dumps(wanted))
    return True


def _changed(begun: Transaction, functions: Sequence[SqlFunction]) -> tuple[SqlFunction, ...]:
    found: dict[str, str] = dict(begun.run("installed_functions", names=[each.name for each in functions]))
    for each in functions:
        if each.name in found and _NOTE not in found[each.name]:
            raise Unavailable(
                f"The database {begun.connection.info.dbname} has a function "
                f"{each.schema}.{each.name}(), and pgassay did not make it.",
                remedy=f"Rename or drop it, then: pgassay store install. "
                f"(drop function {each.schema}.{each.name}();)",
            )
    return tuple(each for each in functions if found.get(each.name) != _comment(each))


def _create(begun: Transaction, function: SqlFunction) -> None:
    try:
        begun.connection.execute(function.definition.encode())
        name = sql.Identifier(function.schema, function.name)
        comment = sql.SQL("comment on function {}() is {}")
        begun.connection.execute(comment.format(name, sql.Literal(_comment(function))))
    except Connection.ProgrammingError as error:
        if getattr(error, "sqlstate", None) != "42501":
            raise
        role = sql.Identifier(begun.connection.info.user).as_string()
        raise Unavailable(
            f"The function {function.schema}.{function.name}() cannot be installed: {reason(str(error))}",
            remedy=f"As the owner of the schema: grant create on schema {function.schema} to {role}; "
            "or run `pgassay store install` as its owner.",
        ) from error


def _comment(function: SqlFunction) -> str:
    digest = sha256(f"{function.comment}\n{function.definition}".encode()).hexdigest()
    return f"{function.comment} {_NOTE}{digest[:16]}"
