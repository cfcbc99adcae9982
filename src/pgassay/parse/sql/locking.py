"""Which statements lock which objects strongly, beyond what reading and writing rows does.

The locks are those of the server's documentation, "Table-Level Locks"; of those that are left out here,
SHARE UPDATE EXCLUSIVE keeps only maintenance waiting.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pgassay.parse.sql.grammar import Node, kind, unwrap
from pgassay.parse.sql.memory import Name, ObjectKind
from pgassay.parse.sql.nodes import enum_name, strings

_EVERYBODY = "everybody who reads or writes it"
_WRITERS = "everybody who writes it"
_ROW_EXCLUSIVE = 3
_SHARED_MODES = (4, 5, 6, 7)


@dataclass(frozen=True, slots=True)
class Lock:
    """A lock that a statement takes. ``against`` says who waits for it."""

    name: Name
    statement: str
    against: str = _EVERYBODY


def relation(node: Node, statement: str, against: str = _EVERYBODY) -> Lock:
    """Make the lock of a relation (a RangeVar)."""
    return Lock(Name(ObjectKind.RELATION, node.schemaname, node.relname), statement, against)


def _named(parts: list[str], what: ObjectKind, statement: str) -> Lock:
    return Lock(Name(what, parts[-2] if len(parts) > 1 else "", parts[-1] if parts else ""), statement)


def _object(node: Node) -> list[str]:
    """Give the parts of an object's name, in whatever node it is written."""
    node = unwrap(node)
    if kind(node) == "List":
        return strings(node.items)
    if kind(node) == "TypeName":
        return strings(node.names)
    if kind(node) == "ObjectWithArgs":
        return strings(node.objname)
    return [node.sval] if kind(node) == "String" else []


_OF_RELATION = ("TRIGGER", "POLICY", "RULE")
_RELATIONS = ("TABLE", "VIEW", "MATVIEW", "INDEX", "SEQUENCE", "FOREIGN_TABLE")
_TYPES = ("TYPE", "DOMAIN")
_FREE = ("FUNCTION", "PROCEDURE", "ROUTINE", "AGGREGATE", "OPERATOR", "CAST", "COLLATION", "STATISTIC_EXT")


def _drop(node: Node) -> Iterator[Lock]:
    dropped = enum_name(node, "remove_type").removeprefix("OBJECT_")
    statement = f"DROP {dropped.replace('_', ' ')}"
    cascades = enum_name(node, "behavior") == "DROP_CASCADE"
    for each in node.objects:
        parts = _object(each)
        if dropped in _OF_RELATION:
            yield _named(parts[:-1], ObjectKind.RELATION, statement)
        elif dropped in _RELATIONS:
            yield _named(parts, ObjectKind.RELATION, statement)
        elif dropped == "SCHEMA":
            yield _named(parts, ObjectKind.SCHEMA, statement)
        elif dropped not in _FREE or cascades:
            # With CASCADE it takes along whatever uses it: defaults, triggers, columns of tables.
            what = ObjectKind.TYPE if dropped in _TYPES else ObjectKind.OTHER
            yield _named(parts, what, statement + " CASCADE" * cascades)


def _alter(field: str) -> Callable[[Node], Iterator[Lock]]:
    def locks(node: Node) -> Iterator[Lock]:
        altered = enum_name(node, field).removeprefix("OBJECT_")
        statement = f"ALTER {altered.replace('_', ' ')}"
        if node.HasField("relation"):
            yield relation(node.relation, statement)
        elif altered == "SCHEMA":
            # ALTER SCHEMA … RENAME has the name elsewhere than ALTER SCHEMA … OWNER TO.
            parts = _object(node.object) or [getattr(node, "subname", "")]
            yield _named(parts, ObjectKind.SCHEMA, statement)
        elif altered in _TYPES:
            yield _named(_object(node.object), ObjectKind.TYPE, statement)

    return locks


def _of_type(statement: str) -> Callable[[Node], Iterator[Lock]]:
    def locks(node: Node) -> Iterator[Lock]:
        yield _named(strings(node.type_name), ObjectKind.TYPE, statement)

    return locks


def _of(field: str, statement: str, against: str = _EVERYBODY) -> Callable[[Node], Iterator[Lock]]:
    def locks(node: Node) -> Iterator[Lock]:
        if node.HasField(field):
            yield relation(getattr(node, field), statement, against)

    return locks


def _alter_table(node: Node) -> Iterator[Lock]:
    if enum_name(node, "objtype") == "OBJECT_TYPE":
        yield Lock(Name(ObjectKind.TYPE, node.relation.schemaname, node.relation.relname), "ALTER TYPE")
    else:
        yield relation(node.relation, "ALTER TABLE")


def _truncate(node: Node) -> Iterator[Lock]:
    for each in node.relations:
        yield relation(unwrap(each), "TRUNCATE")


def _lock(node: Node) -> Iterator[Lock]:
    # The numbers are the server's, from ACCESS SHARE (1) to ACCESS EXCLUSIVE (8).
    if node.mode > _ROW_EXCLUSIVE:
        against = _WRITERS if node.mode in _SHARED_MODES else _EVERYBODY
        for each in node.relations:
            yield relation(unwrap(each), "LOCK TABLE", against)


def _view(node: Node) -> Iterator[Lock]:
    if node.replace:
        yield relation(node.view, "CREATE OR REPLACE VIEW")


def _constraint(node: Node) -> Iterator[Lock]:
    if node.HasField("pktable"):
        yield relation(node.pktable, "A foreign key to it", _WRITERS)


def _create(node: Node) -> Iterator[Lock]:
    if node.HasField("partbound"):
        for each in node.inh_relations:
            yield relation(unwrap(each), "CREATE TABLE … PARTITION OF")


def _move_all(node: Node) -> Iterator[Lock]:
    yield Lock(Name(ObjectKind.OTHER, "", node.orig_tablespacename), "ALTER … ALL IN TABLESPACE")


LOCKS: dict[str, Callable[[Node], Iterator[Lock]]] = {
    "AlterTableStmt": _alter_table,
    "AlterTableMoveAllStmt": _move_all,
    "AlterSeqStmt": _of("sequence", "ALTER SEQUENCE"),
    "AlterDomainStmt": _of_type("ALTER DOMAIN"),
    "AlterEnumStmt": _of_type("ALTER TYPE"),
    "AlterTypeStmt": _of_type("ALTER TYPE"),
    "RenameStmt": _alter("rename_type"),
    "AlterObjectSchemaStmt": _alter("object_type"),
    "AlterOwnerStmt": _alter("object_type"),
    "AlterObjectDependsStmt": _alter("object_type"),
    "DropStmt": _drop,
    "TruncateStmt": _truncate,
    "LockStmt": _lock,
    "IndexStmt": _of("relation", "CREATE INDEX", _WRITERS),
    "CreateTrigStmt": _of("relation", "CREATE TRIGGER", _WRITERS),
    "RuleStmt": _of("relation", "CREATE RULE"),
    "CreatePolicyStmt": _of("table", "CREATE POLICY"),
    "AlterPolicyStmt": _of("table", "ALTER POLICY"),
    "ViewStmt": _view,
    "RefreshMatViewStmt": _of("relation", "REFRESH MATERIALIZED VIEW"),
    "ClusterStmt": _of("relation", "CLUSTER"),
    "ReindexStmt": _of("relation", "REINDEX"),
    "Constraint": _constraint,
    "CreateStmt": _create,
}
