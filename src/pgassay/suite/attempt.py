"""Runs one file once, from its text to its result, by our own engine or by psql."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pgassay.model.errors import PgassayError
from pgassay.model.events.suite import AssertionFinished
from pgassay.model.execution import Engine
from pgassay.model.place import Place
from pgassay.model.suite import FileResult, Problem, Trouble
from pgassay.parse.psql.reader import ScriptReader
from pgassay.parse.psql.scan import first_need_of_psql
from pgassay.parse.psql.script_error import ScriptError
from pgassay.parse.psql.steps import NeedsPsql
from pgassay.pg.clock import monotonic
from pgassay.pg.wire import ConnectionLost, DeadlineReached, Wire
from pgassay.suite.hearing import Attempt, Hearing
from pgassay.suite.native.player import HandOver, Player
from pgassay.suite.native.reconnect import opener
from pgassay.suite.native.stage import Stage
from pgassay.suite.native.variables import Variables
from pgassay.suite.output import ScriptOutput
from pgassay.suite.script import NotText, Script
from pgassay.suite.session import Foreseen, Session

if TYPE_CHECKING:
    from pgassay.suite.psql import PsqlRun

_PG_PROVE = (("ON_ERROR_STOP", "1"), ("QUIET", "on"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How files are run: by whom, for how long, with which variables.

    ``before_end`` is called before each transaction of a file ends, and may ask the server about it;
    ``on_output`` hears what comes out as soon as it does. Neither is called where psql runs the file.
    """

    engine: Engine = Engine.AUTO
    timeout_s: float | None = None
    slow_s: float = 0.1
    variables: tuple[tuple[str, str], ...] = ()
    before_end: Callable[[Wire], None] | None = None
    on_output: Callable[[ScriptOutput], None] | None = None

    @property
    def initial(self) -> dict[str, str]:
        """psql's variables as each file begins, with those that pg_prove sets."""
        return dict((*_PG_PROVE, *self.variables))


