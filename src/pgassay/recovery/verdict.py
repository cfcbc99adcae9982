"""What the steps of a proof add up to."""

from pgassay.model.backup import BackupState
from pgassay.model.events.recovery import RecoveryEvent, RecoveryStepFinished
from pgassay.model.finding import Finding
from pgassay.model.recovery import Measured, Outcome, RecoveryStep, StepResult

_BESIDE = frozenset({RecoveryStep.ARCHIVING, RecoveryStep.CLEAN})


class Verdicts:
    """Gathers results."""

    def __init__(self) -> None:
        self._results: list[StepResult] = []

    def see(self, event: RecoveryEvent) -> None:
        """Take note of an event."""
        if isinstance(event, RecoveryStepFinished):
            self.note(event.result)

    def note(self, result: StepResult) -> None:
        """Take note of a result."""
        self._results.append(result)

    def standing(self) -> BackupState | None:
        """Say what is known of the backup now; ``None`` where nothing is.

        Whether the target archives its WAL, and whether our server is gone, says nothing about a backup; and
        whether its tests fail is for their authors to say.
        """
        found = {each.step: each.finding for each in self._results if each.step not in _BESIDE}
        if any(
            finding is Finding.BROKEN for step, finding in found.items() if step is not RecoveryStep.TESTS
        ):
            return BackupState.FAILED
        if RecoveryStep.TESTS in found and set(found.values()) == {Finding.HOLDS}:
            return BackupState.TESTED
        return BackupState.VALIDATED if found.get(RecoveryStep.ARCHIVE) is Finding.HOLDS else None

    @property
    def unasked(self) -> bool:
        """Whether all that is not verified, and there is some, was not wanted to be."""
        unknown = [each.asked for each in self._results if each.finding is Finding.NOT_VERIFIED]
        return bool(unknown) and not any(unknown)

    def judge(self, measured: Measured, *, interrupted: bool) -> tuple[Outcome, str]:
        """Give the verdict, and the sentence that says why."""
        if interrupted:
            return Outcome.INTERRUPTED, "It was stopped; what it had made is gone."
        broken = [each.sentence for each in self._results if each.finding is Finding.BROKEN]
        if broken:
            return Outcome.FAILED, " ".join(broken)
        if measured.missed:
            return Outcome.FAILED, " ".join(measured.missed)
        unknown = [each for each in self._results if each.finding is Finding.NOT_VERIFIED]
        if unknown:
            named = ", ".join(each.step.value for each in unknown)
            return Outcome.NOT_VERIFIED, f"Not verified: {named}. {unknown[0].sentence}"
        if measured.unmeasured:
            return Outcome.NOT_VERIFIED, "There is an objective for what was not measured."
        return Outcome.PASSED, "Everything that was looked at holds."
