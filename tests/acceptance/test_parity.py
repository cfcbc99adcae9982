"""``pgassay test`` says of every psql script what pg_prove says: verdict, plan, counts and exit status.

pg_prove ran each script alone, in a database of its own. pgassay must come to the same result when it runs
them all in one command, where sessions pass from one script to the next.

Where pg_prove is silently green, pgassay warns, and with ``--strict`` it fails: ``differences.json`` has
every warning that the corpus gives, so that a false alarm is a failure here too.
"""

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor

import pytest

from fix_parity import PG_PROVE, Corpus, database_of, names, run_pg_prove, run_pgassay
from fix_server import fresh_database
from parity_facts import Found, found_by_pgassay, read_differences, read_expected
from pgassay.model.exits import Exit
from pgassay.model.suite import FileResult, Trouble
from pgassay.pg.cluster import Server
from pgassay.pg.target import Target

EXPECTED = read_expected()
DIFFERENCES = read_differences()
BAILING = tuple(name for name in names() if name.startswith("bail_out_") and EXPECTED[name].exit)
"""They stop the run, so each needs a run of its own."""
TOGETHER = tuple(name for name in names() if name not in BAILING)
ALONE = (
    *BAILING,
    "copy_stdin_unterminated.sql",
    "empty.sql",
    "error_after_finish.sql",
    "error_backend_terminated.sql",
    "meta_shell_tap.sql",
    "plan_all_pass.sql",
    "plan_one_failure.sql",
    "skip_whole_file.sql",
    "todo_failing.sql",
    "todo_passing.sql",
)
"""One of each kind of end, to see the exit status of the command."""
NOT_YET = frozenset(
    {
        "schema_list.sql",
    }
)
"""Where pgassay does not say what pg_prove says yet. A name leaves when its script agrees."""


def _with_its_mark(name: str) -> object:
    # What leaks depends on who had the session before, so it need not fail each time.
    marks = [pytest.mark.xfail(strict=not name.startswith("session_"))] if name in NOT_YET else []
    return pytest.param(name, marks=marks)


@pytest.fixture
def own_database(server15: Server, parity_template: Target) -> Iterator[Target]:
    """A copy of the template for one run."""
    with fresh_database(server15, template=database_of(parity_template)) as target:
        yield target


@pytest.fixture(scope="module")
def run_together(
    corpus: Corpus, server15: Server, parity_template: Target
) -> Mapping[str, dict[str, FileResult]]:
    """What one command says of all scripts: over one session after another, or on clones side by side."""
    found = {}
    for isolation, jobs in (("shared", "1"), ("clone", "2")):
        with fresh_database(server15, template=database_of(parity_template)) as target:
            results, status = run_pgassay(
                corpus, TOGETHER, "--isolation", isolation, "-j", jobs, target=target
            )
        assert status == Exit.RED
        found[isolation] = results
    return found


@pytest.mark.parametrize("isolation", ["shared", "clone"])
@pytest.mark.parametrize("name", [*map(_with_its_mark, TOGETHER)])
def test_agrees_among_all_others(
    name: str, isolation: str, run_together: Mapping[str, dict[str, FileResult]]
) -> None:
    result = run_together[isolation][name]
    expected = EXPECTED[name].for_pgassay()
    assert found_by_pgassay(result, expected.exit) == expected
    assert warned(result) == warnings_of(name)


@pytest.mark.parametrize("name", [*ALONE, *(pytest.param(n, marks=pytest.mark.soak) for n in TOGETHER)])
def test_agrees_alone(name: str, corpus: Corpus, own_database: Target) -> None:
    results, status = run_pgassay(corpus, [name], target=own_database)
    assert found_by_pgassay(results[name], status) == EXPECTED[name].for_pgassay()


def test_strict_fails_where_pg_prove_is_silent(corpus: Corpus, own_database: Target) -> None:
    results, status = run_pgassay(
        corpus, sorted(DIFFERENCES), "--strict", "--isolation", "clone", target=own_database
    )
    assert status == Exit.RED
    assert all(result.red for result in results.values())
    for name, result in results.items():
        assert {each.trouble.value for each in result.problems} >= warnings_of(name)


@pytest.mark.skipif(PG_PROVE is None, reason="pg_prove is not installed")
@pytest.mark.parametrize("every", [7, pytest.param(1, marks=pytest.mark.soak)])
def test_pg_prove_still_says_what_is_expected(
    every: int, corpus: Corpus, server15: Server, parity_template: Target
) -> None:
    scripts = corpus.names[::every]

    def run(name: str) -> Found:
        with fresh_database(server15, template=database_of(parity_template)) as target:
            return run_pg_prove(corpus, name, target=target)

    with ThreadPoolExecutor(max_workers=2) as pool:
        found = dict(zip(scripts, pool.map(run, scripts), strict=True))
    assert found == {name: EXPECTED[name] for name in scripts}


def test_every_script_has_an_expectation() -> None:
    assert set(EXPECTED) == set(names())
    assert set(DIFFERENCES) <= set(EXPECTED)


def warned(result: FileResult) -> set[str]:
    """The warnings of a file, without those that pg_prove gives as well."""
    return {each.trouble.value for each in result.warnings} - {Trouble.TODO_PASSED.value}


def warnings_of(name: str) -> set[str]:
    """The warnings that a script is expected to give."""
    return set(DIFFERENCES[name].warns) if name in DIFFERENCES else set()
