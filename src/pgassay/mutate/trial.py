"""Tries one mutant: makes the change, runs files until one is red, and says what became of it."""

from dataclasses import replace

from pgassay.model.errors import PgassayError
from pgassay.model.mutate import Killer, Mutant, MutantResult, Verdict
from pgassay.model.suite import FileResult, Outcome, Problem, Trouble
from pgassay.mutate.bench import Ran
from pgassay.mutate.order import Ranked, Ranking
from pgassay.mutate.specimen import Specimen
from pgassay.pg.clock import monotonic

_NOT_THE_MUTANT = frozenset({Trouble.LOST_CONNECTION, Trouble.INTERNAL})
_NOT_ITS_STATES = ("53", "57P", "58", "40P01")
"""Too few resources, a server that shuts down, a disk that fails, a deadlock with somebody else."""


def try_mutant(specimen: Specimen, mutant: Mutant, ranking: Ranking) -> MutantResult | None:
    """Try a mutant, a second time where something else got in the way; ``None`` when told to stop."""
    result = _try(specimen, mutant, ranking)
    if result is not None and result.verdict is Verdict.UNDECIDED:
        specimen.discard()
        result = _try(specimen, mutant, ranking)
    return result


def _try(specimen: Specimen, mutant: Mutant, ranking: Ranking) -> MutantResult | None:
    started = monotonic()
    try:
        result = _outcome(specimen, mutant, ranking)
    except PgassayError as error:
        result = MutantResult(mutant=mutant, verdict=Verdict.UNDECIDED, message=error.sentence)
    except Exception as error:  # noqa: BLE001 - a bug must cost one mutant, not the check
        message = f"pgassay itself failed: {type(error).__name__}: {error}"
        result = MutantResult(mutant=mutant, verdict=Verdict.UNDECIDED, message=message)
    if specimen.stopped.is_set():
        return None
    return replace(result, elapsed_s=monotonic() - started)


def _outcome(specimen: Specimen, mutant: Mutant, ranking: Ranking) -> MutantResult:
    refusal = specimen.mutate(mutant)
    if refusal:
        return MutantResult(mutant=mutant, verdict=Verdict.NOT_APPLICABLE, message=refusal)
    files_run = 0
    for ranked in ranking.ranked(mutant):
        ran = specimen.run(ranked.file, whole=False)
        files_run += 1
        verdict = _verdict(ran)
        if verdict is Verdict.KILLED and not ranked.near and not _again(specimen, ranked):
            continue
        ranking.learn(mutant, ranked.file.path, noticed=verdict is Verdict.KILLED)
        if verdict is not Verdict.SURVIVED or specimen.stopped.is_set():
            return MutantResult(
                mutant=mutant,
                verdict=verdict,
                files_run=files_run,
                killer=_killer(ran, verdict),
                message=_message(ran.result),
            )
    return MutantResult(mutant=mutant, verdict=Verdict.SURVIVED, files_run=files_run)


def _again(specimen: Specimen, ranked: Ranked) -> bool:
    """Whether a file that has nothing to do with the change is red a second time, so not by chance."""
    return _verdict(specimen.run(ranked.file, whole=False)) is Verdict.KILLED


def _verdict(ran: Ran) -> Verdict:
    """What one file says of the mutant; ``SURVIVED`` where it is green."""
    result = ran.result
    if ran.failed is not None:
        return Verdict.KILLED
    if not result.red:
        return Verdict.SURVIVED
    if result.outcome is Outcome.TIMED_OUT:
        return Verdict.TIMED_OUT
    if result.outcome is Outcome.NOT_RUN or any(map(_is_elsewhere, result.problems)):
        return Verdict.UNDECIDED
    return Verdict.KILLED


def _is_elsewhere(problem: Problem) -> bool:
    return problem.trouble in _NOT_THE_MUTANT or problem.sqlstate.startswith(_NOT_ITS_STATES)


def _message(result: FileResult) -> str:
    return result.problems[0].message if result.problems else ""


def _killer(ran: Ran, verdict: Verdict) -> Killer | None:
    path = ran.result.file.path
    if verdict is Verdict.TIMED_OUT:
        return Killer(path=path, reason=_message(ran.result))
    if verdict is not Verdict.KILLED:
        return None
    if ran.failed is not None:
        return Killer(path=path, reason=ran.failed.description, assertion=ran.failed.position)
    return Killer(path=path, reason=_message(ran.result))
