"""What a script says will be there when it has been sent, and whether it is."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pgassay.migrate.script import Script
from pgassay.migrate.statement import Statement
from pgassay.model.fingerprint import Fingerprint
from pgassay.parse.sql.grammar import Node, kind, unwrap
from pgassay.parse.sql.nodes import dotted, enum_name, strings


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """An object that a statement makes: kinds that it may have in a fingerprint, parts of its name."""

    kinds: tuple[str, ...]
    parts: tuple[str, ...]
    statement: Statement

    @property
    def sentence(self) -> str:
        """What was promised."""
        return f"{self.kinds[0]} {'.'.join(each for each in self.parts if each)}"


def broken_promises(script: Script, catalogs: Fingerprint) -> tuple[str, ...]:
    """Give the objects that a script makes and that are not there, or are there and invalid."""
    there = {(each.kind, _plain(each.name)): each.text for each in catalogs.entries}
    broken = []
    for promise in promises_of(script):
        texts = [text for key, text in there.items() if _keeps(promise, *key)]
        if not texts:
            broken.append(f"{promise.statement.place}: the {promise.sentence} is not there")
        elif promise.kinds == ("index",) and all("valid: no" in each.split("\n") for each in texts):
            broken.append(f"{promise.statement.place}: the {promise.sentence} is invalid")
    return tuple(broken)


def promises_of(script: Script) -> tuple[Promise, ...]:
    """Give what a script makes and does not itself take away or rename again."""
    made = [each for statement in script.statements for each in _made(statement)]
    return tuple(each for each in made if not _taken_away(each, script))


def _keeps(promise: Promise, kind_: str, name: str) -> bool:
    wanted = ".".join(each for each in promise.parts if each)
    bare = name.partition("(")[0]
    return kind_ in promise.kinds and (bare == wanted or bare.endswith(f".{wanted}"))


def _plain(name: str) -> str:
    return name.replace('"', "")


def _taken_away(promise: Promise, script: Script) -> bool:
    later = script.statements[promise.statement.number :]
    return any(_takes_away(node, each, promise.parts[-1]) for each in later for node in each.nodes)


def _takes_away(node: Node, statement: Statement, name: str) -> bool:
    """Whether a statement drops, renames or moves something of that name, or may do so."""
    match kind(node):
        case "DropStmt":
            cascades = enum_name(node, "behavior") == "DROP_CASCADE"
            return cascades or any(name == _last(each) for each in node.objects)
        case "RenameStmt" | "AlterObjectSchemaStmt":
            names = {node.relation.relname, getattr(node, "subname", ""), _last(node.object)}
            return name in names
        case "AlterTableStmt":
            dropped = ("AT_DropColumn", "AT_DropConstraint")
            commands = map(unwrap, node.cmds)
            return any(each.name == name and enum_name(each, "subtype") in dropped for each in commands)
        case "DoStmt":
            return name in statement.text
        case _:
            return False


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
                yield Promise(kinds=tuple(kinds.split("|")), parts=tuple(parts), statement=statement)


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
