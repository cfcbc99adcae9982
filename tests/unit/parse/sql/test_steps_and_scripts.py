"""Steps of a psql script, and whole scripts before anything is sent."""

import pytest

from pgassay.parse.sql.finding import Finding, Verdict
from pgassay.parse.sql.script import judge_script
from pgassay.parse.sql.steps import judge_step
from script_steps import steps_of
from unit.parse.sql.judging import known


def _open(name: str, _relative_to: str | None) -> str:
    return {"other.sql": "\n\ntruncate app.users;\n"}[name]


def script(text: str, **variables: str) -> tuple[Finding, ...]:
    return judge_script(text, path="a.sql", open_file=_open, known=known(), variables=variables)


def stops(text: str, **variables: str) -> list[tuple[str, str]]:
    found = script(text, **variables)
    return [(each.rule, str(each.place)) for each in found if each.verdict is not Verdict.ALLOWED]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("\\copy app.users to 'a.csv'", "files_and_programs"),
        ("\\copy app.users to program 'cat'", "psql_only"),
        ("select 1 \\g out.txt", "files_and_programs"),
        ("select 1 \\g | cat", "psql_only"),
        ("\\! ls", "psql_only"),
        ("\\set a `ls`", "psql_only"),
        ("\\o | cat\nselect 1;", "psql_only"),
        ("select 1 \\watch", "psql_only"),
        ("\\c other", "connections"),
        ("\\encoding SJIS", "guarded_settings"),
        ("select 'truncate app.users' \\gexec", "strong_locks"),
        ("select format('drop table %I', a) from b \\gexec", "strong_locks"),
        ("\\copy (select pg_terminate_backend(1)) to stdout", "outside_effects"),
        ("truncate app.users;", "strong_locks"),
        ("select 1\\; commit\\; select 2;", "commits"),
    ],
)
def test_a_step_is_judged(text: str, rule: str) -> None:
    around = known()
    found = [each for step in steps_of(text) for each in judge_step(step, known=around)]
    assert rule in {each.rule for each in found if each.verdict is Verdict.REFUSED}


@pytest.mark.parametrize(
    "text",
    [
        "\\copy t from 'a.csv'",
        "\\copy app.users to stdout",
        "\\echo commit",
        "\\encoding LATIN1",
        "\\q",
        "\\t",
        "\\timing",
    ],
)
def test_a_step_that_stays_on_this_side_is_let_through(text: str) -> None:
    around = known()
    assert [each for step in steps_of(text) for each in judge_step(step, known=around)] == []


def test_what_gexec_makes_of_a_table_is_a_note() -> None:
    (found,) = script("select a from b \\gexec")
    assert (found.rule, found.verdict) == ("unreadable", Verdict.ALLOWED)


def test_every_branch_and_every_include_is_read() -> None:
    text = "\\if false\ncommit;\n\\else\n\\i other.sql\n\\endif\n\\i missing.sql\nvacuum;\n"
    text = text.replace("\\i missing.sql\n", "")
    assert stops(text) == [
        ("commits", "a.sql:2"),
        ("strong_locks", "other.sql:3"),
        ("not_transactional", "a.sql:6"),
    ]


def test_data_are_not_statements() -> None:
    assert stops("create temp table t (a text);\ncopy t from stdin;\ncommit;\n\\.\nselect 1;\n") == []
    assert stops("copy t from stdin;\n\\.\ncommit;\n") == [("commits", "a.sql:3")]


def test_a_variable_that_is_known_is_read_and_one_that_is_not_is_left_for_later() -> None:
    assert stops(":what app.users;", what="truncate") == [("strong_locks", "a.sql:1")]
    (found,) = script("select x as what \\gset\n:what app.users;")
    assert (found.rule, found.verdict, found.place.line) == ("unreadable", Verdict.ALLOWED, 2)
    assert stops("selec a::text;") == [("unreadable", "a.sql:1")]
    assert stops("select lives_ok(q) from b where c = ':what';") == [("unreadable", "a.sql:1")]


def test_a_script_that_cannot_be_read_to_its_end_is_judged_as_far_as_it_goes() -> None:
    assert stops("commit;\nselect 'never closed") == [("commits", "a.sql:1")]
