"""Reads a whole file before anything of it is sent, so that one that would be refused does not even begin.

Every branch is read, since what it depends on may not be known yet. Statements into which a value is put
that only a query will give are left to the gate, which reads them when they are sent.
"""

from collections.abc import Iterator, MutableMapping

from pgassay.model.suite import Problem
from pgassay.parse.psql.reader import ScriptReader
from pgassay.parse.psql.scan import pass_data
from pgassay.parse.psql.script_error import ScriptError
from pgassay.parse.psql.steps import Query, Quit, Step, StoreVariables
from pgassay.suite.safety.gate import refusals
from pgassay.suite.safety.reading import Reading
from pgassay.suite.script import Script

_GUESS = "0"


def foresee(script: Script, variables: MutableMapping[str, str], reading: Reading) -> tuple[Problem, ...]:
    """Give what forbids to run a script on production, in its order."""
    guesses = _Guesses(variables)
    found: list[Problem] = []
    for step in _steps(script, guesses):
        if not guesses.take():
            found += refusals(step, reading)
        if isinstance(step, Query) and isinstance(step.sink, StoreVariables):
            guesses.open = True
    return tuple(found)


def _steps(script: Script, guesses: "_Guesses") -> Iterator[Step]:
    """Read on as far as can be read; what cannot be, the run will tell."""
    reader = ScriptReader(
        script.text, path=script.path, variables=guesses, open_file=script.open_file, every_branch=True
    )
    while True:
        try:
            step = reader.next_step()
            if step is None or isinstance(step, Quit):
                return
            yield step
            pass_data(reader, step)
        except ScriptError as error:
            if not error.recoverable:
                return


class _Guesses(MutableMapping[str, str]):
    """psql's variables, as far as they are known; what is not, is guessed once a query may have set it."""

    def __init__(self, known: MutableMapping[str, str]) -> None:
        self.open = False
        self._known = known
        self._guessed = False

    def take(self) -> bool:
        """Whether something was guessed since the last time."""
        guessed, self._guessed = self._guessed, False
        return guessed

    def __getitem__(self, name: str) -> str:
        if self.open and name not in self._known:
            self._guessed = True
            return _GUESS
        return self._known[name]

    def __setitem__(self, name: str, value: str) -> None:
        self._known[name] = value

    def __delitem__(self, name: str) -> None:
        del self._known[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)
