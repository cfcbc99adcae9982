"""Reads the body of a routine or of a DO block."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from pgassay.parse.sql.case import Case
from pgassay.parse.sql.execute import WRITE_OUT, execute
from pgassay.parse.sql.finding import Finding
from pgassay.parse.sql.fold import fold
from pgassay.parse.sql.grammar import Unreadable, expression
from pgassay.parse.sql.plpgsql.pieces import Piece, PieceKind, plain
from pgassay.parse.sql.plpgsql.reader import read_body
from pgassay.parse.sql.scope import Variable
from pgassay.parse.sql.summary import Summary, Template
from pgassay.parse.sql.surroundings import Parameter, Routine
from pgassay.parse.sql.touch import Touch, TouchKind
from pgassay.parse.sql.variables import RoutineVariables, parameter_variables

_SPLIT_UP = "Split it into functions that are simpler, or test what it does with plain statements."


def read_plpgsql(
    body: str,
    case: Case,
    parameters: Sequence[Parameter] = (),
    given: Mapping[str, Variable] | None = None,
) -> Iterator[Finding]:
    """Judge a body in PL/pgSQL, in the case of the routine itself; ``given`` are variables it has, too."""
    try:
        found = read_body(body)
        if found.columns_first and any(piece.kind is PieceKind.DYNAMIC for piece in found.pieces):
            raise Unreadable("a column may hide the variable of its name")
        variables = RoutineVariables(found, {**parameter_variables(parameters), **(given or {})}, case)
        scope = replace(case.scope, variables=variables.all())
    except Unreadable as unreadable:
        yield case.unreadable(f"Its PL/pgSQL cannot be read: {unreadable}.", _SPLIT_UP)
        return
    inner = replace(case, scope=scope)
    for declared in sorted(found.declared):
        inner.touch(Touch(kind=TouchKind.TYPE, name=_bare(declared.removesuffix(" not null"))))
    for piece in found.pieces:
        yield from _piece(piece, inner)


def _piece(piece: Piece, case: Case) -> Iterator[Finding]:
    match piece.kind:
        case PieceKind.STATEMENT:
            yield from case.read(piece.text, case)
        case PieceKind.EXPRESSION:
            yield from case.read(f"SELECT {piece.text}", case)
        case PieceKind.CONTROL:
            yield from case.read(piece.text, case)
        case PieceKind.DYNAMIC:
            yield from case.read(f"SELECT {piece.text}", case)
            yield from _dynamic(piece.text, case)


def _dynamic(text: str, case: Case) -> Iterator[Finding]:
    try:
        texts = fold(expression(text), case.scope)
    except Unreadable:
        texts = None
    if texts is None:
        yield case.unreadable(
            f"EXECUTE runs what cannot be told before it runs: {' '.join(text.split())}.", WRITE_OUT
        )
        return
    inner = case.inside("EXECUTE")
    for each in texts:
        yield from execute(Template(each), inner)


def read_sql(body: str, case: Case, parameters: Sequence[Parameter]) -> Iterator[Finding]:
    """Judge a body in SQL that is given as a text."""
    variables = parameter_variables(parameters)
    yield from case.read(
        body, replace(case, scope=replace(case.scope, variables=variables, columns_first=True))
    )


def summarise(routine: Routine, case: Case) -> Summary:
    """Read a routine of the database; the findings name it as the way to them."""
    inner = replace(case.inside(f"{routine.schema}.{routine.name}()"), templates=[], touches={})
    findings = tuple(dict.fromkeys(read_routine(routine, inner)))
    return Summary(
        name=routine.name,
        parameters=tuple(each.name for each in routine.parameters),
        findings=findings,
        templates=tuple(dict.fromkeys(inner.templates or ())),
        touches=tuple(inner.touches),
    )


def read_routine(
    routine: Routine, case: Case, given: Mapping[str, Variable] | None = None
) -> Iterator[Finding]:
    """Judge the body of a routine of the database, in the case of the routine itself.

    ``given`` are variables that it has beside its parameters, as a trigger's function has.
    """
    language = routine.language.lower()
    if routine.extension:
        return
    for each in routine.parameters:
        case.touch(Touch(kind=TouchKind.TYPE, name=_bare(each.type)))
    for name in routine.settings:
        yield from case.read(f'SET "{name}" TO DEFAULT', case)
    if language == "plpgsql":
        yield from read_plpgsql(routine.body, case, routine.parameters, given)
    elif language == "sql":
        yield from read_sql(_plain(routine), case, routine.parameters)
    elif language == "aggregate":
        yield from case.read(routine.calls, case)
    else:
        yield case.refused(
            "languages",
            f"The function {routine.name} is in the language {language}, which cannot be read.",
            "Leave the call out, or relax the rule for this target with a reason.",
            object=routine.name,
        )


def _plain(routine: Routine) -> str:
    """Give the statements of a SQL-standard body: of RETURN, or between BEGIN ATOMIC and END."""
    body = routine.body.strip()
    if not routine.standard:
        return body
    if body.upper().startswith("RETURN"):
        return f"SELECT {body[len('RETURN') :]}"
    return body[len("BEGIN ATOMIC") : -len("END")]


def _bare(type_name: str) -> str:
    """Give the name of a type without its schema, its modifier, and the brackets of an array."""
    return plain(type_name.partition("[")[0].partition("(")[0].rpartition(".")[2])
