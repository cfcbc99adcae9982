"""Runs, told in events, that contain everything that a report has to cope with."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from io import StringIO
from uuid import UUID

import pytest

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
from pgassay.model.place import Place
from pgassay.model.suite import (
    Environment,
    FileResult,
    Outcome,
    Problem,
    Run,
    RunOptions,
    TestFile,
    Trouble,
)
from pgassay.report.choice import load_format
from pgassay.report.reporter import ReportOptions

START = datetime(2025, 3, 4, 5, 6, 7, tzinfo=UTC)
HOSTILE = "[red]no <b>markup</b>[/red] \x1b[31m| `x` # TODO &amp; ::error::x"

Events = tuple[SuiteEvent, ...]


@pytest.fixture
def green_run() -> Events:
    """Two files, all is well."""
    return told([contacts(), result("sql/tests/security/roles.sql", [passed(1, "anon reads nothing")])])


@pytest.fixture
def busy_run() -> Events:
    """One file of every outcome, with every kind of trouble and warning worth showing."""
    return told(
        [contacts(), stages(), policies(), not_here(), plans(), slow(), flaky(), unfinished(), migration()],
        retried=[flaky_attempt()],
        warned=[Warned(sentence="The store cannot be reached.", remedy="pgassay store status")],
    )


@pytest.fixture
def report() -> Callable[..., str]:
    """Feed events to a format and give the text that it wrote."""

    def write(name: str, events: Iterable[SuiteEvent], *, options: ReportOptions | None = None) -> str:
        out = StringIO()
        reporter = load_format(name).open_reporter(out, options=options or ReportOptions())
        for event in events:
            reporter.see(event)
        reporter.close()
        return out.getvalue()

    return write


def told(
    results: list[FileResult], *, retried: Iterable[FileResult] = (), warned: Iterable[Warned] = ()
) -> Events:
    """Tell a run in the order in which an engine would."""
    run = Run(
        id=UUID("11111111-2222-3333-4444-555555555555"),
        started_at=START,
        name="nightly",
        environment=Environment(
            target="host=db.example.com dbname=crm user=tester",
            server_version="17.2",
            database="crm",
            role="tester",
            pgtap="1.3.3",
            client="pgassay 0.1",
            host="ci-7",
            commit="0123abc",
            production=True,
        ),
        options=RunOptions(jobs=2),
        files=tuple(each.file for each in results),
    )
    events: list[SuiteEvent] = [RunStarted(run=run), *warned]
    for attempt in retried:
        events += [*file_events(attempt), FileRetried(result=attempt)]
    for each in results:
        events += [*file_events(each), FileFinished(result=each)]
    return (*events, RunFinished(at=START + timedelta(seconds=3.21), elapsed_s=3.21))


def file_events(finished: FileResult) -> list[SuiteEvent]:
    if finished.outcome is Outcome.NOT_RUN:
        return []
    start = FileStarted(
        file=finished.file, at=finished.started_at, worker=finished.worker, attempt=finished.attempt
    )
    lines = [AssertionFinished(path=finished.file.path, assertion=each) for each in finished.assertions]
    return [start, *lines]


def result(
    path: str, assertions: Iterable[Assertion] = (), *, outcome: Outcome = Outcome.PASSED, **rest: object
) -> FileResult:
    tests = tuple(assertions)
    values: dict[str, object] = {
        "file": TestFile(path=path, category=path.split("/")[2]),
        "started_at": START,
        "elapsed_s": 0.034,
        "planned": len(tests),
        "output": tap_of(tests),
    }
    return FileResult(outcome=outcome, assertions=tests, **{**values, **rest})  # type: ignore[arg-type]


def tap_of(assertions: tuple[Assertion, ...]) -> tuple[str, ...]:
    """Print assertions as a file would have."""
    lines = [f"1..{len(assertions)}"]
    for each in assertions:
        directive = f" # {each.directive} {each.reason}" if each.directive else ""
        word = "ok" if each.ok else "not ok"
        lines += [f"{word} {each.position} - {each.description}{directive}", *each.diagnostics]
    return tuple(lines)


def passed(position: int, description: str, *, elapsed_ms: float | None = 1.25) -> Assertion:
    return Assertion(
        position=position, number=position, ok=True, description=description, elapsed_ms=elapsed_ms
    )


def failed(position: int, description: str, *diagnostics: str, place: Place | None = None) -> Assertion:
    announced = f'# Failed test {position}: "{description}"'
    return Assertion(
        position=position,
        number=position,
        ok=False,
        description=description,
        diagnostics=(announced, *diagnostics),
        elapsed_ms=2.5,
        place=place,
    )


def contacts() -> FileResult:
    return result(
        "sql/tests/unit/contacts.sql",
        [passed(1, "contacts exists"), passed(2, "email is unique"), passed(3, "", elapsed_ms=None)],
        notices=("NOTICE:  contacts seeded",),
    )


def stages() -> FileResult:
    path = "sql/tests/unit/opportunity_stages.sql"
    return result(
        path,
        [
            passed(1, "stages are ordered"),
            failed(
                2,
                "a won opportunity stays won",
                "#         have: (42,open,2025-01-01)",
                "#         want: (42,won,2025-01-01)",
                place=Place(path=path, line=18),
            ),
            failed(
                3,
                "stage history is complete",
                "#     Results differ beginning at row 3:",
                "#         have: NULL",
                "#         want: (negotiation)",
                place=Place(path="sql/tests/history.inc", line=7),
            ),
            failed(4, "note", "#         have: first", "# second", "#         want: other"),
        ],
        outcome=Outcome.FAILED,
        elapsed_s=0.31,
        worker=1,
        problems=(Problem(trouble=Trouble.FAILED_TESTS, message="3 of 4 tests failed."),),
    )


def policies() -> FileResult:
    path = "sql/tests/security/policies.sql"
    beyond = Assertion(position=3, number=3, ok=True, description="one too many", unplanned=True)
    return result(
        path,
        [
            failed(1, HOSTILE, "#       caught: no exception", "#       wanted: 42501"),
            passed(2, "owner reads own rows"),
            beyond,
        ],
        outcome=Outcome.FAILED,
        elapsed_s=1.204,
        planned=2,
        problems=(
            Problem(trouble=Trouble.FAILED_TESTS, message="2 of 3 tests failed."),
            Problem(trouble=Trouble.BAD_PLAN, message="You planned 2 tests but ran 3."),
        ),
    )


def not_here() -> FileResult:
    return result(
        "sql/tests/security/vault.sql", outcome=Outcome.SKIPPED, skip_reason="no vault here", elapsed_s=0.004
    )


def plans() -> FileResult:
    path = "sql/tests/performance/plans.sql"
    return result(
        path,
        [passed(1, "the lookup uses its index")],
        outcome=Outcome.FAILED,
        elapsed_s=0.087,
        planned=None,
        notices=("WARNING:  there is no transaction in progress",),
        problems=(
            Problem(
                trouble=Trouble.DIED,
                message='column "nme" does not exist',
                place=Place(path=path, line=24),
                detail=(
                    "LINE 1: select is(nme, 'x') from contacts;",
                    "                  ^",
                    'HINT:  Perhaps you meant to reference the column "contacts.name".',
                ),
                sqlstate="42703",
            ),
        ),
    )


def slow() -> FileResult:
    return result(
        "sql/tests/integration/import_of_a_million_contacts_from_the_old_system.sql",
        [passed(1, "import starts")],
        outcome=Outcome.TIMED_OUT,
        elapsed_s=600.2,
        planned=9,
        problems=(Problem(trouble=Trouble.TIMED_OUT, message="The file was stopped after 10 min 00 s."),),
    )


def flaky_attempt() -> FileResult:
    return result(
        "sql/tests/integration/queue.sql",
        [failed(1, "the queue drains", "#         have: 1", "#         want: 0")],
        outcome=Outcome.FAILED,
        elapsed_s=0.05,
    )


def flaky() -> FileResult:
    return result(
        "sql/tests/integration/queue.sql",
        [passed(1, "the queue drains", elapsed_ms=48.0)],
        outcome=Outcome.FLAKY,
        attempt=2,
        elapsed_s=0.05,
    )


def unfinished() -> FileResult:
    path = "sql/tests/integration/merge.sql"
    return result(
        path,
        [
            directed(1, False, "merge keeps notes", Directive.TODO, reason="needs the new trigger"),
            directed(2, True, "merge keeps tags", Directive.TODO, reason="soon"),
            directed(3, True, "merge of 10 M rows", Directive.SKIP, reason="too slow here"),
            passed(4, "merge keeps owners"),
        ],
        warnings=(
            Problem(trouble=Trouble.TODO_PASSED, message="A TODO test passes."),
            Problem(
                trouble=Trouble.COMMITTED,
                message="The file commits a transaction; its changes stay.",
                place=Place(path=path, line=12),
            ),
        ),
    )


def directed(position: int, ok: bool, description: str, directive: Directive, *, reason: str) -> Assertion:
    return Assertion(
        position=position, number=position, ok=ok, description=description, directive=directive, reason=reason
    )


def migration() -> FileResult:
    return result(
        "sql/tests/migration/forward.sql", outcome=Outcome.NOT_RUN, elapsed_s=0.0, planned=None, output=()
    )
