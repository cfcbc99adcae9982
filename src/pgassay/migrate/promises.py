"""What a script says will be there when it has been sent, and what takes that away again."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from pgassay.migrate.script import Script
from pgassay.migrate.statement import Statement
from pgassay.parse.sql.grammar import Node, kind, unwrap, walk
from pgassay.parse.sql.nodes import dotted, enum_name, last_name, strings


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """An object that a statement makes: kinds that it may have in a fingerprint, parts of its name.

    ``rests_on`` names what it goes with, beside the parts of its name: an index's table and columns.
    """

    kinds: tuple[str, ...]
    parts: tuple[str, ...]
    statement: Statement
    rests_on: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """The name, as far as the statement has it."""
        return ".".join(each for each in self.parts if each)

    @property
    def sentence(self) -> str:
        """What was promised."""
        return f"{self.kinds[0]} {self.name}"

    def taken_away(self, script: Script, later: Iterable[Statement] = ()) -> bool:
        """Whether a statement behind it, in its script or a ``later`` one, drops or renames it, or may."""
        behind = (*script.statements[self.statement.number :], *later)
        return any(_takes_away(node, each, self) for each in behind for node in each.nodes)

    @property
    def named(self) -> frozenset[str]:
        """The names of it and of what it goes with, without the schema's."""
        return frozenset({*self.parts[1:], self.parts[-1], *self.rests_on})


def promises_of(script: Script) -> tuple[Promise, ...]:
    """Give what a script makes and does not itself take away or rename again."""
    return tuple(each for each in promises_made(script) if not each.taken_away(script))


def promises_made(script: Script) -> tuple[Promise, ...]:
    """Give what a script makes, whatever becomes of it."""
    return tuple(each for statement in script.statements for each in _made(statement))


def _takes_away(node: Node, statement: Statement, promise: Promise) -> bool:
    """Whether a statement drops, renames or moves a promised object or what it goes with, or may do so."""
    match kind(node):
        case "DropStmt":
            cascades = enum_name(node, "behavior") == "DROP_CASCADE"
            return cascades or any(_last(each) in {*promise.parts, *promise.named} for each in node.objects)
        case "RenameStmt":
            renamed = {node.subname} if node.subname else {node.relation.relname, _last(node.object)}
            return bool(renamed & {*promise.parts, *promise.named} - {""})
        case "AlterObjectSchemaStmt":
            return bool({node.relation.relname, _last(node.object)} & promise.named - {""})
        case "AlterTableStmt":
            dropped = ("AT_DropColumn", "AT_DropConstraint")
            commands = map(unwrap, node.cmds)
            return any(
                each.name in promise.named and enum_name(each, "subtype") in dropped for each in commands
            )
        case "DoStmt":
            return any(_names(statement.text, each) for each in promise.named)
        case "DropOwnedStmt":
            return True
        case _:
            return False


def _names(text: str, name: str) -> bool:
    """Whether a text has a name, as a word of its own in any case."""
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE) is not None


def _last(object_: Node) -> str:
    """Give the last part of an object's name, in whatever node it is written."""
    node = unwrap(object_)
    match kind(node):
        case "List":
            return (strings(node.items) or [""])[-1]
        case "TypeName":
            return (strings(node.names) or [""])[-1]
        case "ObjectWithArgs":
            return (strings(node.objname) or [""])[-1]
        case _:
            return str(getattr(node, "sval", ""))


def _made(statement: Statement) -> Iterator[Promise]:
    for node in statement.nodes:
        for kinds, *parts in _objects(node):
            if parts[-1]:
                yield Promise(
                    kinds=tuple(kinds.split("|")),
                    parts=tuple(parts),
                    statement=statement,
                    rests_on=frozenset(_foundations(node)),
                )


def _foundations(node: Node) -> Iterator[str]:
    """Give the names of tables and columns that cannot be dropped without what a statement makes."""
    match kind(node):
        case "CreateStmt":
            yield from (unwrap(each).relname for each in node.inh_relations)
        case "IndexStmt":
            yield node.relation.relname
            yield from _columns(node)
        case "AlterTableStmt":
            yield from _columns(node)
        case _:
            return


def _columns(node: Node) -> Iterator[str]:
    for each in walk(node):
        match kind(each):
            case "IndexElem" if each.name:
                yield each.name
            case "ColumnRef":
                yield last_name(each.fields)
            case "Constraint":
                yield from strings((*each.keys, *each.fk_attrs))
            case _:
                continue


def _objects(node: Node) -> Iterator[tuple[str, ...]]:
    if kind(node) == "AlterTableStmt":
        yield from _altered(node)
    elif kind(node) in _MAKERS:
        yield _MAKERS[kind(node)](node)


def _relation(kinds: str, field: str) -> Callable[[Node], tuple[str, ...]]:
    def made(node: Node) -> tuple[str, ...]:
        relation = getattr(node, field)
        # What is temporary is gone with the session, and its nameless promise is none.
        name = "" if relation.relpersistence == "t" else relation.relname
        return kinds, relation.schemaname, name

    return made


def _part_of(kinds: str, field: str, name: str) -> Callable[[Node], tuple[str, ...]]:
    def made(node: Node) -> tuple[str, ...]:
        relation = getattr(node, field)
        return kinds, relation.schemaname, relation.relname, getattr(node, name)

    return made


def _named(kinds: str, field: str) -> Callable[[Node], tuple[str, ...]]:
    return lambda node: (kinds, getattr(node, field))


def _dotted(kinds: str, field: str) -> Callable[[Node], tuple[str, ...]]:
    return lambda node: (kinds, *dotted(getattr(node, field)))


_MAKERS: dict[str, Callable[[Node], tuple[str, ...]]] = {
    "CreateStmt": _relation("table", "relation"),
    "ViewStmt": _relation("view", "view"),
    "CreateSeqStmt": _relation("sequence", "sequence"),
    "CompositeTypeStmt": _relation("type", "typevar"),
    "IndexStmt": lambda node: ("index", node.relation.schemaname, node.idxname),
    "CreatePolicyStmt": _part_of("policy", "table", "policy_name"),
    "CreateTrigStmt": _part_of("trigger", "relation", "trigname"),
    "CreateSchemaStmt": _named("schema", "schemaname"),
    "CreateExtensionStmt": _named("extension", "extname"),
    "CreatePublicationStmt": _named("publication", "pubname"),
    "CreateEnumStmt": _dotted("type", "type_name"),
    "CreateDomainStmt": _dotted("domain", "domainname"),
    "CreateFunctionStmt": _dotted("function|procedure", "funcname"),
}


def _altered(node: Node) -> Iterator[tuple[str, ...]]:
    relation = node.relation
    for command in map(unwrap, node.cmds):
        definition = unwrap(getattr(command, "def"))
        match enum_name(command, "subtype"):
            case "AT_AddColumn":
                yield "column", relation.schemaname, relation.relname, definition.colname
            case "AT_AddConstraint" if definition.conname:
                yield "constraint", relation.schemaname, relation.relname, definition.conname
