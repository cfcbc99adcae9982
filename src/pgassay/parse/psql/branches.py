r"""``\if`` and its kin: which branch is taken, and what becomes of the text in the others.

A statement may go through a branch. What was collected in one that is not taken is forgotten, back to
where that branch began.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from pgassay.parse.psql.arguments import Arguments
from pgassay.parse.psql.buffer import Buffer, Mark
from pgassay.parse.psql.variables import RefusedValue, Variables, boolean


class State(Enum):
    """Where in a chain of branches reading is."""

    TAKEN = "in the branch that is taken"
    SEEKING = "in a branch not taken; a later one may be"
    DONE = "in a branch not taken; no later one will be"
    ELSE_TAKEN = "in the branch that is taken, behind else"
    ELSE_SKIPPED = "in a branch not taken, behind else"


_ACTIVE = (State.TAKEN, State.ELSE_TAKEN)
_BEHIND_ELSE = (State.ELSE_TAKEN, State.ELSE_SKIPPED)


class WrongNesting(ValueError):
    """A branch command where none can be; the message is psql's own."""


@dataclass(slots=True)
class _Branch:
    state: State
    mark: Mark
    line: int


class Branches:
    """The branches around the current point of one script file.

    ``every`` takes all branches, whatever their conditions: for a look at what a script may do.
    ``warn`` is told what psql says about a condition that it cannot read (it counts as false).
    """

    def __init__(self, variables: Variables, *, warn: Callable[[str], None], every: bool = False) -> None:
        self._variables = variables
        self._warn = warn
        self._every = every
        self._stack: list[_Branch] = []

    @property
    def active(self) -> bool:
        """Whether what is read here is to be executed."""
        return self._every or not self._stack or self._stack[-1].state in _ACTIVE

    def open_line(self) -> int:
        """Give the line of the innermost open branch, 0 where there is none."""
        return self._stack[-1].line if self._stack else 0

    def forget(self) -> None:
        """Close all branches; the file has ended."""
        self._stack.clear()
        self._variables.active = True

    def begin(self, arguments: Arguments, buffer: Buffer, *, line: int) -> None:
        r"""Follow ``\if``."""
        if not self.active:
            arguments.all()
            self._stack.append(_Branch(State.DONE, buffer.mark(), line))
            return
        taken = self._holds(arguments, "\\if expression")
        self._stack.append(_Branch(State.TAKEN if taken else State.SEEKING, buffer.mark(), line))
        self._variables.active = self.active

    def follow(self, name: str, arguments: Arguments, buffer: Buffer) -> None:
        r"""Follow ``\elif``, ``\else`` or ``\endif``. Raises WrongNesting."""
        if not self._stack:
            raise WrongNesting(f"\\{name}: no matching \\if")
        branch = self._stack[-1]
        if branch.state in _BEHIND_ELSE and name != "endif":
            raise WrongNesting(f"\\{name}: cannot occur after \\else")
        if self.active:
            branch.mark = buffer.mark()
        else:
            buffer.back_to(branch.mark)
        if name == "endif":
            self._stack.pop()
        elif name == "else":
            branch.state = State.ELSE_TAKEN if branch.state is State.SEEKING else State.ELSE_SKIPPED
        else:
            branch.state = self._state_after_elif(branch.state, arguments)
        self._variables.active = self.active

    def _state_after_elif(self, state: State, arguments: Arguments) -> State:
        if state is State.SEEKING:
            self._variables.active = True
            return State.TAKEN if self._holds(arguments, "\\elif expression") else State.SEEKING
        self._variables.active = self._every
        arguments.all()
        return State.DONE

    def _holds(self, arguments: Arguments, name: str) -> bool:
        try:
            return boolean(" ".join(arguments.all()), name)
        except RefusedValue as refused:
            self._warn(str(refused))
            return False
