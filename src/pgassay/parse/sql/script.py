"""A whole script, read before anything of it is sent.

Every branch is taken, because nothing is known yet that a branch could depend on. A statement with a
psql variable whose value only a result can give is left for the moment before it is sent, with a note.
"""

import re
from collections.abc import Iterator, Mapping

from pgassay.model.place import Place
from pgassay.parse.psql.includes import OpenFile
from pgassay.parse.psql.reader import ScriptReader
from pgassay.parse.psql.script_error import ScriptError
from pgassay.parse.psql.steps import ClientCopy, Query, Quit, Step
from pgassay.parse.sql.finding import Finding, Verdict
from pgassay.parse.sql.grammar import parses
from pgassay.parse.sql.steps import judge_step
from pgassay.parse.sql.surroundings import Surroundings

_VARIABLE = re.compile(r"(?<!:):(?:'\w+'|\"\w+\"|\{\?\w+\}|[A-Za-z_]\w*)")
_FROM_STDIN = re.compile(r"\bFROM\s+STDIN\b", re.IGNORECASE)


def judge_script(
    text: str,
    *,
    path: str,
    open_file: OpenFile,
    known: Surroundings,
    variables: Mapping[str, str] | None = None,
) -> tuple[Finding, ...]:
    """Say what a script, with all that it includes, would do. Raises nothing for a script that is wrong."""
    reader = ScriptReader(
        text, path=path, variables=dict(variables or {}), open_file=open_file, every_branch=True
    )
    return tuple(_findings(reader, known))


def _findings(reader: ScriptReader, known: Surroundings) -> Iterator[Finding]:
    while True:
        try:
            step = reader.next_step()
            if step is None or isinstance(step, Quit):
                return
            yield from _judged(step, known)
            _pass_data(reader, step)
        except ScriptError as error:
            if not error.recoverable:
                return


def _judged(step: Step, known: Surroundings) -> tuple[Finding, ...]:
    found = judge_step(step, known=known)
    if isinstance(step, Query) and _VARIABLE.search(step.text) and not parses(step.text):
        return (*(each for each in found if each.rule != "unreadable"), _later(step.place))
    return found


def _later(place: Place) -> Finding:
    return Finding(
        rule="unreadable",
        place=place,
        what="It depends on a psql variable that only a result gives; it is read again before it is sent.",
        instead="",
        verdict=Verdict.ALLOWED,
    )


def _pass_data(reader: ScriptReader, step: Step) -> None:
    """Pass the data that follow a COPY … FROM STDIN."""
    if isinstance(step, Query) and (step.keyword == "COPY" or step.compound):
        for _ in _FROM_STDIN.finditer(step.text):
            reader.copy_data()
    elif isinstance(step, ClientCopy) and step.standard and step.source == "stdin":
        reader.copy_data()
