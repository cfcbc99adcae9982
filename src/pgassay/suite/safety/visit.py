"""One file's stay in a session on production: opened, watched, examined, undone."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from pgassay.model.errors import PgassayError
from pgassay.model.evidence import FileEvidence
from pgassay.model.place import Place
from pgassay.model.suite import FileResult, Outcome, Problem, Trouble
from pgassay.pg.clock import monotonic, now
from pgassay.pg.wire import Wire, WireError
from pgassay.suite.gauge import Gauge
from pgassay.suite.hearing import Attempt
from pgassay.suite.safety.asking import FILE, Unseen
from pgassay.suite.safety.findings import Seen, evidence_of, held_against
from pgassay.suite.safety.gate import SafetyGate
from pgassay.suite.safety.leftovers import Outside, end_lost, forget_prepared, look_outside
from pgassay.suite.safety.limits import Limits, limits_for
from pgassay.suite.safety.protection import Protection
from pgassay.suite.safety.seal import ReadOnly, Sealed
from pgassay.suite.safety.surface import Surface
from pgassay.suite.safety.tier import needs_rollback
from pgassay.suite.safety.transaction import Inside, Opened, look_inside, look_on, open_around
from pgassay.suite.safety.watch import Watch

_EXAMINATION_S = 10.0
_GONE = "its connection was lost"


class Visit:
    """One attempt at one file. The order: :meth:`open`, :meth:`look`, :meth:`close`, :meth:`vouch`."""

    def __init__(
        self, attempt: Attempt, protection: Protection, *, gate: SafetyGate, timeout_s: float | None
    ) -> None:
        self.gate = gate
        self.enclosure = ReadOnly() if protection.policy.read_only else Sealed()
        self._attempt = attempt
        self._protection = protection
        self._timeout_s = timeout_s
        self._limits: Limits | None = None
        self._opened: Opened | None = None
        self._watch: Watch | None = None
        self._wire: Wire | None = None
        self._lifted: set[str] = set()
        self._looked_at = 0
        self._evidence: FileEvidence | None = None

    def open(self, wire: Wire, preface: str, *, nested: bool) -> None:
        """Begin the transaction around the file; ``preface`` is what it needs in it, such as pgTAP.

        ``nested``: it is to be a savepoint in a transaction that is open already.

        Raises:
            Unavailable: the server refuses.
        """
        settings = self._protection.policy.settings
        limits = limits_for(settings, timeout_s=self._timeout_s, version=wire.version)
        self._opened = open_around(wire, f"{limits.statement}; {preface}savepoint {FILE}", nested=nested)
        self._limits, self._wire = limits, wire
        self._watch = Watch(pid=self._opened.pid, halt=self._halt, pooled=wire.pooled)
        self._protection.watchdog.watch(self._watch)

    def look(self, wire: Wire, gauge: Gauge) -> None:
        """Look at the transaction before it, or a block in it, ends; once is enough if nothing came after."""
        if self._limits is None or self._opened is None or self._watch is None:
            return
        if self.gate.admitted == self._looked_at:
            return
        self._looked_at, self.gate.looked_at = self.gate.admitted, monotonic()
        self._protection.watchdog.look_at_locks()
        with suppress(Unseen):  # what keeps it from answering ends the file, too
            answer, written = look_on(wire, self._opened, self._limits.question, gauge)
            self._lifted.update(self._limits.lifted(answer))
            self._watch.note_rows(written, most=self._protection.policy.settings.max_dead_rows)
        self.gate.halted = self.gate.halted or self._watch.reason

    def close(self, wire: Wire, before: Surface, again: Callable[[], Wire]) -> Surface:
        """Examine and roll back; give what others can see then.

        ``again`` opens another session, for what can still be found out when the file's own is gone.
        """
        if self._opened is None or self._watch is None:
            return before
        watchdog, opened = self._protection.watchdog, self._opened
        watchdog.finish(self._watch)
        wire.deadline = monotonic() + _EXAMINATION_S
        inside = _examined(wire, opened)
        outside, after = _undone(wire, opened, before=before, again=again)
        watchdog.dismiss(self._watch)
        wire.deadline = None
        seen = Seen(
            path=self._attempt.file.path,
            attempt=self._attempt.number,
            at=now(),
            opened=opened,
            inside=inside,
            outside=outside,
            before=before,
            after=after,
            watch=self._watch,
            lifted=tuple(sorted(self._lifted)),
            blind=watchdog.tripped,
        )
        self._evidence = evidence_of(seen, self._protection.policy)
        return after

    def vouch(self, result: FileResult) -> FileResult:
        """Give the result with the evidence, and with what has to be held against the file."""
        stopped = (self.gate.halted,) if self.gate.halted is not None else ()
        notes = tuple(map(_rolled_back, self.enclosure.rolled_back))
        strict = self._attempt.strict
        judged = replace(
            result,
            problems=(*stopped, *result.problems, *(notes if strict else ())),
            warnings=(*result.warnings, *(() if strict else notes)),
            evidence=self._evidence,
        )
        if stopped or (strict and notes):
            judged = _reddened(judged)
        if self._protection.policy.read_only:
            judged = needs_rollback(judged)
        held = tuple(held_against(self._evidence, told=bool(stopped))) if self._evidence is not None else ()
        return _reddened(replace(judged, problems=(*judged.problems, *held))) if held else judged

    def _halt(self, reason: Problem) -> None:
        """Stop the file; called from the watchdog's thread."""
        self.gate.halted = reason
        if self._wire is not None:
            self._wire.cancel()


def _rolled_back(place: Place) -> Problem:
    said = "COMMIT was made a ROLLBACK: on production nothing that a test does may stay"
    return Problem(trouble=Trouble.ROLLED_BACK, message=said, place=place)


def _reddened(result: FileResult) -> FileResult:
    return result if result.red else replace(result, outcome=Outcome.FAILED)


def _examined(wire: Wire, opened: Opened) -> Inside:
    try:
        inside = look_inside(wire, opened) if wire.usable else Inside(unseen=_GONE)
        if wire.pooled and not inside.unseen:
            forget_prepared(wire, opened)
        return inside
    except WireError:
        wire.close()
        return Inside(unseen=_GONE)


def _undone(
    wire: Wire, opened: Opened, *, before: Surface, again: Callable[[], Wire]
) -> tuple[Outside, Surface]:
    """Roll back, and look at what is left from outside of the transaction."""
    try:
        if not wire.usable:
            wire = again()
            end_lost(wire, opened)
        return look_outside(wire, opened, before)
    except (WireError, PgassayError) as error:
        unseen = f"the server could not be asked: {error}"
        return Outside(unseen=unseen), Surface(unseen=unseen)
