"""Rehearses a migration on a copy: there, back, and there again, with the states in between held together.

The rollback is also tried from every part at which the migration could fail with others committed: that is
what it would be needed for. Everything is observed: locks, rewritten tables, durations, what data was lost.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pgassay.migrate.batches import Batch, batches_of
from pgassay.migrate.course import Course, Failed, Means
from pgassay.migrate.data import Content, lost, read_contents
from pgassay.migrate.ledger import NoLedger
from pgassay.migrate.perform import perform
from pgassay.migrate.presence import broken_promises
from pgassay.migrate.script import Script
from pgassay.model.events.migrate import (
    Compared,
    MigrationEvent,
    MigrationFinished,
    MigrationStarted,
    StepFinished,
    StepStarted,
)
from pgassay.model.finding import Finding
from pgassay.model.fingerprint import Fingerprint, compare
from pgassay.model.migrate import MigrationRun, Outcome, Step, StepResult
from pgassay.model.rehearsal import Comparison
from pgassay.pg.catalog.fingerprint import fingerprint
from pgassay.pg.clock import monotonic, now


@dataclass(frozen=True, slots=True, kw_only=True)
class RehearsalOrder:
    """What is to be rehearsed. ``target`` are the catalogs of the target itself, of which this is a copy.

    ``alike``: the copy is on a server of the same major version.
    """

    run: MigrationRun
    up: Script
    down: Script | None
    target: Fingerprint
    with_data: bool = True
    alike: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class _State:
    catalogs: Fingerprint
    contents: Mapping[str, Content]


class Rehearsal:
    """One rehearsal. :meth:`events` is to be read to its end, or closed."""

    def __init__(self, order: RehearsalOrder, means: Means) -> None:
        self._order = order
        self._means = means
        self._started = monotonic()
        self._troubles: list[str] = []
        self._after: Fingerprint | None = None

    def events(self) -> Iterator[MigrationEvent]:
        """Rehearse."""
        yield MigrationStarted(run=self._order.run)
        yield StepStarted(step=Step.MIGRATE, at=now())
        before = self._state()
        try:
            yield from self._there_and_back(before)
        except Failed as failure:
            self._troubles.append(failure.sentence)
            self._troubles += failure.detail
        finding = Finding.BROKEN if self._troubles else Finding.HOLDS
        sentence = self._troubles[0] if self._troubles else self._sentence()
        result = StepResult(
            step=Step.MIGRATE, finding=finding, sentence=sentence, detail=tuple(self._troubles[1:])
        )
        yield StepFinished(result=result, at=now(), elapsed_s=monotonic() - self._started)
        yield self._end(before, sentence)

    def _there_and_back(self, before: _State) -> Iterator[MigrationEvent]:
        up = batches_of(self._order.up)
        down = batches_of(self._order.down) if self._order.down is not None else None
        if down is None:
            yield from self._send(up, "up")
            self._arrive()
            self._doubt("There is no rollback file: the way back is not verified.")
            return
        for until in range(1, len(up)):
            yield from self._send(up, f"up to part {until}", until=until)
            yield from self._send(down, f"down from part {until}")
            yield from self._compare(f"before, and after part {until} and back", before)
        yield from self._send(up, "up")
        first = self._arrive()
        yield from self._send(down, "down")
        yield from self._compare("before, and after up and down", before)
        yield from self._send(up, "up again")
        comparison = Comparison(
            what="after up, and after up, down and up again", differences=compare(first, self._catalogs())
        )
        yield self._judged(comparison)

    def _send(
        self, batches: tuple[Batch, ...], phase: str, *, until: int | None = None
    ) -> Iterator[MigrationEvent]:
        course = Course(batches=batches, step=Step.MIGRATE, phase=phase, ledger=NoLedger(), until=until)
        yield from perform(course, self._means)

    def _arrive(self) -> Fingerprint:
        self._after = self._catalogs()
        self._troubles += broken_promises(self._order.up, self._after)
        return self._after

    def _compare(self, what: str, before: _State) -> Iterator[MigrationEvent]:
        after = self._state()
        missing = lost(before.contents, after.contents)
        comparison = Comparison(
            what=what,
            differences=compare(before.catalogs, after.catalogs),
            lost=missing,
            tables=len(before.contents),
        )
        yield self._judged(comparison)

    def _judged(self, comparison: Comparison) -> Compared:
        unequal = [each for each in comparison.differences if not each.slight]
        if unequal:
            names = ", ".join(each.subject for each in unequal[:3]) + (", …" if len(unequal) > 3 else "")
            self._troubles.append(f"The catalogs differ between {comparison.what}: {names}.")
        for each in comparison.lost:
            self._doubt(f"Data is lost: {each.sentence}.")
        return Compared(comparison=comparison, at=now())

    def _doubt(self, sentence: str) -> None:
        """Count what cannot be taken back as trouble, unless somebody said why that is right."""
        if not self._order.run.irreversible and sentence not in self._troubles:
            self._troubles.append(sentence)

    def _state(self) -> _State:
        contents = read_contents(self._means.connection) if self._order.with_data else {}
        return _State(catalogs=self._catalogs(), contents=contents)

    def _catalogs(self) -> Fingerprint:
        return fingerprint(self._means.connection)

    def _sentence(self) -> str:
        if self._order.down is None:
            return f"It goes up; the way back is given up: {self._order.run.irreversible}."
        seen = "" if self._order.with_data else " Whether data survives was not verified."
        return f"It goes up, comes back to where it was, and goes up again.{seen}"

    def _end(self, before: _State, sentence: str) -> MigrationFinished:
        same = self._order.alike and before.catalogs.digest == self._order.target.digest
        stopped = self._means.stop.is_set()
        return MigrationFinished(
            outcome=Outcome.RED if self._troubles or stopped else Outcome.SUCCEEDED,
            sentence=sentence,
            at=now(),
            elapsed_s=monotonic() - self._started,
            before=self._order.target,
            after=self._after,
            changes=compare(before.catalogs, self._after) if self._after is not None else (),
            exact=same and self._after is not None,
            interrupted=stopped,
        )
