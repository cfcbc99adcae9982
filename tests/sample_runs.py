"""Made-up runs of test files, as the events that an engine would say: plain ones, and arbitrary ones."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from hypothesis import strategies as st

from pgassay.model.assertion import Assertion, Directive
from pgassay.model.events.suite import (
    AssertionFinished,
    FileFinished,
    FileRetried,
    FileStarted,
    RunFinished,
    RunStarted,
    SuiteEvent,
    Warned,
)
from pgassay.model.execution import Engine, Isolation
from pgassay.model.place import Place
from pgassay.model.suite import Environment, FileResult, Outcome, Problem, Run, RunOptions, TestFile, Trouble
from pgassay.model.usage import Usage

MOMENT = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def assertions(passed: int, failed: int = 0) -> tuple[Assertion, ...]:
    """Give test lines, the failed ones last."""
    return tuple(
        Assertion(
            position=number,
            number=number,
            ok=number <= passed,
            description=f"test {number}",
            elapsed_ms=number / 8,
        )
        for number in range(1, passed + failed + 1)
    )


def result(
    path: str, outcome: Outcome = Outcome.PASSED, *, category: str = "unit", passed: int = 2, failed: int = 0
) -> FileResult:
    """Give the result of a file that took a second."""
    ran = outcome is not Outcome.NOT_RUN
    return FileResult(
        file=TestFile(path=path, category=category),
        outcome=outcome,
        started_at=MOMENT,
        elapsed_s=1.0 if ran else 0.0,
        planned=passed + failed if ran else None,
        assertions=assertions(passed, failed) if ran else (),
    )


def run_of(
    results: Iterable[FileResult], *, started_at: datetime = MOMENT, run_id: UUID | None = None
) -> Run:
    """Give the run that has these results' files."""
    return Run(
        id=run_id or uuid4(),
        started_at=started_at,
        name="sample",
        environment=Environment(target="dbname=sample", database="sample"),
        options=RunOptions(),
        files=tuple(each.file for each in results if each.attempt == 1),
    )


def events(
    run: Run, *attempts: FileResult, interrupted: bool = False, out_of_time: bool = False
) -> Iterator[SuiteEvent]:
    """Give the events of a run file by file; an attempt that is followed by another was retried."""
    yield RunStarted(run=run)
    for each in attempts:
        yield from file_events(each, final=not _tried_again(each, attempts))
    at = run.started_at + timedelta(seconds=9)
    yield RunFinished(at=at, elapsed_s=9.0, interrupted=interrupted, out_of_time=out_of_time)


def file_events(attempt: FileResult, *, final: bool = True) -> Iterator[SuiteEvent]:
    """Give the events of one attempt at a file."""
    if attempt.outcome is not Outcome.NOT_RUN:
        yield FileStarted(
            file=attempt.file, at=attempt.started_at, worker=attempt.worker, attempt=attempt.attempt
        )
    for line in attempt.assertions:
        yield AssertionFinished(path=attempt.file.path, assertion=line)
    yield FileFinished(result=attempt) if final else FileRetried(result=attempt)


def _tried_again(attempt: FileResult, attempts: Iterable[FileResult]) -> bool:
    return any(each.file.path == attempt.file.path and each.attempt > attempt.attempt for each in attempts)


_NASTY = (
    "",
    "\\",
    "\\N",
    "\\.",
    "NULL",
    "{}",
    '"',
    "'",
    ",",
    "\t",
    "\r\n",
    " ",
    "\\u0000",
    "\x01",
    "日本 ✓ 🐘 é",
)
_numbers = st.integers(min_value=0, max_value=2**31 - 1)
_floats = st.floats(min_value=0, max_value=1e6, allow_subnormal=False)
_moments = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
_texts = st.one_of(
    st.sampled_from(_NASTY),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30),
)
_measured = st.none() | _floats
_usages = st.builds(Usage, memory_mb=_measured, cpu_percent=_measured, cpu_ms=_measured)
_lines = st.lists(_texts, max_size=4).map(tuple)
_places = st.none() | st.builds(Place, path=_texts, line=_numbers)
_problems = st.lists(
    st.builds(
        Problem,
        trouble=st.sampled_from(Trouble),
        message=_texts,
        place=_places,
        detail=_lines,
        sqlstate=st.sampled_from(["", "42P01"]),
    ),
    max_size=2,
).map(tuple)


@st.composite
def _attempt(draw: st.DrawFn, file: TestFile, number: int) -> FileResult:
    lines = draw(
        st.lists(
            st.builds(
                Assertion,
                position=st.just(0),
                number=st.none() | _numbers,
                ok=st.booleans(),
                description=_texts,
                directive=st.sampled_from(Directive),
                reason=_texts,
                diagnostics=_lines,
                nested=_lines,
                unplanned=st.booleans(),
                elapsed_ms=st.none() | _floats,
                place=_places,
            ),
            max_size=5,
        )
    )
    return draw(
        st.builds(
            FileResult,
            file=st.just(file),
            outcome=st.sampled_from(Outcome),
            started_at=_moments,
            elapsed_s=_floats,
            worker=st.integers(0, 64),
            attempt=st.just(number),
            engine=st.sampled_from(Engine),
            planned=st.none() | st.integers(0, 100_000),
            skip_reason=_texts,
            assertions=st.just(tuple(replace(line, position=at) for at, line in enumerate(lines, 1))),
            problems=_problems,
            warnings=_problems,
            notices=_lines,
            output=_lines,
            queries=st.none() | st.integers(0, 100_000),
            slow_queries=st.none() | st.integers(0, 100_000),
            usage=_usages,
        )
    )


@st.composite
def arbitrary_runs(draw: st.DrawFn) -> list[SuiteEvent]:
    """Any run that an engine could have, file by file, its warnings at the end."""
    files = draw(
        st.lists(
            st.builds(
                TestFile,
                path=_texts,
                category=st.sampled_from(["unit", "security", "own ✓"]) | _texts,
                critical=st.booleans(),
                timeout_s=st.none() | _floats,
                isolation=st.none() | st.sampled_from(Isolation),
                tags=_lines,
                expected_s=st.none() | _floats,
            ),
            max_size=4,
            unique_by=lambda file: file.path,
        )
    )
    run = Run(
        id=draw(st.uuids()),
        started_at=draw(_moments),
        name=draw(_texts),
        environment=draw(st.builds(Environment, host=_texts, target=st.just("dbname=x"), ci=_texts)),
        options=draw(st.builds(RunOptions, timeout_s=st.none() | _floats, shard=_texts)),
        files=tuple(files),
    )
    attempts = [
        draw(_attempt(file, number)) for file in files for number in range(1, draw(st.integers(1, 2)) + 1)
    ]
    told = list(events(run, *attempts))
    warnings = draw(st.lists(st.builds(Warned, sentence=_texts, remedy=_texts), max_size=2))
    end = draw(
        st.builds(
            RunFinished,
            at=_moments,
            elapsed_s=_floats,
            interrupted=st.booleans(),
            out_of_time=st.booleans(),
            bail_out=st.none() | _texts,
        )
    )
    return [*told[:-1], *warnings, end]
