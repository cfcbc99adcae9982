"""Reads a migration's file into statements, and finds what can be no part of a migration.

A migration is sent as one transaction, and must come out the same on a copy and on the target. So it has no
transaction control of its own, and nothing that only psql does or that depends on results.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pgassay.migrate.statement import Statement, statement_of
from pgassay.model.migration import ScriptFile
from pgassay.model.migration_plan import HazardFound, Severity
from pgassay.model.place import Place
from pgassay.parse.psql.control import Control
from pgassay.parse.psql.reader import ScriptReader
from pgassay.parse.psql.script_error import ScriptError
from pgassay.parse.psql.steps import ExecuteResult, Print, Query, Step, StoreVariables, WriteTo

_FROM_STDIN = re.compile(r"\bFROM\s+STDIN\b", re.IGNORECASE)
_ENDS = frozenset({Control.BEGIN, Control.COMMIT, Control.ROLLBACK, Control.PREPARE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """A file's statements in their order, and why it cannot be sent, if it cannot."""

    file: ScriptFile
    statements: tuple[Statement, ...]
    obstacles: tuple[HazardFound, ...] = ()


def read_script(file: ScriptFile) -> Script:
    """Read a file to its end. What is wrong with it is said in its obstacles, never raised."""
    reader = ScriptReader(file.text, path=file.path, variables={}, open_file=_no_includes)
    statements: list[Statement] = []
    obstacles: list[HazardFound] = []
    try:
        while (step := reader.next_step()) is not None:
            obstacles += _obstacles(step)
            if isinstance(step, Query):
                data = reader.copy_data() if _takes_data(step) else None
                statements.append(statement_of(step, number=len(statements) + 1, data=data))
    except ScriptError as error:
        obstacles.append(_refused("unreadable", error.place, f"The file cannot be read: {error.message}."))
    if not statements and not obstacles:
        place = Place(path=file.path, line=1)
        obstacles.append(_refused("empty", place, "The file has no statement."))
    return Script(file=file, statements=tuple(statements), obstacles=tuple(obstacles))


def _no_includes(name: str, relative_to: str | None) -> str:
    raise FileNotFoundError(f"a migration is one file; {name} would be no part of what was rehearsed")


def _takes_data(query: Query) -> bool:
    return query.keyword == "COPY" and _FROM_STDIN.search(query.text) is not None


def _obstacles(step: Step) -> Iterator[HazardFound]:
    match step:
        case Query(compound=True):
            yield _refused("compound", step.place, "Several statements are joined by \\;.", "End each with ;")
        case Query(sink=ExecuteResult() | StoreVariables() | WriteTo()):
            what = "The result of a query decides what follows, or goes into a file."
            yield _refused("depends_on_results", step.place, what, "Use a DO block.")
        case Query() if step.control in _ENDS:
            yield _refused(
                "transaction_control",
                step.place,
                f"{step.keyword} would end or begin a transaction in the middle of the migration.",
                "Leave it out: the file is sent as one transaction, with its row in the history.",
            )
        case Query() | Print():
            return
        case _:
            name = getattr(step, "command", type(step).__name__.lower())
            what = f"{name} is a command of psql, and no part of a migration."
            yield _refused("psql_only", step.place, what, "Write it in SQL.")


def _refused(hazard: str, place: Place, sentence: str, instead: str = "") -> HazardFound:
    return HazardFound(
        hazard=hazard, severity=Severity.REFUSED, place=place, sentence=sentence, instead=instead
    )
