"""Which files run, in which order, how often, and by which engine."""

from dataclasses import replace

import pytest

from fix_suite import Done, Project, failing, not_run, passing
from pgassay.model.assertion import Assertion
from pgassay.model.events.suite import FileStarted
from pgassay.model.execution import Engine
from pgassay.model.exits import Exit
from pgassay.model.suite import Outcome, Trouble

COUNTS = passing("ok(nextval('ended') > 0, 'one more')")
WAITS = passing(
    "pass('slow')",
    body="""do $$ begin
    for turn in 1..3000 loop
        exit when (select ended.last_value >= enough.number from ended, enough);
        perform pg_sleep(0.02);
    end loop;
end $$;""",
)
"""A file that goes on when as many others as are enough have run."""


def listed(done: Done) -> list[str]:
    """The paths that ``--list`` prints."""
    assert done.status == Exit.OK
    return done.stdout.split()


def took(project: Project, **seconds: float) -> None:
    """Have files taken so long in all runs so far, whatever the machine made of it."""
    for name, time in seconds.items():
        known = f"set elapsed_s = {time} where path = '{name}.sql'"
        project.command(f"update prod_test_schema.test_file_results {known}")


def test_the_slowest_file_starts_first_once_it_is_known(project: Project) -> None:
    project.command("create sequence ended; create table enough as select 2 as number")
    project.write(a=COUNTS, b=COUNTS, c=WAITS, d=COUNTS)

    first = project.test(".", record=True)
    took(project, a=0.1, b=0.1, c=0.4, d=0.1)
    project.command("update enough set number = 6")
    second = project.test(".", "-j", "2", record=True)

    assert first.planned == ["a.sql", "b.sql", "c.sql", "d.sql"]
    assert list(first.results) == first.planned
    assert second.planned[0] == "c.sql"
    started = [each.file.path for each in second.events if isinstance(each, FileStarted)]
    assert started == second.planned
    assert list(second.results)[:2] == ["a.sql", "b.sql"]  # while it went on


def test_categories_run_in_the_order_of_safety(project: Project) -> None:
    for category in ("migration", "integration", "performance", "unit", "security", "own"):
        project.put(f"sql/tests/{category}/a.sql", passing())

    assert listed(project.test("--list", "--all-categories")) == [
        f"sql/tests/{category}/a.sql"
        for category in ("unit", "security", "performance", "integration", "own", "migration")
    ]
    assert "sql/tests/migration/a.sql" not in listed(project.test("--list"))
    assert listed(project.test("--list", "--migration")) == ["sql/tests/migration/a.sql"]
    assert listed(project.test("--list", "--category", "unit", "--integration")) == [
        "sql/tests/unit/a.sql",
        "sql/tests/integration/a.sql",
    ]


def test_shards_together_run_everything_exactly_once(project: Project) -> None:
    project.write(a=passing(), b=passing(), c=passing(), d=passing(), e=passing())
    project.test(".", record=True)
    took(project, a=0.1, b=0.4, c=0.1, d=0.1, e=0.4)

    chosen = [listed(project.test(".", "--list", "--shard", f"{index}/2", record=True)) for index in (1, 2)]
    ran = [list(project.test(".", "--shard", f"{index}/2").results) for index in (1, 2)]

    for shards in (chosen, ran):
        assert sorted(shards[0] + shards[1]) == ["a.sql", "b.sql", "c.sql", "d.sql", "e.sql"]
    assert all(each[0] in ("b.sql", "e.sql") for each in chosen)


def test_after_the_first_red_file_no_other_starts(project: Project) -> None:
    project.write(a=passing(), b=failing(), c=passing(), d=passing())

    done = project.test(".", "--fail-fast")

    assert done.status == Exit.RED
    assert done.outcomes["a.sql"] == "passed"
    assert not_run(done) == ["c.sql", "d.sql"]


