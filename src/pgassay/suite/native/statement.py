"""One statement at a time: sent, answered, and its result put where the script wants it."""

import re
from dataclasses import replace
from pathlib import Path
from typing import assert_never

from pgassay.model.message import ServerMessage
from pgassay.model.place import Place
from pgassay.model.suite import Problem, Trouble
from pgassay.parse.psql.control import Control
from pgassay.parse.psql.output import render
from pgassay.parse.psql.reader import ScriptReader
from pgassay.parse.psql.script_error import OpenData
from pgassay.parse.psql.steps import (
    ExecuteResult,
    Query,
    Show,
    StoreVariables,
    WriteTo,
)
from pgassay.pg.clock import monotonic
from pgassay.pg.reply import Reply, Status, Transaction
from pgassay.suite.gate import Refusal
from pgassay.suite.native.stage import Stage
from pgassay.suite.output import Broke, Printed, Said, Suspected
from pgassay.suite.problems import server_problem
from pgassay.suite.residue import stays

_VARIABLE = re.compile(r"(?:[A-Za-z0-9_]|[^\x00-\x7f])+")
_SAVEPOINT = "pgassay_statement"
_ENDING = frozenset({Control.COMMIT, Control.ROLLBACK, Control.PREPARE})
_OWN_CONTROL = _ENDING | {Control.BEGIN}


class Over(Exception):
    """The script ends here; what there is to say about it has been said."""


