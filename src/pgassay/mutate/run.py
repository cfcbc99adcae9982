"""A mutation check, as a generator of events: the suite on the unchanged database, then each mutant.

Closing the generator, or setting ``stop``, cancels what still runs on the server. What is known by then is in
the journal.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from threading import Event

from pgassay.model.events.mutate import (
    BaselineFinished,
    MutantFinished,
    MutantStarted,
    MutationEvent,
    MutationFinished,
    MutationStarted,
    MutationWarned,
)
from pgassay.model.mutate import Baseline, Mutant, MutantResult, MutationPlan, Verdict
from pgassay.model.suite import TestFile
from pgassay.mutate.bench import Clone, FileText, OpenBench
from pgassay.mutate.crew import Crew
from pgassay.mutate.journal import Journal, State
from pgassay.mutate.order import Ranking
from pgassay.mutate.specimen import Specimen
from pgassay.mutate.touch import Watcher, count_functions
from pgassay.mutate.trial import try_mutant
from pgassay.pg.clock import monotonic, now
from pgassay.pg.target import Target

Say = Callable[[MutationEvent], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What a check works with. ``texts`` gives each file's text with those that it includes, after it ran.

    ``journal`` is ``None`` where nothing is to be remembered; ``resume``: results that still hold are taken.
    """

    clone: Clone
    open_bench: OpenBench
    texts: Callable[[], Mapping[str, FileText]]
    schema: str
    journal: Journal | None = None
    resume: bool = False


def run(plan: MutationPlan, means: Means, *, stop: Event) -> Iterator[MutationEvent]:
    """Try the mutants of a plan, see :mod:`pgassay.model.events.mutate` for what is yielded."""
    check = _Check(plan, means, stop)
    yield MutationStarted(plan=plan)
    yield from check.perform()
    yield MutationFinished(at=now(), elapsed_s=monotonic() - check.started, interrupted=stop.is_set())


class _Check:
    def __init__(self, plan: MutationPlan, means: Means, stop: Event) -> None:
        self.started = monotonic()
        self._plan = plan
        self._means = means
        self._stop = stop
        self._baselines: dict[str, Baseline] = {}
        self._results: dict[str, MutantResult] = {}

    def perform(self) -> Iterator[MutationEvent]:
        yield from self._baseline()
        if self._stop.is_set() or any(each.result.red for each in self._baselines.values()):
            return
        state = State(schema=self._means.schema, texts=self._means.texts())
        try:
            yield from self._mutants(state)
            if not self._stop.is_set():
                yield from self._control()
        finally:
            if self._means.journal is not None:
                self._means.journal.close()

    def _specimens(self, clone: Clone) -> tuple[Specimen, ...]:
        numbers = range(1, self._plan.jobs + 1)
        return tuple(Specimen(f"w{number}", clone, self._means.open_bench) for number in numbers)

    def _baseline(self) -> Iterator[MutationEvent]:
        """Run every file on the unchanged database, and a red one again."""
        counted = Event()

        def clone(name: str) -> Target:
            target = self._means.clone(name)
            if count_functions(target):
                counted.set()
            return target

        crew: Crew[TestFile, MutationEvent] = Crew(self._plan.files, self._specimens(clone), _run_unchanged)
        for event in crew.work(self._stop):
            if isinstance(event, BaselineFinished):
                self._baselines[event.baseline.result.file.path] = event.baseline
            yield event
        if not counted.is_set():
            yield MutationWarned(
                sentence="The role may not count function calls: only its text tells what a file calls.",
                remedy="A superuser may: grant set on parameter track_functions to ROLE (PostgreSQL 15).",
            )

    def _mutants(self, state: State) -> Iterator[MutationEvent]:
        remembered = self._recall(state)
        for result in remembered.values():
            yield self._finished(result)
        left = [mutant for mutant in self._plan.mutants if mutant.id not in remembered]
        yield from self._open_journal(left)
        files = self._plan.files
        baselines = tuple(self._baselines[file.path] for file in files)
        ranking = Ranking(baselines, state.texts, self._plan.kinds)

        def attempt(specimen: Specimen, mutant: Mutant, say: Say) -> None:
            say(MutantStarted(mutant=mutant, worker=int(specimen.name[1:]), at=now()))
            result = try_mutant(specimen, mutant, ranking)
            if result is not None:
                say(MutantFinished(result=result, at=now()))

        crew: Crew[Mutant, MutationEvent] = Crew(left, self._specimens(self._means.clone), attempt)
        for event in crew.work(self._stop):
            if isinstance(event, MutantFinished):
                self._results[event.result.mutant.id] = event.result
                yield from self._write(event.result, state)
            yield event

    def _recall(self, state: State) -> dict[str, MutantResult]:
        if self._means.journal is None or not self._means.resume:
            return {}
        return self._means.journal.recall(self._plan.mutants, state)

    def _finished(self, result: MutantResult) -> MutantFinished:
        self._results[result.mutant.id] = result
        return MutantFinished(result=result, at=now())

    def _open_journal(self, left: list[Mutant]) -> Iterator[MutationEvent]:
        try:
            if self._means.journal is not None:
                self._means.journal.open(without=(mutant.id for mutant in left))
        except BlockingIOError:
            yield MutationWarned(
                sentence="This check cannot be resumed: another one is writing the journal.",
                remedy="Give each a journal of its own: --journal FILE",
            )
        except OSError as error:
            yield MutationWarned(sentence=f"This check cannot be resumed: {error.strerror}: {error.filename}")

    def _write(self, result: MutantResult, state: State) -> Iterator[MutationEvent]:
        journal = self._means.journal
        try:
            if journal is not None:
                journal.write(result, state)
        except OSError as error:
            assert journal is not None  # it was just written to
            journal.close()
            yield MutationWarned(sentence=f"From here on this check cannot be resumed: {error.strerror}")

    def _control(self) -> Iterator[MutationEvent]:
        """Run each file that noticed something on the unchanged database again; if it is red there, too, take
        back what it said."""
        kills = [each for each in self._results.values() if each.killer is not None and not each.remembered]
        paths = {each.killer.path for each in kills if each.killer is not None}
        files = [file for file in self._plan.files if file.path in paths]
        crew: Crew[TestFile, MutationEvent] = Crew(files, self._specimens(self._means.clone), _run_unchanged)
        for event in crew.work(self._stop):
            if isinstance(event, BaselineFinished) and (event.flaky or event.baseline.result.red):
                path = event.baseline.result.file.path
                yield event
                for each in kills:
                    if each.killer is not None and each.killer.path == path:
                        yield self._finished(_taken_back(each, path))


def _taken_back(result: MutantResult, path: str) -> MutantResult:
    message = f"{path} is red without the change, too."
    return replace(result, verdict=Verdict.UNDECIDED, killer=None, message=message)


def _run_unchanged(specimen: Specimen, file: TestFile, say: Say) -> None:
    watcher = Watcher()
    specimen.unchanged()
    ran = specimen.run(file, watch=watcher)
    if specimen.stopped.is_set():
        return
    touched = watcher.touched(specimen.unchanged())
    flaky = False
    if ran.result.red:
        specimen.discard()
        specimen.unchanged()
        flaky = not specimen.run(file).result.red
    say(BaselineFinished(baseline=Baseline(result=ran.result, touched=touched), at=now(), flaky=flaky))
