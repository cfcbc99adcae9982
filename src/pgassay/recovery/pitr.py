"""Proves that a point-in-time recovery arrives where it should, by rows around a point.

Nothing is written to the target: it is read, or copied as a whole where that can be done. What its own
archive holds is not looked into; what can be seen of it is said.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from pgassay.model.events.recovery import (
    PlaceReady,
    RecoveryEvent,
    RecoveryFinished,
    RecoveryStarted,
    RecoveryStepFinished,
)
from pgassay.model.finding import Finding
from pgassay.model.recovery import Measured, Phase, RecoveryRun, RecoveryStep, StepResult
from pgassay.pg.clock import monotonic, now
from pgassay.pg.clone import maker
from pgassay.pg.connection import connect
from pgassay.pg.scratch import scratch_directory
from pgassay.pg.target import Target
from pgassay.recovery.course import step
from pgassay.recovery.proof import prove
from pgassay.recovery.settings import RecoverySettings
from pgassay.recovery.steps.archiving import see_archiving
from pgassay.recovery.steps.marks import must_fail, recover_to, set_marks
from pgassay.recovery.steps.physical_backup import Original, make_original
from pgassay.recovery.tools.program import Limits
from pgassay.recovery.verdict import Verdicts


@dataclass(frozen=True, slots=True, kw_only=True)
class PointInTimeOrder:
    """For which target."""

    run: RecoveryRun
    target: Target

    @property
    def point(self) -> str:
        """The name of the restore point."""
        return f"pgassay_{self.run.id.hex[:12]}"


class PointInTime:
    """One proof. :meth:`events` is to be read to its end, or closed: then what it made is gone."""

    def __init__(self, order: PointInTimeOrder, settings: RecoverySettings, limits: Limits) -> None:
        self._order = order
        self._settings = settings
        self._limits = limits
        self._started = monotonic()
        self._original: Original | None = None
        self._lag_s: float | None = None
        self._phases: list[Phase] = []

    def events(self) -> Iterator[RecoveryEvent]:
        """Prove it."""
        yield RecoveryStarted(run=self._order.run)
        verdicts = Verdicts()
        interrupted = yield from prove(self._prove, verdicts, made=lambda: True)
        measured = self._measured()
        outcome, sentence = verdicts.judge(measured, interrupted=interrupted)
        yield RecoveryFinished(
            outcome=outcome,
            sentence=sentence,
            at=now(),
            elapsed_s=monotonic() - self._started,
            measured=measured,
        )

    def _prove(self, opened: ExitStack) -> Iterator[RecoveryEvent]:
        yield from step(RecoveryStep.ARCHIVING, self._see)
        directory = opened.enter_context(scratch_directory("pitr"))
        yield from step(RecoveryStep.BASE_BACKUP, lambda: self._make(directory, opened))
        original = self._original
        if original is None:
            return
        address = original.server.target.shown
        yield PlaceReady(address=address, place="servers of our own", at=now())
        point = self._order.point
        marked = yield from step(RecoveryStep.MARK, lambda: set_marks(original, point, self._limits.stop))
        if marked.finding is not Finding.HOLDS:
            return
        for event in step(RecoveryStep.RECOVER, lambda: recover_to(original, point)):
            if isinstance(event, RecoveryStepFinished):
                self._note(event)
            yield event
        yield from step(RecoveryStep.MUST_FAIL, lambda: must_fail(original, f"{point}_never"))

    def _see(self) -> StepResult:
        with connect(self._order.target, application=maker()) as connection:
            seen = see_archiving(connection)
        self._lag_s = seen.lag_s
        return seen.result

    def _make(self, directory: Path, opened: ExitStack) -> StepResult:
        self._original = make_original(self._order.target, directory, self._limits, opened)
        return self._original.result

    def _note(self, event: RecoveryStepFinished) -> None:
        if event.result.finding is Finding.HOLDS:
            self._phases.append(Phase(name=event.result.step.value, seconds=event.elapsed_s))

    def _measured(self) -> Measured:
        """Give what was measured: on a copy of the target only, or it would say nothing of that."""
        original = self._original
        own = original is not None and original.result.finding is Finding.HOLDS
        return Measured(
            rto_s=self._phases[0].seconds if own and self._phases else None,
            rpo_s=self._lag_s,
            rto_objective_s=self._settings.rto_s,
            rpo_objective_s=self._settings.rpo_s,
            phases=tuple(self._phases),
        )
