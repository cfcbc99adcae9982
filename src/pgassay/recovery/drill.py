"""Rehearses the worst case: a backup is restored into a place of its own, and held against its manifest.

The clock of the recovery time runs from the first look at the files until the copy is verified and was
written to; tests come after that. Whatever happens, the place is gone in the end.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial

from pgassay.model.events.recovery import (
    PlaceReady,
    RecoveryEvent,
    RecoveryFinished,
    RecoveryStarted,
    RecoveryStepFinished,
    RecoveryWarned,
)
from pgassay.model.finding import Finding
from pgassay.model.recovery import Measured, Phase, RecoveryRun, RecoveryStep, StepResult
from pgassay.pg.catalog.fingerprint import fingerprint
from pgassay.pg.clock import monotonic, now
from pgassay.pg.connection import Connection
from pgassay.pg.target import Target
from pgassay.recovery.contents import Reading, Stopped
from pgassay.recovery.course import Verdict, Work, step
from pgassay.recovery.proof import prove
from pgassay.recovery.settings import RecoverySettings
from pgassay.recovery.snapshot import reading
from pgassay.recovery.steps.analyze import analyze
from pgassay.recovery.steps.archive import archive_of, check_archive
from pgassay.recovery.steps.content import compare_content
from pgassay.recovery.steps.files import check_files
from pgassay.recovery.steps.foreign_keys import check_foreign_keys
from pgassay.recovery.steps.indexes import check_indexes
from pgassay.recovery.steps.inventory import compare_inventory
from pgassay.recovery.steps.place import Place, make_place
from pgassay.recovery.steps.restore import SECTIONS, restore
from pgassay.recovery.steps.sequences import check_sequences
from pgassay.recovery.steps.write import write_first
from pgassay.recovery.tools.program import Limits
from pgassay.recovery.tools.restore import Into
from pgassay.recovery.verdict import Verdicts
from pgassay.recovery.verify import Kept


@dataclass(frozen=True, slots=True, kw_only=True)
class DrillOrder:
    """What is rehearsed. ``server`` is where a database may be made; ``None``: a server of our own.

    ``test`` runs the suite on the restored copy, ``archiving`` says what the target shows of its WAL archive;
    ``None`` where the target cannot be reached, or was not asked.
    """

    run: RecoveryRun
    kept: Kept
    server: Target | None
    test: Callable[[Target], StepResult]
    archiving: Callable[[], StepResult] | None = None


class Drill:
    """One drill. :meth:`events` is to be read to its end, or closed: then its place is gone."""

    def __init__(self, order: DrillOrder, settings: RecoverySettings, limits: Limits) -> None:
        self._order = order
        self._settings = settings
        self._limits = limits
        self._started = monotonic()
        self._place: Place | None = None
        self._phases: list[Phase] = []
        self._rto_s: float | None = None

    def events(self) -> Iterator[RecoveryEvent]:
        """Rehearse."""
        yield RecoveryStarted(run=self._order.run)
        verdicts = Verdicts()
        interrupted = yield from prove(self._prove, verdicts, made=lambda: self._place is not None)
        yield self._end(verdicts, interrupted=interrupted)

    def _prove(self, opened: ExitStack) -> Iterator[RecoveryEvent]:
        for groups in (self._whole(), self._made(opened), self._restored()):
            for event in groups:
                yield event
                if isinstance(event, RecoveryStepFinished) and event.result.finding is not Finding.HOLDS:
                    return
        yield from self._compared()
        self._rto_s = monotonic() - self._started
        place = self._place
        assert place is not None
        yield from step(RecoveryStep.TESTS, lambda: self._order.test(place.target))
        if self._order.archiving is not None:
            yield from step(RecoveryStep.ARCHIVING, self._order.archiving)

    def _whole(self) -> Iterator[RecoveryEvent]:
        kept = self._order.kept
        yield from self._timed(
            RecoveryStep.FILES,
            lambda: check_files(kept.directory, kept.manifest, known_sha256=kept.known_sha256),
        )
        archive = archive_of(kept.directory, kept.manifest)
        yield from self._timed(RecoveryStep.ARCHIVE, lambda: check_archive(archive, self._limits))

    def _made(self, opened: ExitStack) -> Iterator[RecoveryEvent]:
        yield from self._timed(RecoveryStep.PLACE, lambda: self._make_place(opened))
        if self._place is None:
            return
        yield PlaceReady(address=self._place.target.shown, place=self._place.said, at=now())
        if self._place.lacking:
            yield RecoveryWarned(sentence=self._place.lacking)

    def _make_place(self, opened: ExitStack) -> StepResult:
        self._place = opened.enter_context(make_place(self._order.kept.manifest, self._order.server))
        return Verdict(step=RecoveryStep.PLACE).holds(f"It is {self._place.said}.")

    def _restored(self) -> Iterator[RecoveryEvent]:
        place, kept = self._place, self._order.kept
        assert place is not None
        archive = archive_of(kept.directory, kept.manifest)
        into = Into(target=place.target, jobs=self._settings.jobs, major=place.major, owners=place.superuser)
        for which in SECTIONS:
            yield from self._timed(which, partial(restore, which, archive, into, self._limits))
        yield from self._timed(RecoveryStep.ANALYZE, lambda: analyze(kept.manifest, place))

    def _compared(self) -> Iterator[RecoveryEvent]:
        """Look at everything, also where something is wrong already: a person wants to know all of it."""
        place, manifest = self._place, self._order.kept.manifest
        assert place is not None
        how = Reading(
            target=place.target,
            jobs=self._settings.jobs,
            lock_timeout_s=self._settings.lock_timeout_s,
            stop=self._limits.stop,
        )
        yield from self._timed(RecoveryStep.CONTENT, lambda: compare_content(manifest, how))
        looks: tuple[tuple[RecoveryStep, Callable[[Connection], StepResult]], ...] = (
            (
                RecoveryStep.INVENTORY,
                lambda found: compare_inventory(manifest, fingerprint(found, ignored=()).entries, place),
            ),
            (RecoveryStep.SEQUENCES, lambda found: check_sequences(found, manifest)),
            (RecoveryStep.FOREIGN_KEYS, check_foreign_keys),
            (RecoveryStep.INDEXES, check_indexes),
        )
        for which, look in looks:
            yield from self._timed(which, partial(self._looked, look))
        yield from self._timed(RecoveryStep.WRITE, lambda: write_first(place))

    def _looked(self, look: Callable[[Connection], StepResult]) -> StepResult:
        assert self._place is not None
        with reading(self._place.target, lock_timeout_s=self._settings.lock_timeout_s) as connection:
            return look(connection)

    def _timed(self, which: RecoveryStep, work: Work) -> Iterator[RecoveryEvent]:
        """Carry a step out, and note how long it took."""
        if self._limits.stop.is_set():
            raise Stopped
        for event in step(which, work):
            if isinstance(event, RecoveryStepFinished):
                self._phases.append(Phase(name=which.value, seconds=event.elapsed_s))
            yield event

    def _end(self, verdicts: Verdicts, *, interrupted: bool) -> RecoveryFinished:
        run = self._order.run
        age = (run.started_at - self._order.kept.manifest.taken_at).total_seconds()
        measured = Measured(
            rto_s=self._rto_s,
            rpo_s=max(0.0, age),
            rto_objective_s=self._settings.rto_s,
            rpo_objective_s=self._settings.rpo_s,
            phases=tuple(self._phases),
        )
        outcome, sentence = verdicts.judge(measured, interrupted=interrupted)
        return RecoveryFinished(
            outcome=outcome,
            sentence=sentence,
            at=now(),
            elapsed_s=monotonic() - self._started,
            measured=measured,
            standing=verdicts.standing() if not interrupted else None,
            asked=not verdicts.unasked,
        )