def test_only_what_failed_last_runs_again(project: Project) -> None:
    dies = "begin;\nselect plan(1);\nselect 1/0;\n"
    project.write(a=passing(), b=failing(), c=dies, d=passing())
    project.test(".", record=True)
    took(project, a=0.1, b=0.2, c=0.1, d=0.1)
    again = listed(project.test(".", "--list", "--last-failed", record=True))
    project.write(b=passing())

    second = project.test(".", "--last-failed", record=True)
    third = project.test(".", "--last-failed", record=True)

    assert again == ["b.sql", "c.sql"]
    assert list(second.results) == ["b.sql", "c.sql"]
    assert list(third.results) == ["c.sql"]
    project.write(c=passing())
    project.test(".", record=True)
    nothing = project.test(".", "--last-failed", record=True)
    assert (nothing.status, nothing.results) == (Exit.USAGE, {})
    assert "did not fail the last time" in nothing.stderr


FLAKY = passing("cmp_ok(nextval('tries')::int, '>', 1, 'at the second try')")


def test_a_file_that_passes_when_it_is_tried_again_is_flaky(project: Project) -> None:
    project.command("create sequence tries")
    project.write(a=FLAKY, b=passing())

    done = project.test(".", "--retries", "2", record=True)

    assert done.status == Exit.OK
    assert done.outcomes == {"a.sql": "flaky", "b.sql": "passed"}
    assert [(each.file.path, each.attempt, each.outcome) for each in done.retried] == [
        ("a.sql", 1, Outcome.FAILED)
    ]
    assert done.results["a.sql"].attempt == 2
    assert "flaky" in done.stdout.lower()
    attempts = "select outcome, attempt, final from prod_test_schema.test_file_results where path = 'a.sql'"
    assert sorted(project.ask(attempts)) == [("failed", 1, False), ("flaky", 2, True)]


def test_a_flaky_file_is_red_when_the_run_is_strict(project: Project) -> None:
    project.command("create sequence tries")
    project.write(a=FLAKY)

    done = project.test(".", "--retries", "2", "--strict")

    assert done.status == Exit.RED
    assert "passed only on attempt 2" in done.complaint("a.sql")


def test_a_file_that_never_passes_is_tried_as_often_as_asked(project: Project) -> None:
    project.write(a=failing())

    done = project.test(".", "--retries", "2")

    assert done.status == Exit.RED
    assert [each.attempt for each in done.retried] == [1, 2]
    assert done.results["a.sql"].attempt == 3


XUNIT = """
create schema suite;
create function suite.test_one() returns setof text language sql as $$ select pgtap.pass('one') $$;
create function suite.test_two() returns setof text language sql as $$ select pgtap.is(1, 2, 'two') $$;
create function suite.check_it() returns setof text language sql as $$ select pgtap.pass('checked') $$;
"""


def test_functions_in_the_database_are_tests(project: Project) -> None:
    project.command(XUNIT)

    every = project.test("--runtests", "--schema", "suite")
    some = project.test("--runtests", "--schema", "suite", "--match", "^(check|test_one)")

    assert (every.status, some.status) == (Exit.RED, Exit.OK)
    (result,) = every.results.values()
    assert [(each.description, each.ok) for each in result.assertions] == [
        ("suite.test_one", True),
        ("suite.test_two", False),
    ]
    (chosen,) = some.results.values()
    assert [each.description for each in chosen.assertions] == ["suite.check_it", "suite.test_one"]


def test_a_head_comment_says_what_a_file_is(project: Project) -> None:
    project.write(
        tests__unit__plain=passing(),
        tests__unit__head="-- pgassay: critical, category security, tags slow money\n" + passing(),
        tests__unit__named=passing(),
    )
    project.put("pgassay.toml", '[suite]\ncritical = ["*/named.sql"]\n')

    assert listed(project.test("--list", "tests", "--critical-only")) == [
        "tests/unit/named.sql",
        "tests/unit/head.sql",
    ]
    assert listed(project.test("--list", "tests", "--tag", "money")) == ["tests/unit/head.sql"]
    assert listed(project.test("--list", "tests", "--category", "security")) == ["tests/unit/head.sql"]
    done = project.test("tests", "--critical-only")
    assert done.results["tests/unit/head.sql"].file.category == "security"