class Statements:
    """Performs statements on a stage."""

    def __init__(self, stage: Stage, reader: ScriptReader) -> None:
        self._stage = stage
        self._reader = reader

    def perform(self, query: Query) -> None:
        """Send a statement, wait for all its results, and deal with them.

        Raises:
            Over: it failed, and the script stops on errors.
        """
        text = self._stage.transactions.translate(query)
        if not text:
            return
        if query.control in _ENDING or self._lets_go(query):
            self._stage.about_to_end()
        before = self._begin_if_wanted(query)
        guarded = self._guard(query)
        self._send_own(self._stage.transactions.before(query))
        last = self._exchange(query, text)
        if guarded:
            self._unguard(failed=last.failed)
        if last.error is not None:
            self._fail(query, last.error)
            return
        self._send_own(self._stage.transactions.after(query))
        self._note_lasting(query, before, last.tag)
        self._stage.variables.report(rows=_row_count(last.tag))
        self._reader.standard_conforming_strings = self._stage.wire.conforming_strings
        if type(query.sink) is not Show:
            self._deliver(query, last)

    def _lets_go(self, query: Query) -> bool:
        """Whether it gives back locks that somebody may want to see."""
        return self._stage.transactions.sealed and query.control is Control.ROLLBACK_TO

    def conclude(self, query: Query, reply: Reply, elapsed_ms: float | None) -> None:
        """Deal with the reply to a statement that was sent ahead.

        Raises:
            Over: it failed; only scripts that stop on errors send ahead.
        """
        if reply.error is not None:
            self._fail(query, reply.error)
            return
        self._stage.variables.report(rows=_row_count(reply.tag))
        self._show(query, reply, elapsed_ms)

    def _exchange(self, query: Query, text: str) -> Reply:
        """Give the last reply; results are shown as they come, as psql does with all of them."""
        started = monotonic()
        last = Reply(Status.COMMAND_OK)
        # What stands for the file's own transaction control is ours, and may be several statements.
        ask = self._stage.ask if text == query.text else self._stage.wire.ask
        for reply in ask(text):
            if reply.status == Status.COPY_IN:
                self._stage.wire.put_copy(self.script_data())
            elif reply.status == Status.COPY_OUT:
                self._put(query, "".join(self._stage.wire.copy_rows()))
            elif reply.error is None and type(query.sink) is Show:
                self._show(query, reply, (monotonic() - started) * 1000)
            elif type(query.sink) is not Show and last.status == Status.TUPLES_OK:
                self._show(query, last, None)  # of several results, only the last goes to the sink
            last = reply
        self._stage.count((monotonic() - started) * 1000)
        return last

    def script_data(self) -> str:
        """Give the data that stand behind a COPY in the script."""
        try:
            return self._reader.copy_data()
        except OpenData as error:
            message = f"{error.message}, so the rest of the script was sent as data"
            problem = Problem(trouble=Trouble.BAD_SCRIPT, message=message, place=error.place)
            self._stage.say(Suspected(problem))
            return error.data

    def _deliver(self, query: Query, reply: Reply) -> None:
        match query.sink:
            case Show():
                self._show(query, reply, None)
            case StoreVariables():
                self._store(query, query.sink, reply)
            case ExecuteResult():
                self._execute_cells(query, reply)
            case WriteTo():
                self._write(query, query.sink, reply)
            case _:
                assert_never(query.sink)

    def _show(self, query: Query, reply: Reply, elapsed_ms: float | None) -> None:
        if reply.status == Status.TUPLES_OK:
            text = render(reply.columns, reply.rows, query.format)
            if text:
                self._stage.say(Printed(text, query.place, elapsed_ms))
        if not self._stage.variables.is_on("QUIET") and _announced(reply):
            self._stage.say(Printed(f"{reply.tag}\n", query.place))

    def _store(self, query: Query, sink: StoreVariables, reply: Reply) -> None:
        """Set a variable for each column of the one row (``\\gset``)."""
        if reply.status != Status.TUPLES_OK:
            return
        if len(reply.rows) != 1:
            found = "no rows" if not reply.rows else "more than one row"
            self.complain(f"{found} returned for \\gset", query.place)
            return
        for column, value in zip(reply.columns, reply.rows[0], strict=True):
            name = sink.prefix + column
            if _VARIABLE.fullmatch(name) is None:
                self.complain(f'invalid variable name: "{name}"', query.place)
                return
            if value is None:
                self._stage.variables.pop(name, None)
            else:
                self._stage.variables[name] = value

    def _execute_cells(self, query: Query, reply: Reply) -> None:
        """Perform each value of the result as a statement (``\\gexec``)."""
        for cell in (cell for row in reply.rows for cell in row if cell is not None):
            self._stage.tainted = self._stage.tainted or stays(cell)
            self.perform(self._admitted(replace(query, text=cell, sink=Show(), keyword="", compound=True)))

    def _admitted(self, computed: Query) -> Query:
        """Give a computed statement as it may be sent."""
        if self._stage.gate is None:
            return computed
        try:
            return self._stage.gate.admit_computed(computed)
        except Refusal as refusal:
            self._stage.say(Broke(refusal.problem))
            raise Over from None

    def _send_own(self, text: str) -> None:
        if text:
            self._stage.wire.run(text)

    def _write(self, query: Query, sink: WriteTo, reply: Reply) -> None:
        text = render(reply.columns, reply.rows, query.format) if reply.status == Status.TUPLES_OK else ""
        self._put(query, text)

    def _put(self, query: Query, text: str) -> None:
        """Put text where the statement's output goes."""
        if not isinstance(query.sink, WriteTo):
            self._stage.say(Printed(text, query.place))
            return
        try:
            with Path(query.sink.path).open("a" if query.sink.append else "w", encoding="utf-8") as file:
                file.write(text)
        except OSError as error:
            self.complain(f"{query.sink.path}: {error.strerror}", query.place)

    def _note_lasting(self, query: Query, before: Transaction, tag: str) -> None:
        """Remember what may outlive the file."""
        if query.control is Control.COMMIT and tag == "COMMIT" and before is not Transaction.IDLE:
            self._stage.committed = True
            problem = Problem(
                trouble=Trouble.COMMITTED,
                message="COMMIT made permanent what the block before it did",
                place=query.place,
            )
            self._stage.say(Suspected(problem))
        elif before is Transaction.IDLE:
            self._stage.note_autocommit(tag)

    def _fail(self, query: Query, error: ServerMessage) -> None:
        self._stage.variables.report(rows=0, error=error)
        trouble = Trouble.LOST_CONNECTION if error.deadly else Trouble.DIED
        self._end_or_go_on(server_problem(error, query, trouble=trouble), lost=error.deadly)

    def complain(self, message: str, place: Place) -> None:
        """Report what psql itself, not the server, has to say against a step.

        Raises:
            Over: the script stops on errors.
        """
        self._end_or_go_on(Problem(trouble=Trouble.DIED, message=message, place=place), lost=False)

    def _end_or_go_on(self, problem: Problem, *, lost: bool) -> None:
        if lost or self._stage.stops_on_error:
            self._stage.say(Broke(problem))
            raise Over
        self._stage.say(Said(problem.message))
        self._stage.say(Suspected(replace(problem, trouble=Trouble.HIDDEN_ERROR)))

    def _begin_if_wanted(self, query: Query) -> Transaction:
        """Open a block where AUTOCOMMIT is off; give where the session stood before the statement."""
        before = self._stage.wire.transaction
        if (
            before is Transaction.IDLE
            and not self._stage.variables.is_on("AUTOCOMMIT")
            and query.control not in _OWN_CONTROL
        ):
            self._stage.wire.run("begin")
            return Transaction.INTRANS
        return before

    def _guard(self, query: Query) -> bool:
        """Set a savepoint where an error must not abort the block (ON_ERROR_ROLLBACK)."""
        wanted = self._stage.variables.is_on("ON_ERROR_ROLLBACK") or (
            self._stage.transactions.enclosed and not self._stage.stops_on_error
        )
        inside = self._stage.wire.transaction is Transaction.INTRANS
        if not (wanted and inside and query.control is Control.NONE):
            return False
        self._stage.wire.run(f"savepoint {_SAVEPOINT}")
        return True

    def _unguard(self, *, failed: bool) -> None:
        back = f"rollback to savepoint {_SAVEPOINT}; " if failed else ""
        self._stage.wire.run(f"{back}release savepoint {_SAVEPOINT}")


def _row_count(tag: str) -> int:
    """Read the number at the end of a command tag such as ``INSERT 0 3``."""
    last = tag.rpartition(" ")[2]
    return int(last) if last.isdecimal() else 0


def _announced(reply: Reply) -> bool:
    """Whether psql prints the tag when it is not quiet: for all but plain queries."""
    return reply.status == Status.COMMAND_OK or reply.tag.startswith(("INSERT", "UPDATE", "DELETE", "MERGE"))
