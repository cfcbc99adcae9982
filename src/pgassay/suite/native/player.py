"""Performs the steps of a script one after the other, with the results that psql would give.

Inside a transaction block with ``ON_ERROR_STOP`` on (what pg_prove sets, and nearly every test file
has), statements are sent ahead (:mod:`~pgassay.suite.native.flight`). Everywhere else each waits for
the one before it, because its outcome may change what follows
(:mod:`~pgassay.suite.native.statement`).
"""

from collections.abc import Iterable, Iterator
from typing import assert_never

from pgassay.model.errors import PgassayError
from pgassay.model.place import Place
from pgassay.model.suite import Problem, Trouble
from pgassay.parse.psql.control import Control
from pgassay.parse.psql.reader import ScriptReader
from pgassay.parse.psql.script_error import ScriptError
from pgassay.parse.psql.steps import (
    ClientCopy,
    CommandError,
    Connect,
    Encoding,
    NeedsPsql,
    Print,
    Query,
    Quit,
    Show,
    Step,
    Unknown,
)
from pgassay.pg.clock import monotonic
from pgassay.pg.reply import Transaction
from pgassay.pg.wire import WireError
from pgassay.suite.gate import Gate, Refusal
from pgassay.suite.native.copying import perform_copy
from pgassay.suite.native.flight import Flight, Landed
from pgassay.suite.native.stage import Stage
from pgassay.suite.native.statement import Over, Statements
from pgassay.suite.output import Broke, Printed, Said, ScriptOutput, Suspected

_GRACE_S = 2.0
_HARMLESS = frozenset({Control.NONE, Control.SAVEPOINT, Control.RELEASE, Control.ROLLBACK_TO})
_Apart = ClientCopy | Connect | Encoding | Quit | NeedsPsql | Unknown | CommandError


class HandOver(Exception):
    """The script wants something that only the real psql can do."""

    def __init__(self, step: NeedsPsql) -> None:
        super().__init__(step.why)
        self.step = step