def test_variables_reach_every_engine(project: Project) -> None:
    text = passing("is(:'greeting'::text, 'it''s; \"me\"', 'as given')", "is(:number, 7)")
    project.write(a=text, b=text)

    for engine in ("native", "psql"):
        done = project.test(
            ".", "--set", "greeting=it's; \"me\"", "--set", "number=7", "--engine", engine
        )  # fmt: skip
        assert done.status == Exit.OK, done.complaint("a.sql")


MANY_FEATURES = {
    "plain.sql": passing("pass('a')", "ok(true, 'b')"),
    "fails.sql": failing("c"),
    "todo.sql": passing(body="select * from todo('later', 1);")
    .replace("plan(1)", "plan(2)")
    .replace("select * from finish", "select fail('not yet');\nselect * from finish"),
    "dies.sql": "begin;\nselect plan(2);\nselect pass('d');\nselect 1/0;\nselect pass('e');\n",
    "skips.sql": "\\echo '1..0 # SKIP not here'\n",
    "psql.sql": passing("pass('shown')", body="\\! true"),
    "meta.sql": "\\set v 1\n\\if :{?v}\n" + passing("is(:v, 1)") + "\\else\nselect nothing;\n\\endif\n",
    "copy.sql": passing(
        "is((select sum(a)::int from t), 3)",
        body="create temp table t (a int);\ncopy t from stdin;\n1\n2\n\\.",
    ),
}


@pytest.fixture
def features(project: Project) -> Project:
    """A project with one file for each of several features."""
    for name, text in MANY_FEATURES.items():
        project.put(name, text)
    return project


def test_every_engine_comes_to_the_same_result(features: Project) -> None:
    found = {}
    for engine in ("native", "psql", "auto"):
        done = features.test(".", "--engine", engine)
        assert done.status == Exit.RED
        found[engine] = {
            path: (result.outcome, result.planned, [plain(each) for each in result.assertions])
            for path, result in done.results.items()
        }
        if engine != "psql":
            assert done.results["psql.sql"].engine is (Engine.NATIVE if engine == "native" else Engine.PSQL)

    refused = found["native"].pop("psql.sql")
    assert refused[0] is Outcome.FAILED
    assert found["auto"] == found["psql"]
    found["psql"].pop("psql.sql")
    assert found["native"] == found["psql"]


def test_what_only_psql_can_do_is_refused_when_it_must_not_run(features: Project) -> None:
    done = features.test("psql.sql", "plain.sql", "--engine", "native")

    assert done.status == Exit.RED
    assert done.outcomes["plain.sql"] == "passed"
    assert done.troubles("psql.sql")[0] is Trouble.BAD_SCRIPT
    assert done.complaint("psql.sql").startswith("psql.sql:3: \\! needs the real psql")
    assert "--engine auto" in done.complaint("psql.sql")


def plain(assertion: Assertion) -> Assertion:
    """Leave out what only our own engine knows."""
    return replace(assertion, elapsed_ms=None, place=None)


def test_behind_a_deployment_everything_runs_and_what_is_critical_first(project: Project) -> None:
    project.write(
        tests__migration__m=passing(),
        tests__unit__a=passing(),
        tests__unit__z="-- pgassay: critical\n" + passing(),
        tests__security__s=passing(),
    )
    done = project.test("tests", "--post-deployment", "--list")
    assert done.stdout.split() == [
        "tests/unit/z.sql",
        "tests/unit/a.sql",
        "tests/security/s.sql",
        "tests/migration/m.sql",
    ]
