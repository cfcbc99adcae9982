"""Plays a psql script that is no test: a schema, a seed. It works as a whole, or it is an error."""

from collections.abc import Mapping
from pathlib import Path

from pgassay.model.errors import UsageError
from pgassay.model.suite import Problem
from pgassay.parse.psql.reader import ScriptReader
from pgassay.parse.psql.script_error import ScriptError
from pgassay.pg.target import Target
from pgassay.suite.native.player import HandOver, Player
from pgassay.suite.native.reconnect import opener
from pgassay.suite.native.stage import Stage
from pgassay.suite.native.variables import Variables
from pgassay.suite.output import Broke
from pgassay.suite.script import read_script
from pgassay.suite.session import Preparation, Session


class ScriptFailed(UsageError):
    """A script that should have been played did not come to its end."""


def load_scripts(target: Target, paths: tuple[Path, ...], variables: Mapping[str, str]) -> None:
    """Play scripts one after the other, each in its own session state, until one fails.

    Raises:
        ScriptFailed: a script has an error; the sentence names file and line.
        Unavailable: the target cannot be reached.
    """
    session = Session(target, Preparation())
    try:
        for path in paths:
            _load(session, str(path), variables)
    finally:
        session.close()


def _load(session: Session, path: str, variables: Mapping[str, str]) -> None:
    script = read_script(path)
    wire = session.lend()
    known = Variables({"ON_ERROR_STOP": "1", "QUIET": "on", **variables})
    stage = Stage(wire, known, session.transactions(), opener(session, wire))
    try:
        reader = ScriptReader(script.text, path=path, variables=known, open_file=script.open_file)
        for output in Player(stage, reader).play():
            if isinstance(output, Broke):
                raise _failed(output.problem, path)
    except HandOver as need:
        raise ScriptFailed(f"{path} needs the real psql: {need.step.why}.") from need
    except ScriptError as error:
        raise ScriptFailed(f"{error.place}: {error.message}") from error
    finally:
        session.take_back(stage.wire, tainted=stage.tainted)


def _failed(problem: Problem, path: str) -> ScriptFailed:
    detail = "".join(f"\n  {line}" for line in problem.detail)
    return ScriptFailed(f"{problem.place or path}: {problem.message}{detail}")
