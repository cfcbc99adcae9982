"""Which statements cannot be in a transaction, and which reach beyond the database that they are sent to."""

from collections.abc import Callable

from pgassay.parse.sql.commits_alone import COMMITS_ALONE, DETACHES
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


def _vacuum(node: Node) -> str:
    return "VACUUM commits on its own" if node.is_vacuumcmd else ""


def _alter_table(node: Node) -> str:
    detached = (each.alter_table_cmd for each in node.cmds if each.alter_table_cmd.HasField("def"))
    if any(getattr(getattr(each, "def").partition_cmd, "concurrent", False) for each in detached):
        return DETACHES
    return ""


_SOMETIMES: dict[str, Callable[[Node], str]] = {
    **COMMITS_ALONE,
    "VacuumStmt": _vacuum,
    "AlterTableStmt": _alter_table,
}
