"""``pgassay checks`` as a process: what it says, what it writes, how it ends."""

import json
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from fix_server import fresh_database
from fix_suite import Done, Project, until
from pgassay.model.exits import Exit
from pgassay.pg.cluster import Server

EMPTY_TABLES = """\
-- title: Tables without a row
-- level: failed
-- parameter: least = 1 (number) rows that a table must have
-- help: Fill {object}.
--
-- A table that nobody filled.

select c.oid::pg_catalog.regclass::text as object, 'empty' as detail
from pg_catalog.pg_class as c
where c.relname like 'must_be_full%' and c.reltuples < :'least'::int
order by 1;

-- breaks: an empty table
create table public.must_be_full (i int);

-- holds: no such table
"""


@pytest.fixture
def place(server18: Server, tmp_path: Path) -> Iterator[Project]:
    """A project with a check of its own, and an empty database."""
    with fresh_database(server18) as target:
        made = Project(folder=tmp_path / "project", target=target)
        made.put("pgassay.toml", "")
        made.put("checks/empty_tables.sql", EMPTY_TABLES)
        yield made


def document(done: Done) -> Any:
    return json.loads(done.stdout)


def test_a_projects_own_check_is_listed_shown_and_run(place: Project) -> None:
    assert "empty_tables" in place.run("checks", "list").stdout
    shown = place.run("checks", "show", "empty_tables").stdout
    assert "checks/empty_tables.sql" in shown and "least = 1 (number)" in shown and "-- breaks:" in shown

    fine = place.run("checks", "run", "empty_tables")
    place.command("create table public.must_be_full (i int); create table public.must_be_full_too (i int)")
    red = place.run("checks", "run", "empty_tables")

    assert (fine.status, red.status) == (Exit.OK, Exit.RED)
    assert "passed" in fine.stdout
    assert "FAILED" in red.stdout and "Fill public.must_be_full." in red.stdout


def test_settings_change_what_a_check_says(place: Project) -> None:
    place.command("create table public.must_be_full (i int); create table public.must_be_full_too (i int)")
    ignore = (
        '[[checks.ignore]]\ncheck = "empty_tables"\nobject = "*.must_be_full"\nreason = "r"\nuntil = {}\n'
    )

    place.put("pgassay.toml", "[checks.empty_tables]\nleast = -5\n")
    assert place.run("checks", "run", "empty_tables").status == Exit.OK
    place.put("pgassay.toml", ignore.format("2999-01-01"))
    kept = document(place.run("--json", "checks", "run", "empty_tables"))
    place.put("pgassay.toml", ignore.format("2001-01-01"))
    late = document(place.run("--json", "checks", "run", "empty_tables"))

    (check,) = kept["checks"]
    assert [each["object"] for each in check["findings"]] == ["public.must_be_full_too"]
    assert [each["finding"]["object"] for each in check["waived"]] == ["public.must_be_full"]
    assert [each["level"] for each in late["checks"][0]["findings"]] == ["failed", "failed", "warning"]


@pytest.mark.parametrize(
    ("settings", "words", "sentence", "remedy"),
    [
        ("", ("run", "empty_table"), "no check named 'empty_table'", "Did you mean 'empty_tables'?"),
        ("", ("run", "--area", "helth"), "no area 'helth'", "Choose from: preflight"),
        ("", ("show", "x"), "no check named 'x'", "pgassay checks list"),
        ("", ("run", "--format", "sarf"), 'no report format "sarf"', "Did you mean sarif?"),
        (
            "[checks.empty_tabels]\nleast = 1",
            ("run",),
            "no check named 'empty_tabels'",
            "Did you mean 'empty_tables'?",
        ),
        ("[checks.empty_tables]\nleats = 1", ("run",), "no parameter 'leats'", "Did you mean 'least'?"),
        (
            '[checks.empty_tables]\nleast = "x"',
            ("run",),
            "expected a number",
            "pgassay checks show empty_tables",
        ),
        ('[[checks.ignore]]\ncheck = "a"', ("run",), "Entry 1 has no 'reason'", "Expected is a list"),
        ('[checks]\npaths = ["none"]', ("list",), "There are no checks at none", "[checks] paths"),
        ('[checks]\ntimeout = "soon"', ("run",), "checks.timeout", ""),
    ],
)
def test_what_makes_no_sense_is_one_sentence_with_a_remedy(
    place: Project, settings: str, words: tuple[str, ...], sentence: str, remedy: str
) -> None:
    place.put("pgassay.toml", settings)

    done = place.run("checks", *words)

    assert done.status == Exit.USAGE
    assert sentence in done.stderr and remedy in done.stderr
    assert done.stdout == ""


