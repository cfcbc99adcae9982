"""Reads what a statement defines: the body of a function, the code of a DO block."""

from collections.abc import Iterator
from dataclasses import replace

from pgassay.parse.sql.case import Case
from pgassay.parse.sql.finding import Finding
from pgassay.parse.sql.fold import TRUSTED_TYPES, fold
from pgassay.parse.sql.grammar import Node, kind, unwrap
from pgassay.parse.sql.nodes import enum_name, last_name, option_text, options
from pgassay.parse.sql.routines import read_plpgsql, read_sql
from pgassay.parse.sql.scope import Scope
from pgassay.parse.sql.summary import Summary
from pgassay.parse.sql.surroundings import Parameter
from pgassay.parse.sql.variables import parameter_variables

_NO_ARGUMENTS = ("FUNC_PARAM_OUT", "FUNC_PARAM_TABLE")
_TYPE_NAMES = {
    "CreateDomainStmt": "domainname",
    "CreateEnumStmt": "type_name",
    "CreateRangeStmt": "type_name",
}


def read_block(node: Node, case: Case) -> Iterator[Finding]:
    """Judge the code of a DO (a DoStmt)."""
    given = dict(options(node.args))
    language = option_text(given["language"]).lower() if "language" in given else "plpgsql"
    if language == "plpgsql" and "as" in given:
        yield from read_plpgsql(option_text(given["as"]), case.inside("DO"))


def define(node: Node, case: Case) -> Summary:
    """Read a function that a statement makes (a CreateFunctionStmt)."""
    name = last_name(node.funcname)
    listed = [unwrap(each) for each in node.parameters]
    arguments = [each for each in listed if enum_name(each, "mode") not in _NO_ARGUMENTS]
    parameters = tuple(
        Parameter(
            name=each.name, type=last_name(each.arg_type.names) if not each.arg_type.array_bounds else ""
        )
        for each in arguments
    )
    inner = replace(case.inside(f"{name}()"), templates=[], touches={})
    findings = tuple(dict.fromkeys(_body(node, inner, parameters)))
    return Summary(
        name=name,
        findings=findings,
        parameters=tuple(each.name for each in parameters),
        defaults=tuple(
            fold(each.defexpr, Scope()) if each.HasField("defexpr") else None for each in arguments
        ),
        templates=tuple(dict.fromkeys(inner.templates or ())),
        touches=tuple(inner.touches),
    )


def _body(node: Node, case: Case, parameters: tuple[Parameter, ...]) -> Iterator[Finding]:
    given = dict(options(node.options))
    language = option_text(given["language"]).lower() if "language" in given else "sql"
    if node.HasField("sql_body"):
        variables = parameter_variables(parameters)
        scope = replace(case.scope, variables=variables, columns_first=True)
        yield from case.read(node.sql_body, replace(case, scope=scope))
    elif language == "plpgsql":
        yield from read_plpgsql(option_text(given.get("as", node)), case, parameters)
    elif language == "sql":
        yield from read_sql(option_text(given.get("as", node)), case, parameters)


def shadowing(node: Node, case: Case) -> Iterator[Finding]:
    """Refuse a type with the name of one of the server's: what its values look like could not be told."""
    name = kind(node)
    if name == "CompositeTypeStmt":
        made = node.typevar.relname
    elif name == "DefineStmt":
        made = last_name(node.defnames) if enum_name(node, "kind") == "OBJECT_TYPE" else ""
    else:
        made = last_name(getattr(node, _TYPE_NAMES[name]))
    if made in TRUSTED_TYPES:
        yield case.unreadable(
            f"A type {made} would hide the server's own.", "Give it another name.", object=made
        )


SHADOWING = ("CompositeTypeStmt", "DefineStmt", *_TYPE_NAMES)