class FileRun:
    """One attempt at one file in one session. ``committed`` is known when it is over."""

    def __init__(
        self, attempt: Attempt, script: Callable[[], Script], manner: Manner, session: Session
    ) -> None:
        self.committed = False
        self._attempt = attempt
        self._read = script
        self._manner = manner
        self._session = session
        self._hearing = Hearing(attempt)
        self._psql: PsqlRun | None = None
        self._player: Player | None = None

    @property
    def bail_out(self) -> str | None:
        """The reason of a ``Bail out!`` line, if there was one."""
        return self._hearing.bail_out

    def perform(self) -> Iterator[AssertionFinished | FileResult]:
        """Yield the assertions as they come, and at last the result. Trouble of any kind is in the result."""
        started = monotonic()
        try:
            yield from self._perform(self._deadline(started))
        except DeadlineReached:
            said = f"It did not end within {self._timeout_s:g} s and was cancelled."
            self._charge(Trouble.TIMED_OUT, said, self._awaited)
        except ConnectionLost as error:
            first = str(error).strip().partition("\n")[0]
            self._charge(
                Trouble.LOST_CONNECTION, f"The connection to the server was lost: {first}", self._awaited
            )
        except ScriptError as error:
            self._charge(Trouble.BAD_SCRIPT, error.message, error.place)
        except OSError as error:
            self._charge(Trouble.BAD_SCRIPT, f"The file cannot be read: {error.strerror}.")
        except PgassayError as error:
            self._charge(Trouble.LOST_CONNECTION, error.sentence)
        yield self._session.vouch(self._hearing.result(elapsed_s=monotonic() - started))

    def cancel(self) -> None:
        """Stop it, from another thread."""
        if self._psql is not None:
            self._psql.cancel()
        else:
            self._session.cancel()

    def _perform(self, deadline: float | None) -> Iterator[AssertionFinished]:
        """Play the file natively, or with psql where it needs that and may have it."""
        if self._manner.engine is not Engine.PSQL:
            try:
                script = self._read()
                if self._forbidden(script):
                    return
                need = first_need_of_psql(script.text, path=script.path, open_file=script.open_file)
                if need is None:
                    yield from self._play_natively(script, deadline)
                    return
            except HandOver as handed:
                need = handed.step
            except NotText as error:
                need = NeedsPsql(command="It", place=error.place, why=error.message)
            if self._manner.engine is Engine.NATIVE or self.committed:
                self._charge(Trouble.BAD_SCRIPT, _refusal(need, self._manner.engine), need.place)
                return
            self._hearing = Hearing(self._attempt)
        yield from self._play_with_psql(deadline)

    def _forbidden(self, script: Script) -> bool:
        """Whether the file may not run here; why not is then held against it."""
        timeout_s = self._timeout_s if self._timeout_s != float("inf") else None
        known = Foreseen(variables=self._manner.initial, timeout_s=timeout_s)
        problems = self._session.foresee(self._attempt, script, known)
        for problem in problems:
            self._hearing.charge(problem)
        return bool(problems)

    def _play_natively(self, script: Script, deadline: float | None) -> Iterator[AssertionFinished]:
        wire = self._session.lend()
        wire.deadline = deadline
        variables = Variables(self._manner.initial)
        stage = Stage(wire, variables, self._session.transactions(), opener(self._session, wire))
        stage.before_end = self._manner.before_end or self._session.before_end
        stage.gate = self._session.gate
        stage.on_output = self._manner.on_output
        stage.slow_ms = self._manner.slow_s * 1000
        reader = ScriptReader(script.text, path=script.path, variables=variables, open_file=script.open_file)
        reader.standard_conforming_strings = wire.conforming_strings
        self._player = Player(stage, reader)
        self._session.gauge.begin(wire)
        try:
            yield from self._hear(self._player.play())
        except DeadlineReached:
            rest, clean = self._player.salvage()
            yield from self._hear(iter(rest))
            if not clean and not stage.wire.give_up():
                stage.wire.terminate()
            raise
        finally:
            self.committed = self.committed or stage.committed
            self._hearing.count(stage.queries, slow=stage.slow_queries)
            self._session.gauge.end(stage.wire)
            self._session.look_back(stage.wire, loose=stage.loose)
            self._hearing.usage = self._session.gauge.usage
            self._session.take_back(stage.wire, tainted=stage.tainted or script.tainting)

    def _play_with_psql(self, deadline: float | None) -> Iterator[AssertionFinished]:
        if self._session.enclosed:
            self._charge(
                Trouble.BAD_SCRIPT, "It needs the real psql, which cannot run inside our transaction."
            )
            return
        from pgassay.suite.psql import PsqlRun, matching_psql  # few files need a program

        self._hearing.engine = Engine.PSQL
        self.committed = True  # psql does not say what it did
        self._psql = PsqlRun(
            matching_psql(self._session.lend().version),
            self._session.target,
            variables=self._manner.variables,
        )
        self._psql.deadline = deadline
        path, search_path = self._attempt.file.path, self._session.search_path
        yield from self._hear(self._psql.play(path, search_path=search_path))

    def _hear(self, outputs: Iterator[ScriptOutput]) -> Iterator[AssertionFinished]:
        for output in outputs:
            yield from self._hearing.hear(output)

    @property
    def _awaited(self) -> Place | None:
        """Where the statement stands that the server was busy with."""
        return self._player.place if self._player is not None else None

    @property
    def _timeout_s(self) -> float:
        own = self._attempt.file.timeout_s
        return own if own is not None else self._manner.timeout_s or float("inf")

    def _deadline(self, started: float) -> float | None:
        return started + self._timeout_s if self._timeout_s != float("inf") else None

    def _charge(self, trouble: Trouble, message: str, place: Place | None = None) -> None:
        where = place or Place(path=self._attempt.file.path, line=1)
        self._hearing.charge(Problem(trouble=trouble, message=message, place=where))


def _refusal(need: NeedsPsql, engine: Engine) -> str:
    said = f"{need.command} needs the real psql ({need.why})"
    if engine is Engine.NATIVE:
        return f"{said}; run the file with --engine auto."
    return f"{said}, but something before it may have stayed already; run the file with --engine psql."
