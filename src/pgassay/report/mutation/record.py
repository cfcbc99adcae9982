"""A mutation check as a whole: the results that count, the score, and the exit code."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from pgassay.model.events.mutate import (
    BaselineFinished,
    MutantFinished,
    MutationEvent,
    MutationFinished,
    MutationStarted,
    MutationWarned,
)
from pgassay.model.exits import Exit
from pgassay.model.mutate import MutantResult, MutationPlan, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Counts of mutants. ``excused`` are survivors that may survive; they count nowhere else.

    ``noticed`` is the share of those that could be applied and are not excused, in percent: a mutant that
    timed out is noticed, one that is undecided is not. ``None`` where there are none.
    """

    mutants: int = 0
    killed: int = 0
    timed_out: int = 0
    survived: int = 0
    excused: int = 0
    undecided: int = 0
    not_applicable: int = 0

    @property
    def noticed(self) -> float | None:
        counted = self.killed + self.timed_out + self.survived + self.undecided
        return 100 * (self.killed + self.timed_out) / counted if counted else None


@dataclass(frozen=True, slots=True, kw_only=True)
class MutationRecord:
    """A check. ``plan`` is ``None`` where it never began; ``elapsed_s`` where it never ended."""

    plan: MutationPlan | None = None
    baselines: tuple[BaselineFinished, ...] = ()
    results: tuple[MutantResult, ...] = ()
    warnings: tuple[MutationWarned, ...] = ()
    elapsed_s: float | None = None
    interrupted: bool = False

    @property
    def red(self) -> tuple[BaselineFinished, ...]:
        """The files that are red without any change; where there are some, nothing was changed."""
        return tuple(each for each in self.baselines if each.baseline.result.red)

    @property
    def reasons(self) -> dict[str, str]:
        """Why mutants may survive, by id."""
        return {each.id: each.reason for each in self.plan.excuses} if self.plan else {}

    @property
    def survivors(self) -> tuple[MutantResult, ...]:
        """The mutants that nothing noticed and that are not excused."""
        return tuple(
            each
            for each in self.results
            if each.verdict is Verdict.SURVIVED and each.mutant.id not in self.reasons
        )

    @property
    def excused(self) -> tuple[MutantResult, ...]:
        """The survivors that are excused."""
        return tuple(
            each
            for each in self.results
            if each.verdict is Verdict.SURVIVED and each.mutant.id in self.reasons
        )

    @property
    def exit(self) -> Exit:
        """The exit code: whether as many mutants were noticed as was asked for."""
        if self.interrupted or self.elapsed_s is None or self.plan is None:
            return Exit.INTERRUPTED
        noticed = score(self.results, self.reasons).noticed
        reached = noticed is not None and noticed >= self.plan.at_least
        return Exit.OK if reached and not self.red else Exit.RED


def score(results: Iterable[MutantResult], reasons: Iterable[str]) -> Score:
    """Count results; ``reasons`` are the ids of excused mutants."""
    excused = frozenset(reasons)
    counts = dict.fromkeys(Verdict, 0)
    forgiven = total = 0
    for each in results:
        total += 1
        if each.verdict is Verdict.SURVIVED and each.mutant.id in excused:
            forgiven += 1
        else:
            counts[each.verdict] += 1
    return Score(
        mutants=total,
        killed=counts[Verdict.KILLED],
        timed_out=counts[Verdict.TIMED_OUT],
        survived=counts[Verdict.SURVIVED],
        excused=forgiven,
        undecided=counts[Verdict.UNDECIDED],
        not_applicable=counts[Verdict.NOT_APPLICABLE],
    )


@dataclass(slots=True)
class MutationCollector:
    """Makes a record of the events. The last result of a mutant counts, and the first of a file."""

    _plan: MutationPlan | None = None
    _baselines: dict[str, BaselineFinished] = field(default_factory=dict)
    _results: dict[str, MutantResult] = field(default_factory=dict)
    _warnings: list[MutationWarned] = field(default_factory=list)
    _end: MutationFinished | None = None

    def see(self, event: MutationEvent) -> None:
        """Take note."""
        match event:
            case MutationStarted():
                self._plan = event.plan
            case BaselineFinished():
                self._baselines.setdefault(event.baseline.result.file.path, event)
            case MutantFinished():
                self._results[event.result.mutant.id] = event.result
            case MutationWarned():
                self._warnings.append(event)
            case MutationFinished():
                self._end = event

    def record(self) -> MutationRecord:
        """Give what is known so far."""
        return MutationRecord(
            plan=self._plan,
            baselines=tuple(self._baselines.values()),
            results=self._in_order(),
            warnings=tuple(self._warnings),
            elapsed_s=self._end.elapsed_s if self._end else None,
            interrupted=self._end.interrupted if self._end else False,
        )

    def _in_order(self) -> tuple[MutantResult, ...]:
        mutants = self._plan.mutants if self._plan else ()
        return tuple(self._results[each.id] for each in mutants if each.id in self._results)
