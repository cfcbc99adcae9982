"""Plays a script through the reader against the answers of ``psql_wire``'s server, as psql would."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from pgassay.parse.psql.includes import resolve
from pgassay.parse.psql.output import render
from pgassay.parse.psql.reader import ScriptReader
from pgassay.parse.psql.script_error import ScriptError
from pgassay.parse.psql.steps import (
    ClientCopy,
    CommandError,
    Connect,
    Encoding,
    ExecuteResult,
    NeedsPsql,
    Print,
    Query,
    Quit,
    Show,
    Step,
    StoreVariables,
    Unknown,
)
from psql_wire import Run, fails, gives_row, wants_data

_AT_START = {
    "ENCODING": "UTF8",
    "ERROR": "false",
    "ROW_COUNT": "0",
    "SERVER_VERSION_NAME": "15.0",
    "SERVER_VERSION_NUM": "150000",
    "SQLSTATE": "00000",
}


@dataclass(slots=True)
class _Play:
    reader: ScriptReader
    variables: dict[str, str]
    messages: list[str] = field(default_factory=list)
    output: str = ""
    complaints: str = ""
    complete: bool = True


END_WITHOUT_ENDIF = re.compile(r"psql:[^\n]*: error: reached EOF without finding closing \\endif\(s\)\n")
"""psql's complaint, which the reader words otherwise: it names the line of the ``\\if``."""


def read_script(script: str, *, folder: Path, stop: bool = True) -> tuple[Run, bool]:
    """Play a script in a folder to its end, or to where the reader hands over or gives up.

    Gives what came of it, and whether that is all that comes of it with psql.
    """

    def open_file(name: str, relative_to: str | None) -> str:
        return (folder / resolve(name, relative_to)).read_bytes().decode()

    variables = {"ON_ERROR_STOP": str(int(stop)), **_AT_START}
    text = (folder / script).read_bytes().decode()
    play = _Play(ScriptReader(text, path=script, variables=variables, open_file=open_file), variables)
    while _next(play):
        pass
    run = Run(messages=tuple(play.messages), output=play.output, complaints=play.complaints)
    return run, play.complete


def _stops(play: _Play) -> bool:
    return play.variables["ON_ERROR_STOP"] not in ("0", "off")


def _next(play: _Play) -> bool:
    """Play a step; tell whether the script goes on."""
    try:
        step = play.reader.next_step()
        return step is not None and _play(play, step)
    except ScriptError as error:
        play.complete &= error.recoverable
        if "closed by" not in error.message:
            play.complaints += f"psql:{error.place}: error: {error.message}\n"
        return error.recoverable and not _stops(play)


def _play(play: _Play, step: Step) -> bool:
    match step:
        case Query():
            return _send(play, step.text, step)
        case ClientCopy(standard=True):
            return _send(play, step.statement, None)
        case Print():
            play.output += "" if step.to_stderr else step.text
            play.complaints += step.text if step.to_stderr else ""
        case Encoding():
            return _send(play, f"set client_encoding to '{step.name}'", None)
        case Unknown() | CommandError():
            play.complaints += f"psql:{step.place}: error: {step.message}\n"
            return not _stops(play)
        case NeedsPsql() | ClientCopy() | Connect():
            play.complete = False
            return False
        case Quit():
            return False
    return True


def _send(play: _Play, text: str, query: Query | None) -> bool:
    play.messages.append(text)
    failed = fails(text)
    play.variables |= {"ERROR": str(failed).lower(), "SQLSTATE": "42601" if failed else "00000"}
    play.variables["ROW_COUNT"] = str(int(gives_row(text)))
    if failed and re.search(r"from\s+stdin", text, re.IGNORECASE):
        # Whether the data of a COPY that failed are read as statements depends on the version of psql.
        play.complete = False
        return False
    if failed:
        if query is not None:
            play.complaints += f"psql:{query.place.path}:{query.end_line}: ERROR:  boom\n"
        return not _stops(play)
    if wants_data(text):
        play.messages.append(f"data: {play.reader.copy_data()}")
    elif query is not None and gives_row(text):
        _use_row(play, query)
    return True


def _use_row(play: _Play, query: Query) -> None:
    match query.sink:
        case Show():
            play.output += render(["x"], [("val",)], query.format)
        case StoreVariables(prefix=prefix):
            play.variables[f"{prefix}x"] = "val"
        case ExecuteResult():
            _send(play, "val", query)
        case _:
            pass