class Player:
    """Plays one script on one wire; :meth:`play` may be called once."""

    def __init__(self, stage: Stage, reader: ScriptReader) -> None:
        self._stage = stage
        self._reader = reader
        self._flight = Flight(stage.wire)
        self._statements = Statements(stage, reader)
        self._place: Place | None = None
        stage.variables.settle = self._settle

    @property
    def place(self) -> Place | None:
        """Where the statement stands whose answer is awaited, or came last."""
        return self._flight.place if self._flight.open else self._place

    def play(self) -> Iterator[ScriptOutput]:
        """Yield what the script puts out, to its end or to the error that ends it.

        Raises:
            HandOver: a step needs the real psql; what was said before it has been yielded.
            DeadlineReached, ConnectionLost: the wire is in an unknown state.
        """
        while True:
            try:
                more = self._advance()
            except (WireError, HandOver):
                yield from self._stage.take()
                raise
            yield from self._stage.take()
            if not more:
                return

    def salvage(self) -> tuple[list[ScriptOutput], bool]:
        """Cancel what runs; give what came before it, and whether the wire is in a known state again.

        To be called after ``DeadlineReached``: answers to fast statements may wait on the server for that
        of a slow one.
        """
        wire, flown = self._stage.wire, self._flight.open
        wire.cancel()
        wire.deadline = monotonic() + _GRACE_S
        try:
            self._settle()
            clean = True
        except Over:
            clean = True
        except WireError:
            clean = False
        if flown:
            self._place = self._flight.place  # of the statement that was cancelled
        return [each for each in self._stage.take() if not isinstance(each, Broke)], clean and wire.idle

    def _advance(self) -> bool:
        """Perform one step; give whether there may be another."""
        try:
            step = self._reader.next_step()
            if step is None:
                self._settle()
                self._stage.about_to_end()
                return False
            self._perform(step)
        except Over:
            return False
        except ScriptError as error:
            return self._stumbled(error)
        return True

    def _stumbled(self, error: ScriptError) -> bool:
        """Deal with text that cannot be read, once all before it is done; give whether to read on."""
        try:
            self._settle()
            if error.recoverable:
                self._statements.complain(error.message, error.place)
                return True
        except Over:
            return False
        problem = Problem(trouble=Trouble.BAD_SCRIPT, message=error.message, place=error.place)
        self._stage.say(Broke(problem))
        return False

    def _perform(self, step: Step) -> None:
        if self._stage.gate is not None:
            self._admit(self._stage.gate, step)
        match step:
            case Query():
                self._query(step)
            case Print():
                self._print(step)
            case _:
                self._settle()
                self._act(step)

    def _admit(self, gate: Gate, step: Step) -> None:
        """Let a step pass, or end the file once all before it is done."""
        if gate.due:
            self._settle()
            self._stage.about_to_end()
        try:
            gate.admit(step)
        except Refusal as refusal:
            self._settle()
            self._stage.say(Broke(refusal.problem))
            raise Over from None

    def _act(self, step: _Apart) -> None:
        """Perform a step that nothing may be in flight for."""
        match step:
            case ClientCopy():
                perform_copy(step, self._stage, self._statements)
            case Connect():
                self._connect(step)
            case Encoding():
                if step.need is not None:
                    raise HandOver(step.need)
            case Quit():
                self._quit(step)
            case NeedsPsql():
                raise HandOver(step)
            case Unknown() | CommandError():
                self._statements.complain(step.message, step.place)
            case _:
                assert_never(step)

    def _query(self, query: Query) -> None:
        if self._may_fly(query):
            self._flight.start(query)
            if self._flight.full:
                self._landed(self._flight.land_some())
        else:
            self._settle()
            self._place = query.place
            self._statements.perform(query)

    def _may_fly(self, query: Query) -> bool:
        """Whether the order and the outcome of everything stay the same if this is sent ahead."""
        return (
            (self._flight.open or self._stage.wire.transaction is Transaction.INTRANS)
            and type(query.sink) is Show
            and query.control in _HARMLESS
            and not query.compound
            and query.keyword != "COPY"
            and self._stage.stops_on_error
            and not self._stage.variables.is_on("ON_ERROR_ROLLBACK")
            and "standard_conforming_strings" not in query.text
            and self._stage.transactions.may_fly(query)
        )

    def _print(self, line: Print) -> None:
        if self._flight.empty:
            self._put(line)
        else:
            self._flight.hold(line)

    def _put(self, line: Print) -> None:
        self._stage.say(Said(line.text) if line.to_stderr else Printed(line.text, line.place))

    def _settle(self) -> None:
        """Let everything land that is in flight."""
        if self._flight.open:
            self._landed(self._flight.land_all())

    def _landed(self, landed: Iterable[Landed]) -> None:
        for each in landed:
            if isinstance(each.step, Print):
                self._stage.say(
                    Said(each.step.text) if each.step.to_stderr else Printed(each.step.text, each.step.place)
                )
            elif each.reply is not None:
                if each.reply.error is not None and not each.reply.error.deadly:
                    self._flight.abandon()
                self._stage.count(each.burst_ms)
                self._statements.conclude(each.step, each.reply, each.elapsed_ms)

    def _connect(self, step: Connect) -> None:
        try:
            self._stage.reconnect(step)
        except PgassayError as error:
            # psql, too, ends a script here whatever ON_ERROR_STOP says: it has no connection any more.
            problem = Problem(trouble=Trouble.LOST_CONNECTION, message=error.sentence, place=step.place)
            self._stage.say(Broke(problem))
            raise Over from error
        self._flight = Flight(self._stage.wire)

    def _quit(self, step: Quit) -> None:
        if self._reader.leaves_rest:
            problem = Problem(
                trouble=Trouble.QUIT_EARLY,
                message="\\q ends the script here; what follows it did not run",
                place=step.place,
            )
            self._stage.say(Suspected(problem))
        raise Over