def test_a_file_that_is_no_check_stops_all_with_its_place(place: Project) -> None:
    place.put("checks/odd.sql", EMPTY_TABLES.replace("-- level: failed", "-- level: bad"))

    done = place.run("checks", "run", "wal_level")

    assert done.status == Exit.USAGE
    assert "checks/odd.sql:2: This is no check: 'bad' is no level." in done.stderr


def test_a_check_at_fault_is_red_and_named(place: Project) -> None:
    place.put("checks/odd.sql", EMPTY_TABLES.replace("reltuples", "no_such_column"))

    done = place.run("checks", "run", "odd", "empty_tables")

    assert done.status == Exit.RED
    assert "BROKEN" in done.stdout and "no_such_column" in done.stdout and "passed" in done.stdout


def test_what_is_not_verified_is_red_in_a_strict_run_and_never_green_alone(place: Project) -> None:
    needy = EMPTY_TABLES.replace("-- help:", "-- needs: extension no_such_extension\n-- help:")
    place.put("checks/needy.sql", needy)

    assert place.run("checks", "run", "needy").status == Exit.UNAVAILABLE
    both = place.run("checks", "run", "needy", "empty_tables")
    assert both.status == Exit.OK
    assert "not verified" in both.stdout and "create extension no_such_extension;" in both.stdout
    assert place.run("checks", "run", "needy", "empty_tables", "--strict").status == Exit.RED


def test_formats_are_written_side_by_side(place: Project) -> None:
    place.command("create table public.must_be_full (i int)")
    formats = ("junit:out/c.xml", "sarif:out/c.sarif", "markdown:out/c.md", "json:out/c.json", "github")

    done = place.run(
        "checks", "run", "empty_tables", *(word for each in formats for word in ("--format", each))
    )

    assert done.status == Exit.RED
    assert "::error file=checks/empty_tables.sql" in done.stdout
    written = {path.name: path.read_text("utf-8") for path in (place.folder / "out").iterdir()}
    assert "<failure" in written["c.xml"]
    assert json.loads(written["c.sarif"])["runs"][0]["results"][0]["ruleId"] == "empty_tables"
    assert "## Failed" in written["c.md"]
    assert json.loads(written["c.json"])["exit"] == Exit.RED


def test_a_server_that_is_not_there_is_told_by_every_command(place: Project) -> None:
    nowhere = "host=127.0.0.1 port=1 dbname=x password=geheim"

    for words in (("checks", "run", "wal_level"), ("preflight",)):
        done = place.run(*words, target=nowhere)
        assert done.status == Exit.UNAVAILABLE
        assert "Connection refused" in done.stdout
        assert "geheim" not in done.stdout + done.stderr
    told = document(place.run("--json", "checks", "run", "wal_level", target=nowhere))
    assert (told["exit"], told["verdict"]) == (Exit.UNAVAILABLE, "UNREACHABLE")


def test_production_may_be_looked_at(place: Project) -> None:
    place.put("pgassay.toml", f'[targets.production]\nurl = "{place.target.conninfo}"\n')

    assert place.run("checks", "run", "empty_tables", target="production").status == Exit.OK


def test_ctrl_c_ends_a_run_with_its_own_status_and_says_what_was_not_asked(place: Project) -> None:
    query = (
        "select 'x' as object, pg_catalog.pg_sleep(6)::text as detail from pg_catalog.pg_class as c\nwhere"
    )
    start, rest = EMPTY_TABLES.index("select c.oid"), EMPTY_TABLES.index(" c.relname like")
    place.put(
        "checks/a_slow.sql", EMPTY_TABLES[:start] + query + EMPTY_TABLES[rest:].replace("full%", "full")
    )
    place.command("create table public.must_be_full (i int)")
    started = place.start("--json", "checks", "run", "a_slow", "empty_tables")
    try:
        until(place.sleeping, what="the check sleeps")
    except AssertionError:
        started.kill()
        raise

    started.signal(signal.SIGINT)
    done = started.wait()

    assert done.status == Exit.INTERRUPTED
    by_name = {each["name"]: each for each in document(done)["checks"]}
    assert "interrupted" in by_name["empty_tables"]["findings"][0]["detail"]


