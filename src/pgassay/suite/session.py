"""A warm session that is lent to one file after the other and handed back as if it were new.

Opening a session and filling its caches costs more than most test files, so sessions are kept; what a
file left in one is removed, and a session from which something cannot be removed is closed
(:mod:`pgassay.suite.residue`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pgassay.model.errors import Unavailable
from pgassay.model.suite import FileResult, Problem
from pgassay.pg.clock import monotonic, pause
from pgassay.pg.reply import Transaction
from pgassay.pg.target import Target
from pgassay.pg.wire import Wire, WireError
from pgassay.suite.enclosure import Enclosed, Open, Transactions
from pgassay.suite.gate import Gate
from pgassay.suite.gauge import Gauge
from pgassay.suite.hearing import Attempt
from pgassay.suite.residue import Setters
from pgassay.suite.script import Script
from pgassay.suite.touch.observer import Observer

if TYPE_CHECKING:
    from pgassay.suite.touch.recording import Recording

APPLICATION = "pgassay test"
"""What sessions that run files are called; with the file's path behind it where that is safe to say."""
_FILE = "pgassay_file"
_WATCHFUL = "set client_connection_check_interval = 2000"
"""Lets the server end a statement soon after its client is gone, however pgassay or the connection ended.

Not every operating system of a server has it, so it may fail.
"""
_COMEBACK_S = 15.0
_GIVEN_UP_S = 10.0
_PATIENCE = "10s"
"""How long we wait for another pgassay that has its pgTAP in an open transaction."""
_RETRY_S = 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Preparation:
    """What every session needs before it can run a file.

    ``search_path`` is set where pgTAP's schema is not on the session's own path. ``pgtap_sql`` is
    pgTAP's text where it may only exist inside a transaction that is rolled back. ``run`` is the run's id
    where tests may ask for it (``pgassay.run``). ``recording`` remembers what files touch.
    """

    search_path: str = ""
    run: str = ""
    pgtap_sql: str = ""
    setters: Setters = Setters()
    recording: "Recording | None" = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreseen:
    """What is known of how a file will run before it does: its variables, and its own time in seconds."""

    variables: Mapping[str, str]
    timeout_s: float | None


