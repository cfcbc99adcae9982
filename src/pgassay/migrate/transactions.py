"""Which statements cannot be in a transaction, and which reach beyond the database that they are sent to."""

from collections.abc import Callable

from pgassay.parse.sql.grammar import Node, kind
from pgassay.parse.sql.nodes import enum_name, options

_ALWAYS_ALONE = {
    "CreatedbStmt": "CREATE DATABASE copies a database as files",
    "DropdbStmt": "DROP DATABASE removes files",
    "AlterSystemStmt": "ALTER SYSTEM writes a file of the server",
    "CreateTableSpaceStmt": "CREATE TABLESPACE takes a directory",
    "DropTableSpaceStmt": "DROP TABLESPACE gives a directory back",
    "CreateSubscriptionStmt": "CREATE SUBSCRIPTION makes a slot on another server",
    "DropSubscriptionStmt": "DROP SUBSCRIPTION removes a slot on another server",
}
_BEYOND = frozenset(
    {
        "CreatedbStmt",
        "DropdbStmt",
        "AlterDatabaseStmt",
        "AlterSystemStmt",
        "CreateTableSpaceStmt",
        "DropTableSpaceStmt",
        "AlterTableSpaceOptionsStmt",
        "CreateRoleStmt",
        "AlterRoleStmt",
        "DropRoleStmt",
        "GrantRoleStmt",
        "CreateSubscriptionStmt",
        "AlterSubscriptionStmt",
        "DropSubscriptionStmt",
    }
)


def alone(node: Node) -> str:
    """Say why a statement cannot be in a transaction, as a clause; empty where it can."""
    name = kind(node)
    if name in _ALWAYS_ALONE:
        return _ALWAYS_ALONE[name]
    return _SOMETIMES[name](node) if name in _SOMETIMES else ""


def waits_gently(node: Node) -> bool:
    """Whether a statement that runs alone waits for others without anybody waiting for it."""
    if kind(node) == "VacuumStmt":
        return not any(name == "full" for name, _ in options(node.options))
    return kind(node) in ("IndexStmt", "DropStmt", "ReindexStmt", "AlterTableStmt")


def reaches_beyond(node: Node) -> bool:
    """Whether a statement changes more than its database: roles, other databases, the server."""
    name = kind(node)
    if name == "AlterRoleSetStmt":
        return not node.database
    return name in _BEYOND or (name == "RenameStmt" and enum_name(node, "rename_type") in _CLUSTER_NAMES)


_CLUSTER_NAMES = frozenset({"OBJECT_ROLE", "OBJECT_DATABASE", "OBJECT_TABLESPACE"})


def _index(node: Node) -> str:
    return "CREATE INDEX CONCURRENTLY commits on its own, more than once" if node.concurrent else ""


def _drop(node: Node) -> str:
    return "DROP INDEX CONCURRENTLY commits on its own" if node.concurrent else ""


def _reindex(node: Node) -> str:
    if any(name == "concurrently" for name, _ in options(node.params)):
        return "REINDEX CONCURRENTLY commits on its own, more than once"
    whole = enum_name(node, "kind").removeprefix("REINDEX_OBJECT_")
    return f"REINDEX {whole} commits after each table" if whole in ("SCHEMA", "SYSTEM", "DATABASE") else ""


def _vacuum(node: Node) -> str:
    return "VACUUM commits on its own" if node.is_vacuumcmd else ""


def _cluster(node: Node) -> str:
    return "" if node.HasField("relation") else "CLUSTER of every table commits after each of them"


def _alter_table(node: Node) -> str:
    detached = (each.alter_table_cmd for each in node.cmds if each.alter_table_cmd.HasField("def"))
    if any(getattr(getattr(each, "def").partition_cmd, "concurrent", False) for each in detached):
        return "DETACH PARTITION CONCURRENTLY commits on its own"
    return ""


_SOMETIMES: dict[str, Callable[[Node], str]] = {
    "IndexStmt": _index,
    "DropStmt": _drop,
    "ReindexStmt": _reindex,
    "VacuumStmt": _vacuum,
    "ClusterStmt": _cluster,
    "AlterTableStmt": _alter_table,
}
