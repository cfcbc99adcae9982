"""Small values of mutation checks, for tests of whatever reads them."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from pgassay.model.events.mutate import (
    BaselineFinished,
    MutantFinished,
    MutantStarted,
    MutationEvent,
    MutationFinished,
    MutationStarted,
    MutationWarned,
)
from pgassay.model.mutate import (
    Baseline,
    Excuse,
    Killer,
    Kind,
    Mutant,
    MutantResult,
    MutationPlan,
    Touched,
    Verdict,
)
from pgassay.model.suite import Environment, FileResult, Outcome, Problem, TestFile, Trouble

BEGAN = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)
KINDS = (
    Kind(name="drop_check", section="constraints", title="a CHECK constraint dropped"),
    Kind(name="drop_policy", section="row security", title="a policy dropped"),
    Kind(name="drop_unique", section="constraints", title="a primary or unique key dropped"),
    Kind(name="turn_comparison", section="function bodies", title="a comparison turned"),
)


def at(seconds: float) -> datetime:
    """Give a moment of the check."""
    return BEGAN + timedelta(seconds=seconds)


def sample_mutant(kind: str, object_: str, name: str, ddl: str = "drop it") -> Mutant:
    """Make a mutant."""
    return Mutant(
        id=f"{kind}:{object_}.{name}",
        kind=kind,
        object=object_,
        name=name,
        description=f"{name} of {object_} is gone",
        ddl=ddl,
        touching=frozenset({Touched(name=object_)}),
    )


def sample_baseline(
    path: str, *, took_s: float = 1.0, touched: tuple[str, ...] = (), outcome: Outcome = Outcome.PASSED
) -> Baseline:
    """Make the result of a file on the unchanged database."""
    problems: tuple[Problem, ...] = ()
    if outcome is not Outcome.PASSED:
        problems = (Problem(trouble=Trouble.FAILED_TESTS, message="1 of 2 tests failed"),)
    result = FileResult(
        file=TestFile(path=path), outcome=outcome, started_at=BEGAN, elapsed_s=took_s, problems=problems
    )
    return Baseline(result=result, touched=frozenset(Touched(name=name) for name in touched))


def sample_plan(mutants: tuple[Mutant, ...], *paths: str, excuses: tuple[Excuse, ...] = ()) -> MutationPlan:
    """Make a plan."""
    return MutationPlan(
        id=UUID(int=7),
        started_at=BEGAN,
        environment=Environment(target="dbname=app", database="app", server_version="18.1"),
        files=tuple(TestFile(path=path) for path in paths),
        mutants=mutants,
        kinds=KINDS,
        jobs=2,
        excuses=excuses,
    )


def whole_check() -> tuple[MutationEvent, ...]:
    """Give the events of a check in which everything occurs."""
    policy = sample_mutant("drop_policy", "app.note", "own", "drop policy own on app.note")
    check = sample_mutant("drop_check", "app.note", "short", "alter table app.note drop constraint short")
    key = sample_mutant(
        "drop_unique", "app.note", "note_pkey", "alter table app.note drop constraint note_pkey"
    )
    fine = sample_mutant("drop_check", "app.tag", "fine", "alter table app.tag drop constraint fine")
    loop = sample_mutant("turn_comparison", "app.f()", "loop", "create function\nwith\nlines")
    lost = sample_mutant("turn_comparison", "app.f()", "lost", "create function\nwith\nlines")
    plan = sample_plan(
        (check, fine, policy, key, loop, lost),
        "t/a.sql",
        "t/b.sql",
        excuses=(Excuse(id=fine.id, reason="the same as another"), Excuse(id=policy.id, reason="not needed")),
    )
    killer = Killer(path="t/a.sql", reason="only own notes", assertion=3)
    results = (
        MutantResult(mutant=check, verdict=Verdict.SURVIVED, files_run=2, elapsed_s=1.0),
        MutantResult(mutant=fine, verdict=Verdict.SURVIVED, files_run=2, elapsed_s=1.0, remembered=True),
        MutantResult(mutant=policy, verdict=Verdict.KILLED, killer=killer, files_run=1, elapsed_s=0.5),
        MutantResult(mutant=key, verdict=Verdict.NOT_APPLICABLE, message="other objects depend on it"),
        MutantResult(
            mutant=loop,
            verdict=Verdict.TIMED_OUT,
            message="It did not end within 5 s and was cancelled.",
            killer=Killer(path="t/b.sql", reason="It did not end within 5 s and was cancelled."),
        ),
        MutantResult(mutant=lost, verdict=Verdict.UNDECIDED, message="The connection to the server was lost"),
    )
    return (
        MutationStarted(plan=plan),
        MutationWarned(sentence="Something is odd.", remedy="Mend it."),
        BaselineFinished(baseline=sample_baseline("t/a.sql"), at=at(1)),
        BaselineFinished(baseline=sample_baseline("t/b.sql"), at=at(2)),
        *(
            event
            for place, result in enumerate(results)
            for event in (
                MutantStarted(mutant=result.mutant, worker=1 + place % 2, at=at(3 + place)),
                MutantFinished(result=result, at=at(4 + place)),
            )
        ),
        MutationFinished(at=at(75), elapsed_s=75.0),
    )