class Session:
    """One place to run files, one after the other, on one database."""

    def __init__(self, target: Target, preparation: Preparation) -> None:
        self.target = target
        self._preparation = preparation
        self._wire: Wire | None = None
        self._posted: tuple[str, ...] = ()
        self._was_here = False
        self._cancelled = False
        self.gauge = Gauge()
        self.observer = Observer(preparation.recording, self.gauge)
        self._cancelled_at: float | None = None

    @property
    def enclosed(self) -> bool:
        """Whether files run inside a transaction of ours."""
        return bool(self._preparation.pgtap_sql)

    @property
    def stays_inside(self) -> bool:
        """Whether that transaction stays open from one file to the next."""
        return self.enclosed

    @property
    def search_path(self) -> str:
        """The path that has to be set, or nothing."""
        return self._preparation.search_path

    @property
    def gate(self) -> Gate | None:
        """What each step of the next file has to pass, if anything."""
        return None

    def foresee(self, attempt: Attempt, script: Script, manner: Foreseen) -> tuple[Problem, ...]:
        """Look at a file before anything of it is sent; give what forbids to run it here."""
        self.observer.script = script
        return ()

    def before_end(self, wire: Wire) -> None:
        """Look at a file's transaction before it ends."""
        if wire is self._wire:
            self.observer.look(wire)

    def look_back(self, wire: Wire, *, loose: bool) -> None:
        """Look at what a file did outside of a block (``loose``), or in one that failed or stayed open."""
        self.observer.look_back(wire, same=wire is self._wire, loose=loose)

    def vouch(self, result: FileResult) -> FileResult:
        """Add to a file's result what is known of what it left behind."""
        return self.observer.with_touches(result, self.target)

    def transactions(self) -> Transactions:
        """Give what the next file's own transaction control means here."""
        return Enclosed() if self.enclosed else Open()

    def lend(self) -> Wire:
        """Give a wire in a pristine state, waiting a while for a server that is just coming back.

        Raises:
            Unavailable: the server cannot be reached.
        """
        if self._posted and self._wire is not None and not self._is_pristine(self._wire):
            self.close()
        fresh = self._wire is None or not self._wire.usable
        if self._wire is None or fresh:
            self._wire = self._reopen()
        self.observer.begin(self._wire, fresh=fresh)
        return self._wire

    def take_back(self, wire: Wire, *, tainted: bool) -> None:
        """Remove what a file left in the session, or close it where that cannot be done.

        The server is only told to: :meth:`lend` waits for it, so that its work and ours overlap.
        """
        wire.on_notice = None
        wire.deadline = None
        self._wire = wire
        try:
            if tainted or not wire.usable or self._preparation.setters.unknown:
                self.close()
            elif self.stays_inside:
                self._reset_inside(wire)
            else:
                self._posted = self._resetting(wire)
                wire.post(self._posted)
        except WireError:
            self.close()

    def cancel(self) -> None:
        """Stop what is running, from another thread; no other file follows.

        To be called again until it has stopped. A server that does not even answer that is given up.
        """
        self._cancelled = True
        self._cancelled_at = self._cancelled_at or monotonic()
        if self._wire is None:
            return
        if monotonic() - self._cancelled_at > _GIVEN_UP_S:
            self._wire.break_off()
        else:
            self._wire.cancel()

    def close(self) -> None:
        """Close the connection, if there is one."""
        self._posted = ()
        if self._wire is not None:
            self._wire.close()
            self._wire = None

    def connect(self, target: Target | None = None) -> Wire:
        """Open another session prepared like this one, on the same database or another.

        Raises:
            Unavailable: the server cannot be reached, or pgTAP cannot be loaded there.
        """
        wire = self.dial(target or self.target)
        if self.enclosed:
            self._demand(wire, f"begin; set local lock_timeout = '{_PATIENCE}'")
            self._demand(wire, self._preparation.pgtap_sql)
            self._demand(wire, "set local lock_timeout to default")
        self._demand(wire, self._path_statement())
        for statement in self.observer.preparing(wire):
            self._demand(wire, statement)
        if self.enclosed:
            self._demand(wire, f"savepoint {_FILE}")
        return wire

    def dial(self, target: Target, *, options: str = "") -> Wire:
        """Open a plain session. ``options`` are for the server, as in PGOPTIONS.

        Raises:
            Unavailable: the server cannot be reached.
        """
        wire = Wire.connect(target, application=APPLICATION, options=options)
        wire.find_pooler()
        if not wire.pooled:  # what is set in a pooler's session stays there for whoever comes next
            wire.run(_WATCHFUL)
        return wire

    def _reopen(self) -> Wire:
        """Connect. A server that was there before may be coming back, so that is waited for, once."""
        patience = monotonic() + _COMEBACK_S if self._was_here else 0.0
        while True:
            try:
                wire = self.connect()
            except Unavailable:
                if monotonic() >= patience or self._cancelled:
                    self._was_here = False
                    raise
                pause(_RETRY_S)
            else:
                self._was_here = True
                return wire

    def _resetting(self, wire: Wire) -> tuple[str, ...]:
        """Give the statements that make a session pristine; the last one asks whether it is."""
        back = () if wire.transaction is Transaction.IDLE else ("rollback",)
        path = self._path_statement()
        anew = self.observer.preparing(wire)
        return (*back, "discard all", *anew, _WATCHFUL, *((path,) if path else ()), self._probe())

    def _is_pristine(self, wire: Wire) -> bool:
        """Wait for the reset that was posted, and give whether it came to what it should."""
        posted, self._posted = self._posted, ()
        try:
            replies = wire.collect()
        except WireError:
            return False
        failed = any(reply.failed for sql, reply in zip(posted, replies, strict=True) if sql is not _WATCHFUL)
        return not failed and replies[-1].rows[0][0] == "f"

    def _reset_inside(self, wire: Wire) -> None:
        """Make a session pristine that is in a transaction of ours, or close it."""
        self._demand(wire, f"rollback to savepoint {_FILE}")
        if wire.run(self._probe())[-1].rows[0][0] == "t":
            self.close()
            return
        self._demand(wire, "deallocate all; discard sequences; select pg_catalog.pg_advisory_unlock_all()")

    def _probe(self) -> str:
        """Ask whether a function of the database has given a custom setting a value in the session."""
        probes = (
            f"pg_catalog.current_setting({quoted(name)}, true) is not null"
            for name in self._preparation.setters.names
        )
        return f"select {' or '.join(probes) or 'false'}"

    def _path_statement(self) -> str:
        values = {"search_path": self._preparation.search_path, "pgassay.run": self._preparation.run}
        calls = ", ".join(
            f"pg_catalog.set_config('{name}', {quoted(value)}, false)"
            for name, value in values.items()
            if value
        )
        return f"select {calls}" if calls else ""

    def _demand(self, wire: Wire, sql: str) -> None:
        """Run our own statement, which has to succeed."""
        for reply in wire.run(sql) if sql else ():
            if reply.error is not None:
                wire.close()
                raise Unavailable(f"A session for tests could not be prepared: {reply.error}")


def quoted(text: str) -> str:
    """Write text as an SQL literal that means the same whatever ``standard_conforming_strings`` says."""
    escaped = text.replace("'", "''")
    return f"E'{escaped.replace(chr(92), chr(92) * 2)}'" if "\\" in escaped else f"'{escaped}'"
