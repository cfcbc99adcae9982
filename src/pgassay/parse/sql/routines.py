"""Reads the body of a routine or of a DO block."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pgassay.parse.sql import holes
from pgassay.parse.sql.case import Case
from pgassay.parse.sql.execute import WRITE_OUT, execute
from pgassay.parse.sql.finding import Finding
from pgassay.parse.sql.fold import fold, safe_texts
from pgassay.parse.sql.grammar import Unreadable, expression, statements
from pgassay.parse.sql.holes import Texts
from pgassay.parse.sql.plpgsql.pieces import Body, Piece, PieceKind
from pgassay.parse.sql.plpgsql.reader import read_body
from pgassay.parse.sql.scope import Scope, Variable
from pgassay.parse.sql.summary import Summary, Template
from pgassay.parse.sql.surroundings import Parameter, Routine

_SPLIT_UP = "Split it into functions that are simpler, or test what it does with plain statements."


def read_plpgsql(body: str, case: Case, parameters: Sequence[Parameter] = ()) -> Iterator[Finding]:
    """Judge a body in PL/pgSQL, in the case of the routine itself."""
    try:
        found = read_body(body)
        if found.columns_first and any(piece.kind is PieceKind.DYNAMIC for piece in found.pieces):
            raise Unreadable("a column may hide the variable of its name")
        scope = replace(case.scope, variables=_Variables(found, parameters, case).all())
    except Unreadable as unreadable:
        yield case.unreadable(f"Its PL/pgSQL cannot be read: {unreadable}.", _SPLIT_UP)
        return
    inner = replace(case, scope=scope)
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
    inner = replace(case.inside(f"{routine.schema}.{routine.name}()"), templates=[])
    findings = tuple(_read(routine, inner))
    return Summary(
        name=routine.name,
        parameters=tuple(each.name for each in routine.parameters),
        findings=findings,
        templates=tuple(dict.fromkeys(inner.templates or ())),
    )


def _read(routine: Routine, case: Case) -> Iterator[Finding]:
    language = routine.language.lower()
    if routine.extension:
        return
    for name in routine.settings:
        yield from case.read(f'SET "{name}" TO DEFAULT', case)
    if language == "plpgsql":
        yield from read_plpgsql(routine.body, case, routine.parameters)
    elif language == "sql":
        yield from read_sql(_plain(routine), case, routine.parameters)
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


def parameter_variables(parameters: Sequence[Parameter]) -> dict[str, Variable]:
    """Give what a routine's parameters stand for: holes, or something harmless of their type."""
    variables: dict[str, Variable] = {}
    for at, each in enumerate(parameters):
        texts = safe_texts(each.type) or (holes.parameter(at),)
        variables[f"${at + 1}"] = _constant(texts)
        if each.name:
            variables[each.name] = _constant(texts)
    return variables


def _constant(texts: Texts) -> Variable:
    return lambda _name: texts


class _Variables:
    """The variables of a PL/pgSQL body: what each can be, given all that is assigned to it anywhere."""

    def __init__(self, body: Body, parameters: Sequence[Parameter], case: Case) -> None:
        self._body = body
        self._parameters = parameter_variables(parameters)
        self._case = case
        self._open: set[str] = set()

    def all(self) -> dict[str, Variable]:
        """Give all of them by name."""
        names = {*self._parameters, *self._body.values, *self._body.types, *self._body.aliases}
        return dict.fromkeys(names, self._value)

    def _value(self, name: str) -> Texts | None:
        if name in self._open:
            return None
        self._open.add(name)
        try:
            alias = self._body.aliases.get(name)
            return self._value(alias) if alias is not None else self._assigned(name)
        finally:
            self._open.discard(name)

    def _assigned(self, name: str) -> Texts | None:
        given = self._body.values.get(name, [])
        parameter = self._parameters.get(name)
        if not given and parameter is None:
            return self._of_type(name)
        texts = list((parameter(name) if parameter else None) or ())
        for each in given:
            found = self._expression(each)
            if found is None:
                return self._of_type(name)
            texts += found
        return tuple(dict.fromkeys(texts))

    def _of_type(self, name: str) -> Texts | None:
        return safe_texts(self._body.types.get(name, "").removesuffix(" not null"))

    def _expression(self, text: str | None) -> Texts | None:
        if text is None:
            return None
        scope = Scope(variables=self.all(), shadows=self._case.has_routine)
        try:
            found = statements(f"SELECT {text}")
            return fold(found[0].target_list[0].res_target.val, scope.inside(found[0]))
        except (Unreadable, IndexError):
            return None
