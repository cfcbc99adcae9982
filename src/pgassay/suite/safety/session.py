"""A warm session whose files each run in a transaction of their own that is undone and examined.

One transaction a file, never one for the whole run: that would keep the server from vacuuming. Where pgTAP
may only exist inside of one, files that follow each other closely share it
(:mod:`~pgassay.suite.safety.kept`).
"""

from pgassay.model.errors import Unavailable
from pgassay.model.execution import Isolation
from pgassay.model.place import Place
from pgassay.model.suite import FileResult, Problem
from pgassay.pg.connection import sql
from pgassay.pg.target import Target
from pgassay.pg.wire import Wire
from pgassay.suite.enclosure import Transactions
from pgassay.suite.hearing import Attempt
from pgassay.suite.safety.gate import SafetyGate
from pgassay.suite.safety.kept import Kept, end, load
from pgassay.suite.safety.limits import limits_for
from pgassay.suite.safety.protection import Protection
from pgassay.suite.safety.reading import Reading, refused
from pgassay.suite.safety.seal import Sealed
from pgassay.suite.safety.surface import Surface, look_around
from pgassay.suite.safety.visit import Visit
from pgassay.suite.script import Script
from pgassay.suite.session import APPLICATION, Foreseen, Preparation, Session, quoted

_NOTHING_YET = Surface(unseen="nothing was looked at before it")
_LONGEST_NAME = 60


