"""Carries the steps of a rollback out one after the other; what goes wrong in one becomes its result."""

from collections.abc import Callable, Generator
from dataclasses import dataclass

from pgassay.model.errors import OutOfTime, PgassayError
from pgassay.model.events.rollback import RollbackEvent, RollbackStepFinished, RollbackStepStarted
from pgassay.model.finding import Finding
from pgassay.model.recovery import StepResult
from pgassay.model.rollback import RollbackResult, RollbackStep
from pgassay.pg.clock import monotonic, now
from pgassay.pg.connection import Connection, reason
from pgassay.recovery.tools.program import ProgramFailed

Work = Callable[[], RollbackResult]
Stepping = Generator[RollbackEvent, None, RollbackResult]


class NotSwapped(Exception):
    """What is there stayed in its place; ``detail`` says more."""

    def __init__(self, sentence: str, detail: tuple[str, ...] = ()) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.detail = detail


@dataclass(frozen=True, slots=True, kw_only=True)
class Says:
    """Makes the results of one step."""

    step: RollbackStep

    def holds(self, sentence: str, *detail: str) -> RollbackResult:
        """Give the result of a step in which everything is as it should be."""
        return RollbackResult(step=self.step, finding=Finding.HOLDS, sentence=sentence, detail=detail)

    def broken(self, sentence: str, *detail: str) -> RollbackResult:
        """Give the result of a step that found something wrong."""
        return RollbackResult(step=self.step, finding=Finding.BROKEN, sentence=sentence, detail=detail)

    def not_verified(self, sentence: str, *detail: str) -> RollbackResult:
        """Give the result of a step that could not do, or see, what it was to."""
        return RollbackResult(step=self.step, finding=Finding.NOT_VERIFIED, sentence=sentence, detail=detail)

    def as_of(self, other: StepResult) -> RollbackResult:
        """Give what a step of a drill found as this one's result."""
        return RollbackResult(
            step=self.step, finding=other.finding, sentence=other.sentence, detail=other.detail
        )


def nobody_gets_in(live: str, error: Exception) -> RollbackResult:
    """Say that the database in use cannot be reached behind a swap, for whatever reason."""
    said = error.sentence if isinstance(error, PgassayError) else _sentence(reason(str(error)))
    return Says(step=RollbackStep.SMOKE).broken(f"Nobody gets into {live}: {said}")


def step(which: RollbackStep, work: Work) -> Stepping:
    """Carry one step out.

    Raises:
        Stopped: the user asked for an end.
    """
    started = monotonic()
    yield RollbackStepStarted(step=which, at=now())
    result = outcome_of(which, work)
    yield RollbackStepFinished(result=result, at=now(), elapsed_s=monotonic() - started)
    return result


def outcome_of(which: RollbackStep, work: Work) -> RollbackResult:
    """Do the work of a step: what fails breaks it, and what is not there leaves it unverified."""
    says = Says(step=which)
    try:
        return work()
    except (ProgramFailed, NotSwapped) as failure:
        return says.broken(_sentence(failure.sentence), *failure.detail)
    except OutOfTime as error:
        return says.broken(error.sentence)
    except PgassayError as error:
        return says.not_verified(error.sentence, *((error.remedy,) if error.remedy else ()))
    except Connection.Error as error:
        return says.not_verified(_sentence(reason(str(error))))
    except OSError as error:
        return says.not_verified(f"{error.filename or 'A file'}: {error.strerror}.")


def _sentence(text: str) -> str:
    return text if text.endswith(".") else f"{text}."
