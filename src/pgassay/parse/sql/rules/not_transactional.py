"""Statements that a rollback does not take back, or that cannot run in a transaction at all."""

from collections.abc import Callable, Iterator

from pgassay.parse.sql.case import Case
from pgassay.parse.sql.commits_alone import COMMITS_ALONE, DETACHES
from pgassay.parse.sql.finding import Finding
from pgassay.parse.sql.grammar import Node, kind
from pgassay.parse.sql.rule import Rule

_NAME = "not_transactional"
_INSTEAD = "Do this outside of the suite, or run the file against a clone: pgassay test --isolation clone."
_ALWAYS = {
    "CreatedbStmt": "CREATE DATABASE copies a whole database",
    "DropdbStmt": "DROP DATABASE removes a database",
    "AlterDatabaseStmt": "ALTER DATABASE changes a database for everybody, and may move its files",
    "AlterDatabaseRefreshCollStmt": "ALTER DATABASE changes a database for everybody",
    "AlterSystemStmt": "ALTER SYSTEM writes the server's configuration file",
    "CreateTableSpaceStmt": "CREATE TABLESPACE makes a directory of the server its own",
    "DropTableSpaceStmt": "DROP TABLESPACE removes a directory of the server",
    "AlterTableSpaceOptionsStmt": "ALTER TABLESPACE changes how every table in it is read",
    "CreateSubscriptionStmt": "CREATE SUBSCRIPTION connects to another server and reserves WAL there",
    "AlterSubscriptionStmt": "ALTER SUBSCRIPTION connects to another server",
    "DropSubscriptionStmt": "DROP SUBSCRIPTION connects to another server",
    "CheckPointStmt": "CHECKPOINT makes the server write all dirty pages at once",
    "LoadStmt": "LOAD brings a library into the session, which stays there",
    "DiscardStmt": "DISCARD drops the state of the session, with the limits that guard it",
}


def _vacuum(node: Node) -> str:
    return "VACUUM rewrites pages, and takes nothing back" if node.is_vacuumcmd else ""


def _partition(node: Node) -> str:
    return DETACHES if node.concurrent else ""


_SOMETIMES: dict[str, Callable[[Node], str]] = {
    **COMMITS_ALONE,
    "VacuumStmt": _vacuum,
    "PartitionCmd": _partition,
}


def _judge(node: Node, case: Case) -> Iterator[Finding]:
    name = kind(node)
    what = _ALWAYS.get(name) or _SOMETIMES[name](node)
    if what:
        yield case.refused(_NAME, f"{what}; a rollback does not undo it.", _INSTEAD)


RULE = Rule(name=_NAME, title="does what cannot be rolled back", judge=_judge, kinds=(*_ALWAYS, *_SOMETIMES))