class SafeSession(Session):
    """A place to run files on production, one after the other."""

    def __init__(self, target: Target, preparation: Preparation, protection: Protection) -> None:
        super().__init__(target, preparation)
        self._protection = protection
        self._visit: Visit | None = None
        self._surface = _NOTHING_YET
        self._path = ""
        self._kept: Kept | None = None

    @property
    def enclosed(self) -> bool:
        """Always: a file runs inside a transaction of ours."""
        return True

    @property
    def gate(self) -> SafetyGate | None:
        """What each step of the file has to pass."""
        return self._visit.gate if self._visit is not None else None

    def transactions(self) -> Transactions:
        """Give what the file's own transaction control means here."""
        return self._visit.enclosure if self._visit is not None else Sealed()

    def foresee(self, attempt: Attempt, script: Script, manner: Foreseen) -> tuple[Problem, ...]:
        """Read a file before anything of it is sent; give what forbids to run it on production."""
        self._visit, self.observer.script = None, None
        if attempt.file.isolation is Isolation.CLONE:
            where = Place(path=attempt.file.path, line=1)
            return (refused(where, "It wants a clone, and production is not cloned.", "Run it on a copy."),)
        outlook = self._protection.ahead.outlook(attempt.file, script, manner.variables)
        reading = outlook.reading
        found = (*self._loading(reading, attempt.file.path), *outlook.problems)
        if not found:
            gate = SafetyGate(reading.again())
            self._visit = Visit(attempt, self._protection, gate=gate, timeout_s=manner.timeout_s)
            self._path = attempt.file.path
            self.observer.script = script
        return found

    @property
    def stays_inside(self) -> bool:
        """Only where pgTAP is kept in it: otherwise each file has a transaction of its own."""
        return self._kept is not None

    def lend(self) -> Wire:
        """Give a wire inside the transaction that is around the next file.

        Raises:
            Unavailable: the server cannot be reached, or refuses what the file needs.
        """
        wire = super().lend()
        if self._visit is not None:
            self._keep(wire)
            if self._surface.unseen:
                self._surface = look_around(wire)
            self._visit.open(wire, self._preface(pooled=wire.pooled), nested=self._kept is not None)
        return wire

    def before_end(self, wire: Wire) -> None:
        """Look at the transaction before it, or a block in it, ends."""
        if self._visit is not None:
            self._visit.look(wire, self.gauge)

    def look_back(self, wire: Wire, *, loose: bool) -> None:
        """Do nothing: the examination finds out what the file touched."""

    def take_back(self, wire: Wire, *, tainted: bool) -> None:
        """Examine and undo what the file did, and make the session as new."""
        wire.on_notice = None
        self._wire = wire
        if self._visit is not None:
            self._surface = self._visit.close(wire, self._surface, self._again)
        if self._kept is not None and (tainted or self._kept.over or self._wire is not self._kept.wire):
            self._let_go(self._wire)
        if self._wire.pooled and self._wire.usable and not tainted:
            return  # all that the file did was in its transaction, and the session is not ours to reset
        super().take_back(self._wire, tainted=tainted)

    def close(self) -> None:
        """Close the connection, if there is one, once it is known what became of a transaction in it."""
        if self._kept is not None and self._wire is not None:
            self._let_go(self._wire)
        super().close()

    def vouch(self, result: FileResult) -> FileResult:
        """Add the evidence to the result, and what has to be held against the file."""
        visit, self._visit = self._visit, None
        return super().vouch(visit.vouch(result) if visit is not None else result)

    def connect(self, target: Target | None = None) -> Wire:
        """Open a session whose limits hold even where a file resets them.

        Raises:
            Unavailable: the server cannot be reached.
        """
        limits = limits_for(self._protection.policy.settings, timeout_s=None, version=0).options
        role = self._protection.policy.settings.role
        options = f"{limits} -c role={_escaped(role)}" if role else limits
        try:
            wire = self.dial(target or self.target, options=options)
        except Unavailable as error:
            # Some poolers let no options through; the limits of the transaction hold there all the same.
            if "option" not in error.sentence and "parameter" not in error.sentence:
                raise
            wire = self.dial(target or self.target)
        if not wire.pooled:
            self._demand(wire, self._path_statement())
        return wire

    def _again(self) -> Wire:
        self._wire = self._reopen()
        return self._wire

    def _keep(self, wire: Wire) -> None:
        """Load pgTAP where it is missing; a pooler's session is not ours to keep a transaction in."""
        most = self._protection.policy.settings.max_transaction_age
        if self._kept is not None and (self._kept.wire is not wire or self._kept.is_spent(most)):
            self._let_go(wire)
        if self._kept is None and self._preparation.pgtap_sql and not wire.pooled:
            limits = limits_for(self._protection.policy.settings, timeout_s=None, version=0)
            self._kept = load(wire, limits.statement, *self._pgtap())
            # Its objects are in the catalogs now for who looks from inside.
            self._surface = _NOTHING_YET

    def _let_go(self, wire: Wire) -> None:
        """Roll back the transaction that pgTAP is in."""
        kept, self._kept = self._kept, None
        if kept is not None:
            self._surface = _NOTHING_YET
            self._protection.endings.append(end(kept, wire))

    def _pgtap(self) -> tuple[str, ...]:
        loading = self._preparation.pgtap_sql
        return ("set local role none", loading) if self._protection.policy.settings.role else (loading,)

    def _loading(self, reading: Reading, path: str) -> tuple[Problem, ...]:
        return reading.judge_loading(path) if self._preparation.pgtap_sql else ()

    def _preface(self, *, pooled: bool) -> str:
        """Give the statements between BEGIN and the file: a name, pgTAP where it is missing, the role."""
        name = f"{APPLICATION}: {self._path[-(_LONGEST_NAME - len(APPLICATION) - 2) :]}"
        parts = [f"select pg_catalog.set_config('application_name', {quoted(name)}, true)"]
        role = self._protection.policy.settings.role
        if pooled and self.search_path:
            parts.append(f"select pg_catalog.set_config('search_path', {quoted(self.search_path)}, true)")
        if self._preparation.pgtap_sql and self._kept is None:
            parts += self._pgtap()
        if role:
            parts.append(f"set local role {sql.Identifier(role).as_string()}")
        return "; ".join(part.rstrip().removesuffix(";") for part in parts) + "; "


def _escaped(word: str) -> str:
    """Write a value into the options of a connection, where spaces part words."""
    return word.replace("\\", "\\\\").replace(" ", "\\ ")
