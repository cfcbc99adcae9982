"""What the variables of a routine stand for: its parameters, and PL/pgSQL's own with all they are given."""

from collections.abc import Mapping, Sequence

from pgassay.parse.sql import holes
from pgassay.parse.sql.case import Case
from pgassay.parse.sql.fold import fold, safe_texts
from pgassay.parse.sql.grammar import Unreadable, statements
from pgassay.parse.sql.holes import Texts
from pgassay.parse.sql.plpgsql.pieces import Body
from pgassay.parse.sql.scope import Scope, Variable
from pgassay.parse.sql.surroundings import Parameter


def parameter_variables(parameters: Sequence[Parameter]) -> dict[str, Variable]:
    """Give what a routine's parameters stand for: holes, or something harmless of their type."""
    variables: dict[str, Variable] = {}
    for at, each in enumerate(parameters):
        texts = safe_texts(each.type) or (holes.parameter(at),)
        variables[f"${at + 1}"] = constant(texts)
        if each.name:
            variables[each.name] = constant(texts)
    return variables


def constant(texts: Texts) -> Variable:
    """Give a variable that can have only these texts."""
    return lambda _name: texts


class RoutineVariables:
    """The variables of a PL/pgSQL body: what each can be, given all that is assigned to it anywhere."""

    def __init__(self, body: Body, given: Mapping[str, Variable], case: Case) -> None:
        self._body = body
        self._given = given
        self._case = case
        self._open: set[str] = set()

    def all(self) -> dict[str, Variable]:
        """Give all of them by name."""
        names = {*self._given, *self._body.values, *self._body.types, *self._body.aliases}
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
        parameter = self._given.get(name)
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
