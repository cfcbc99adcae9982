"""Expressions of GitHub workflows, as far as ours use them: comparisons, logic, contexts, status functions.

What is not known here (an operator, a function, a context) is an error, and never quietly false. The
language is told in GitHub's documentation, "Evaluate expressions in workflows and actions".
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

Value = str | bool | float | None
Context = Mapping[str, object]
Status = Mapping[str, bool]

_TOKEN = re.compile(r"\s*(?:(&&|\|\||==|!=|!|\(|\))|'((?:[^']|'')*)'|([A-Za-z_][\w.-]*))")
_WHOLE = re.compile(r"^\s*\$\{\{(.*)\}\}\s*$", re.DOTALL)
_PART = re.compile(r"\$\{\{(.*?)\}\}", re.DOTALL)
_STATUS = ("success", "failure", "always", "cancelled")


class Unknown(Exception):
    """Something that this interpreter does not know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What an expression may look at: contexts by name, and how things went so far."""

    contexts: Context
    status: Status


def holds(condition: object, around: Surroundings) -> bool:
    """Say whether an ``if:`` lets a step or a job run; without a status function, success is meant, too."""
    if condition is None:
        return around.status["success"]
    text = str(condition)
    inner = _WHOLE.match(text)
    parser = _Parser(inner[1] if inner else text, around)
    answer = truthy(parser.whole())
    return answer if parser.asked_for_status else answer and around.status["success"]


def fill(text: object, around: Surroundings) -> str:
    """Put values into a text, as the runner does before it uses one."""
    written = _PART.sub(lambda found: shown(_Parser(found[1], around).whole()), str(text))
    assert "${{" not in written
    return written


def shown(value: Value) -> str:
    """Give a value as it appears in a text."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case _:
            return str(value)


def truthy(value: Value) -> bool:
    """Say what counts as true: all but false, 0, an empty text and null."""
    return value not in (False, 0, "", None)


def same(one: Value, other: Value) -> bool:
    """Compare as GitHub does: texts whatever their case, values of two kinds as numbers."""
    if isinstance(one, str) and isinstance(other, str):
        return one.lower() == other.lower()
    if type(one) is type(other):
        return one == other
    left, right = _number(one), _number(other)
    return left is not None and left == right


def _number(value: Value) -> float | None:
    if value is None or value == "":
        return 0.0
    try:
        return float(value)
    except ValueError:
        return None


class _Parser:
    """Reads an expression and works it out on the way: or, and, comparison, not, a single value."""

    def __init__(self, text: str, around: Surroundings) -> None:
        self._tokens = list(_tokens(text))
        self._around = around
        self.asked_for_status = False

    def whole(self) -> Value:
        """Give the value of the whole text."""
        value = self._either()
        if self._tokens:
            raise Unknown(f"{self._tokens[0]!r} is not expected here")
        return value

    def _either(self) -> Value:
        return self._chain("||", self._both, lambda left, right: left if truthy(left) else right)

    def _both(self) -> Value:
        return self._chain("&&", self._compared, lambda left, right: right if truthy(left) else left)

    def _compared(self) -> Value:
        value = self._negated()
        if self._next() in ("==", "!="):
            equal = self._take() == "=="
            return same(value, self._negated()) is equal
        return value

    def _chain(self, mark: str, part: Callable[[], Value], join: Callable[[Value, Value], Value]) -> Value:
        value = part()
        while self._next() == mark:
            self._take()
            value = join(value, part())
        return value

    def _negated(self) -> Value:
        if self._next() == "!":
            self._take()
            return not truthy(self._negated())
        return self._single()

    def _single(self) -> Value:
        word = self._take()
        if word == "(":
            value = self._either()
            self._must(")")
            return value
        if word.startswith("'"):
            return word[1:]
        if self._next() == "(":
            self._take()
            self._must(")")
            return self._asked(word)
        return self._looked_up(word)

    def _asked(self, function: str) -> bool:
        if function not in _STATUS:
            raise Unknown(f"the function {function} is not known")
        self.asked_for_status = True
        return self._around.status[function]

    def _looked_up(self, name: str) -> Value:
        if name in ("true", "false", "null"):
            return {"true": True, "false": False, "null": None}[name]
        root, *path = name.split(".")
        if root not in self._around.contexts:
            raise Unknown(f"the context {root} is not known")
        found: object = self._around.contexts[root]
        for each in path:
            found = found.get(each) if isinstance(found, Mapping) else None
        if not isinstance(found, str | bool | float | None):
            raise Unknown(f"{name} is no single value")
        return found

    def _next(self) -> str:
        return self._tokens[0] if self._tokens else ""

    def _take(self) -> str:
        if not self._tokens:
            raise Unknown("the expression ends too early")
        return self._tokens.pop(0)

    def _must(self, mark: str) -> None:
        if self._take() != mark:
            raise Unknown(f"{mark} is missing")


def _tokens(text: str) -> list[str]:
    """Cut a text up; a literal keeps one leading quote, so that it is told from a name."""
    found, at = [], 0
    text = text.rstrip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise Unknown(f"{text[at:]!r} is not understood")
        mark, literal, name = match.groups()
        found.append(mark or name or "'" + literal.replace("''", "'"))
        at = match.end()
    return found