def test_json_is_one_document_for_list_and_show(place: Project) -> None:
    listed = document(place.run("--json", "checks", "list", "--area", "preflight"))
    shown = document(place.run("--json", "checks", "show", "wal_level"))

    assert listed["format"] == "pgassay.checks-list/1"
    assert {area for each in listed["checks"] for area in each["areas"]} >= {"preflight"}
    assert all("preflight" in each["areas"] for each in listed["checks"])
    assert shown["variants"][0]["name"] == "wal_level"


def test_a_run_is_remembered_where_there_is_a_store_and_nothing_is_installed(place: Project) -> None:
    runs = "select areas::text, verdict, exit_code, checks = jsonb_array_length(c) from (select r.*, (select"
    runs += " jsonb_agg(check_name) from prod_test_schema.check_results where run_id = r.id) as c"
    runs += " from prod_test_schema.check_runs as r order by started_at) as r"

    place.run("checks", "run", "empty_tables")
    assert place.ask("select 1 from pg_namespace where nspname = 'prod_test_schema'") == []
    place.run("store", "install")
    place.run("checks", "run", "empty_tables")
    flight = place.run("preflight")

    assert flight.stderr == ""
    assert place.ask(runs) == [
        ("{}", "PASSED", 0, True),
        (
            "{preflight,security}",
            place.ask("select verdict from prod_test_schema.check_runs")[1][0],
            flight.status,
            True,
        ),
    ]


def test_a_store_that_is_off_or_too_old_changes_no_verdict(place: Project) -> None:
    place.run("store", "install")
    place.put("pgassay.toml", "[store]\nenabled = false\n")
    assert place.run("checks", "run", "empty_tables").status == Exit.OK
    place.put("pgassay.toml", "")
    place.command("delete from prod_test_schema.schema_migrations where version > 3")

    old = place.run("checks", "run", "empty_tables")

    assert old.status == Exit.OK
    assert "This run is not recorded" in old.stderr and "pgassay store install" in old.stderr
    assert place.ask("select count(*) from prod_test_schema.check_runs") == [(0,)]


def test_preflight_as_a_process(place: Project) -> None:
    plain = place.run("preflight")
    strict = place.run("preflight", "--strict")
    told = document(place.run("--json", "preflight"))

    assert plain.status in (Exit.OK, Exit.RED)
    assert strict.status == Exit.RED
    assert "\npreflight\n" in plain.stdout and "\nsecurity\n" in plain.stdout
    assert told["areas"] == ["preflight", "security"]
    by_name = {each["name"]: each for each in told["checks"]}
    assert by_name["server_reachable"]["level"] == "passed"
    assert by_name["store_current"]["findings"][0]["remediation"] == "pgassay store install"
    assert not any(each["broken"] for each in told["checks"])
    assert told["round_trips"] <= 7


@pytest.mark.parametrize(
    ("words", "cause"),
    [
        ("host=no-such-host.invalid", "no such host"),
        ("host=127.0.0.1 port=1", "connection refused"),
        ("dbname=no_such_database", "no such database"),
    ],
)
def test_preflight_says_why_a_server_cannot_be_reached(place: Project, words: str, cause: str) -> None:
    done = place.run("preflight", target=f"{place.target.conninfo} {words}")

    assert done.status == Exit.UNAVAILABLE
    assert "FAILED" in done.stdout and cause in done.stdout
    assert done.stdout.rstrip().splitlines()[-1].startswith("UNREACHABLE")


def test_a_projects_examples_are_run_on_a_server_of_their_own(place: Project) -> None:
    fine = place.run("checks", "prove")
    place.put("checks/empty_tables.sql", EMPTY_TABLES.replace("'must_be_full%'", "'other%'"))
    blind = place.run("--json", "checks", "prove", "empty_tables")
    place.put(
        "checks/empty_tables.sql",
        EMPTY_TABLES.split("-- breaks:")[0] + "-- examples: none it takes a standby\n",
    )
    none = place.run("checks", "prove")

    assert (fine.status, blind.status, none.status) == (Exit.OK, Exit.RED, Exit.USAGE)
    assert "2 examples, 0 failed" in fine.stdout
    assert "It should be failed" in document(blind)["examples"][0]["fault"]
    assert "no example to run" in none.stderr
    assert place.ask("select 1 from pg_class where relname = 'must_be_full'") == []
