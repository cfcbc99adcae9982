from pathlib import Path

import pytest

from pgassay.checks.load import parse_check, without_clashes
from pgassay.model.check import Area, Level, Need, NeedKind, Parameter, ParameterKind
from pgassay.model.errors import UsageError
from pgassay.parse.check_file import read_check

WHOLE = """\
-- title: Tables that nobody analyzed
-- level: warning
-- since: 15
-- until: 17
-- area: health, post-migration
-- needs: extension pg_stat_statements
-- needs: superuser
-- scans: the tables that are named
-- parameter: least_rows = 1000 (number) tables with fewer rows
--   are left alone
-- help: analyze {object};
--
-- Plans are guesses without statistics.
-- It does not see partitions.

select c.oid::regclass::text as object, '' as detail
from pg_class as c
where c.reltuples > :'least_rows'::int;

-- breaks: a table that was never analyzed
-- with: least_rows = 1
-- expect: info
create table t (i int);
insert into t select 1;

-- holds: an empty database
"""


def test_a_whole_file() -> None:
    read = read_check(WHOLE, path="checks/never_analyzed.later.sql", area=Area.HEALTH)

    info = read.info
    assert info.name == "never_analyzed"
    assert info.title == "Tables that nobody analyzed"
    assert info.level is Level.WARNING
    assert info.areas == (Area.HEALTH, Area.POST_MIGRATION)
    assert (info.since, info.until) == (15, 17)
    assert info.needs == (
        Need(kind=NeedKind.EXTENSION, name="pg_stat_statements"),
        Need(kind=NeedKind.SUPERUSER),
    )
    assert info.parameters == (
        Parameter(
            name="least_rows",
            default="1000",
            kind=ParameterKind.NUMBER,
            help="tables with fewer rows are left alone",
        ),
    )
    assert info.scans == "the tables that are named"
    assert info.help == "analyze {object};"
    assert info.reason == "Plans are guesses without statistics.\nIt does not see partitions."
    assert read.sql.startswith("select c.oid") and read.sql.endswith("::int;")
    assert WHOLE.splitlines()[read.query_line - 1].startswith("select")
    breaks, holds = read.examples
    assert (breaks.expect, holds.expect) == (Level.INFO, None)
    assert breaks.parameters == (("least_rows", "1"),)
    assert breaks.sql == "create table t (i int);\ninsert into t select 1;"
    assert str(breaks.place) == "checks/never_analyzed.later.sql:20"
    assert holds.sql == ""


def test_parameters_travel_bound() -> None:
    check = parse_check(WHOLE, path="checks/never_analyzed.sql")

    assert check.query.parameters == ("least_rows",)
    assert "c.reltuples > $1::int" in check.query.text


MINIMAL = """\
-- title: T
-- level: failed
-- help: H
--
-- R

select 1

-- breaks: a
-- holds: b
"""


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ("-- title: T\n", "", 1, "has no 'title'"),
        ("-- level: failed", "-- level: error", 2, "'error' is no level"),
        ("-- level: failed", "-- levle: failed", 2, "Did you mean 'level'"),
        ("-- help: H", "-- help:", 3, "'help' has no value"),
        ("-- help: H", "-- help: H\n-- title: U", 4, "given twice"),
        ("-- help: H", "-- help: H\n-- since: new", 4, "no major version"),
        ("-- help: H", "-- help: H\n-- since: 16\n-- until: 15", 5, "before since 16"),
        ("-- help: H", "-- help: H\n-- area: helth", 4, "Did you mean 'health'"),
        ("-- help: H", "-- help: H\n-- needs: extention x", 4, "Did you mean 'extension'"),
        ("-- help: H", "-- help: H\n-- needs: extension", 4, "incomplete"),
        ("-- help: H", "-- help: H\n-- parameter: a = 1", 4, "is no parameter"),
        ("-- help: H", "-- help: H\n-- parameter: a = 1 (int) whole", 4, "is no parameter"),
        ("select 1\n", "", 8, "there is no query"),
        ("-- breaks: a\n", "", 9, "no example '-- breaks: …'"),
        ("-- holds: b\n", "", 9, "no example '-- holds: …'"),
        ("-- breaks: a\n", "-- breaks:\n", 9, "does not say what it shows"),
        ("-- breaks: a\n", "-- breaks: a\n-- with: x\n", 10, "'x' is no parameter"),
        ("-- holds: b\n", "-- holds: b\n-- expect: info\n", 11, "only an example that breaks"),
        ("-- holds: b\n", "-- examples: none\n", 10, "may only say 'none'"),
    ],
)
def test_what_is_no_check_is_refused_with_its_place(old: str, new: str, line: int, what: str) -> None:
    text = MINIMAL.replace(old, new)
    assert text != MINIMAL

    with pytest.raises(UsageError) as caught:
        read_check(text, path="checks/odd.sql")

    assert what in f"{caught.value.sentence} {caught.value.remedy}"
    assert caught.value.sentence.startswith(f"checks/odd.sql:{line}: ")


def test_a_reason_may_stand_for_the_examples() -> None:
    text = MINIMAL.replace("-- breaks: a\n-- holds: b", "-- examples: none it takes a standby")

    read = read_check(text, path="checks/odd.sql")

    assert read.without_examples == "it takes a standby"
    assert read.examples == ()


def test_a_check_without_an_area_is_the_projects_own() -> None:
    assert read_check(MINIMAL, path="checks/odd.sql").info.areas == (Area.PROJECT,)


def test_a_name_is_a_word() -> None:
    with pytest.raises(UsageError, match="'Odd-One' is no name"):
        read_check(MINIMAL, path=str(Path("checks") / "Odd-One.sql"))


@pytest.mark.parametrize("line", ["-- parameter: a = x (number) n", "-- parameter: a = 1 (boolean) n"])
def test_a_default_fits_its_kind(line: str) -> None:
    with pytest.raises(UsageError, match=r"checks\.odd\.a is"):
        parse_check(MINIMAL.replace("-- help: H", f"-- help: H\n{line}"), path="checks/odd.sql")


def test_an_example_may_only_give_parameters_that_there_are() -> None:
    text = MINIMAL.replace("-- holds: b", "-- holds: b\n-- with: rows = 1")
    with pytest.raises(UsageError, match="no parameter 'rows'"):
        parse_check(text, path="checks/odd.sql")


def test_checks_of_one_name_are_for_different_versions() -> None:
    first = parse_check(MINIMAL.replace("-- help: H", "-- help: H\n-- until: 15"), path="checks/odd.sql")
    later = parse_check(MINIMAL.replace("-- help: H", "-- help: H\n-- since: 16"), path="checks/odd.new.sql")
    other = parse_check(MINIMAL, path="more/odd.sql")

    assert without_clashes([first, later]) == (first, later)
    with pytest.raises(UsageError, match=r"more/odd\.sql: There is another check of that name"):
        without_clashes([first, later, other])
