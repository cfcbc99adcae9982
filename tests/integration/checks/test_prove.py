"""Examples are run as they say, found out where they show something else, and undone."""

from collections.abc import Iterator

import pytest

from pgassay.checks.load import parse_check
from pgassay.checks.prove import prove
from pgassay.pg.cluster import Server
from pgassay.pg.wire import Wire

TEXT = """\
-- title: Tables called odd
-- level: LEVEL
-- parameter: name = odd (text) what they are called
-- help: drop table {object};
--
-- A reason.

QUERY

-- breaks: an odd table
create table public.odd (i int);

-- holds: another table
create table public.even (i int);
"""
QUERY = """select c.oid::regclass::text as object, '' as detail
from pg_catalog.pg_class as c where c.relname = :'name';"""


@pytest.fixture
def wire(server18: Server) -> Iterator[Wire]:
    connection = Wire.connect(server18.target, application="pgassay tests")
    yield connection
    connection.close()


def faults(wire: Wire, *, query: str = QUERY, level: str = "failed", more: str = "") -> list[str]:
    text = TEXT.replace("QUERY", query).replace("LEVEL", level) + more
    check = parse_check(text, path="checks/odd_tables.sql")
    return [prove(wire, check, example).fault for example in check.examples]


def test_examples_that_show_what_they_say(wire: Wire) -> None:
    assert faults(wire) == ["", ""]


def test_what_an_example_makes_is_gone_afterwards(wire: Wire) -> None:
    faults(wire)

    assert wire.run("select count(*) from pg_class where relname in ('odd', 'even')")[-1].rows == (("0",),)


def test_a_check_that_finds_nothing(wire: Wire) -> None:
    blind, fine = faults(wire, query=QUERY.replace("= :'name'", "= :'name' || 'er'"))

    assert blind == "checks/odd_tables.sql:11: It should be failed, but the check says nothing"
    assert fine == ""


def test_a_check_that_finds_everything(wire: Wire) -> None:
    fine, alarm = faults(wire, query="select 'x' as object, 'y' as detail where :'name' <> '';")

    assert fine == ""
    assert alarm == "checks/odd_tables.sql:13: It should hold, but the check says failed: x: y"


def test_a_finding_that_is_too_mild(wire: Wire) -> None:
    mild = "select 'x' as object, 'y' as detail, 'info' as level where :'name' <> '';"

    assert faults(wire, query=mild)[0].endswith("It should be failed, but the check says info: x: y")


def test_information_must_hold_its_tongue_where_it_should_hold(wire: Wire) -> None:
    told = "select 'x' as object, 'y' as detail where :'name' <> '';"

    assert faults(wire, query=told, level="info")[1].endswith("It should hold, but the check says info: x: y")


def test_parameters_and_levels_of_a_single_example(wire: Wire) -> None:
    more = "\n-- breaks: by another name\n-- with: name = queer\n-- expect: warning\n"
    more += "create table public.queer (i int);\n"

    assert faults(wire, more=more) == ["", "", ""]


def test_an_example_that_fails_itself_or_cannot_be_asked(wire: Wire) -> None:
    failing = faults(wire, more="\n-- holds: nonsense\ncreate tabel x;\n")[2]
    mute = faults(wire, query="select 'x' as object, no_such_column as detail where :'name' <> '';")[0]

    assert "The example fails: syntax error" in failing
    assert "The check cannot ask" in mute and "no_such_column" in mute
