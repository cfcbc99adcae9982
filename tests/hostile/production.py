"""What pgassay would find in the database of ``production.sql``: read from that file, not from a server."""

from collections.abc import Mapping
from pathlib import Path

from hostile.attachments import aggregate, attachments
from pgassay.parse.psql.includes import resolve
from pgassay.parse.psql.reader import ScriptReader
from pgassay.parse.psql.steps import Query
from pgassay.parse.sql.attached import Attached
from pgassay.parse.sql.finding import Finding
from pgassay.parse.sql.grammar import Node, kind, statements, unwrap
from pgassay.parse.sql.nodes import dotted, enum_name, last_name, option_text, options
from pgassay.parse.sql.script import judge_script
from pgassay.parse.sql.surroundings import Parameter, Relation, RelationKind, Routine, Surroundings

HERE = Path(__file__).parent
RESTRICTED = "pgassay_tester"


def _statements() -> list[tuple[Node, str]]:
    reader = ScriptReader(
        (HERE / "production.sql").read_text(encoding="utf-8"),
        path="production.sql",
        variables={},
        open_file=_open_file,
    )
    found = []
    while (step := reader.next_step()) is not None:
        assert isinstance(step, Query)
        found.append((statements(step.text)[0], step.text))
    return found


def _open_file(name: str, relative_to: str | None) -> str:
    return (HERE / "files" / resolve(name, relative_to)).read_text(encoding="utf-8")


def _relation(node: Node) -> Relation | None:
    match kind(node):
        case "CreateStmt":
            return Relation(
                schema=node.relation.schemaname, name=node.relation.relname, sequences=_serial(node)
            )
        case "CreateForeignTableStmt":
            base = node.base_stmt.relation
            return Relation(schema=base.schemaname, name=base.relname, kind=RelationKind.FOREIGN)
        case "CreateSeqStmt":
            return Relation(
                schema=node.sequence.schemaname, name=node.sequence.relname, kind=RelationKind.SEQUENCE
            )
        case "ViewStmt":
            return Relation(schema=node.view.schemaname, name=node.view.relname, kind=RelationKind.VIEW)
        case "CreateTableAsStmt":
            return Relation(schema=node.into.rel.schemaname, name=node.into.rel.relname)
        case "IndexStmt":
            return Relation(schema=node.relation.schemaname, name=node.idxname, kind=RelationKind.INDEX)
    return None


def _serial(node: Node) -> tuple[str, ...]:
    columns = [each for each in map(unwrap, node.table_elts) if kind(each) == "ColumnDef"]
    return tuple(
        f"{node.relation.schemaname}.{node.relation.relname}_{each.colname}_seq"
        for each in columns
        if "serial" in last_name(each.type_name.names)
        or any(enum_name(unwrap(one), "contype") == "CONSTR_IDENTITY" for one in each.constraints)
    )


def _routine(node: Node, text: str) -> Routine:
    given = dict(options(node.options))
    schema, name = dotted(node.funcname)
    standard = node.HasField("sql_body")
    return Routine(
        schema=schema,
        name=name,
        language=option_text(given["language"]),
        body=text[text.lower().index("\nreturn") :].rstrip(";") if standard else option_text(given["as"]),
        parameters=tuple(
            Parameter(name=each.name, type=last_name(each.arg_type.names))
            for each in map(unwrap, node.parameters)
        ),
        settings=(given["set"].name,) if "set" in given else (),
        standard=standard,
    )


def _by_name(found: list[Relation]) -> Mapping[str, tuple[Relation, ...]]:
    return {each.name: tuple(one for one in found if one.name == each.name) for each in found}


def production() -> Surroundings:
    """Give what is known of the database to a new file, whose session was restricted to a role."""
    parsed = _statements()
    relations = _by_name([each for each in (_relation(node) for node, _ in parsed) if each is not None])
    routines = [_routine(node, text) for node, text in parsed if kind(node) == "CreateFunctionStmt"]
    made = [aggregate(node) for node, _ in parsed if kind(node) == "DefineStmt"]
    routines += [each for each in made if each is not None]
    return Surroundings(
        relations=lambda name: relations.get(name, ()),
        routines=lambda name: tuple(each for each in routines if each.name == name),
        routines_in=lambda schema: tuple(each for each in routines if schema in ("", each.schema)),
        schemas=frozenset({"shop", "public"}),
        types=frozenset({"mood", "amount", "closer", "pair", "ticket"}),
        extensions=frozenset({"plpgsql", "pgtap", "postgres_fdw"}),
        restricted_role=RESTRICTED,
        attached=Attached(attachments([node for node, _ in parsed])),
    )


def judge_file(path: Path, known: Surroundings) -> tuple[Finding, ...]:
    """Judge a file of the folder ``files``."""
    return judge_script(path.read_text(encoding="utf-8"), path=path.name, open_file=_open_file, known=known)
