"""Roles and databases: what all databases of the server share."""

from collections.abc import Iterator

from pgassay.parse.sql.case import Case
from pgassay.parse.sql.finding import Finding
from pgassay.parse.sql.grammar import Node, kind
from pgassay.parse.sql.nodes import enum_name
from pgassay.parse.sql.rule import Rule

_NAME = "roles"
_STATEMENTS = {
    "CreateRoleStmt": "CREATE ROLE",
    "AlterRoleStmt": "ALTER ROLE",
    "AlterRoleSetStmt": "ALTER ROLE … SET",
    "AlterDatabaseSetStmt": "ALTER DATABASE … SET",
    "DropRoleStmt": "DROP ROLE",
    "GrantRoleStmt": "GRANT or REVOKE of a role",
    "ReassignOwnedStmt": "REASSIGN OWNED",
    "DropOwnedStmt": "DROP OWNED",
}
_SHARED = ("OBJECT_ROLE", "OBJECT_DATABASE", "OBJECT_TABLESPACE")
_KIND_FIELDS = {"RenameStmt": "rename_type", "AlterOwnerStmt": "object_type"}


def _judge(node: Node, case: Case) -> Iterator[Finding]:
    name = kind(node)
    if name in _KIND_FIELDS:
        if enum_name(node, _KIND_FIELDS[name]) not in _SHARED:
            return
        statement = "ALTER ROLE or ALTER DATABASE"
    else:
        statement = _STATEMENTS[name]
    yield case.refused(
        _NAME,
        f"{statement} changes what all databases of the server share, and makes others wait who change it.",
        "Have the role made once, outside of the suite, and use SET LOCAL ROLE.",
    )


RULE = Rule(
    name=_NAME,
    title="changes roles or databases",
    judge=_judge,
    kinds=(*_STATEMENTS, *_KIND_FIELDS),
)
