"""Carries out steps one after the other, and says so in events; what goes wrong in one becomes its result."""

from collections.abc import Callable, Generator
from dataclasses import dataclass

from pgassay.model.errors import OutOfTime, PgassayError
from pgassay.model.events.recovery import RecoveryEvent, RecoveryStepFinished, RecoveryStepStarted
from pgassay.model.finding import Finding
from pgassay.model.recovery import RecoveryStep, StepResult
from pgassay.pg.clock import monotonic, now
from pgassay.pg.connection import Connection, reason
from pgassay.recovery.tools.program import ProgramFailed

Work = Callable[[], StepResult]
Stepping = Generator[RecoveryEvent, None, StepResult]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Makes the results of one step."""

    step: RecoveryStep

    def holds(self, sentence: str, *detail: str) -> StepResult:
        """Give the result of a step in which everything is as it should be."""
        return StepResult(step=self.step, finding=Finding.HOLDS, sentence=sentence, detail=detail)

    def broken(self, sentence: str, *detail: str, tables: tuple[str, ...] | None = None) -> StepResult:
        """Give the result of a step that found something wrong, perhaps with known tables."""
        return StepResult(
            step=self.step, finding=Finding.BROKEN, sentence=sentence, detail=detail, tables=tables
        )

    def not_verified(self, sentence: str, *detail: str, asked: bool = True) -> StepResult:
        """Give the result of a step that could not see what it was to see."""
        return StepResult(
            step=self.step, finding=Finding.NOT_VERIFIED, sentence=sentence, detail=detail, asked=asked
        )


def step(which: RecoveryStep, work: Work) -> Stepping:
    """Carry one step out.

    Raises:
        Stopped: the user asked for an end.
    """
    started = monotonic()
    yield RecoveryStepStarted(step=which, at=now())
    result = outcome_of(which, work)
    yield RecoveryStepFinished(result=result, at=now(), elapsed_s=monotonic() - started)
    return result


def outcome_of(which: RecoveryStep, work: Work) -> StepResult:
    """Do the work of a step: a program that fails breaks it, and what is not there leaves it unverified."""
    verdict = Verdict(step=which)
    try:
        return work()
    except ProgramFailed as failure:
        return verdict.broken(_sentence(failure.sentence), *failure.detail[1:])
    except OutOfTime as error:
        return verdict.broken(error.sentence)
    except PgassayError as error:
        return verdict.not_verified(error.sentence, *((error.remedy,) if error.remedy else ()))
    except Connection.Error as error:
        return verdict.not_verified(_sentence(reason(str(error))))
    except OSError as error:
        return verdict.not_verified(f"{error.filename or 'A file'}: {error.strerror}.")


def _sentence(text: str) -> str:
    return text if text.endswith(".") else f"{text}."
