"""``pgassay store prune``: what is old goes, on request or once a day, and a kill breaks nothing."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from fix_suite import Project, passing, project_on, template_on, until
from pgassay.model.exits import Exit
from pgassay.pg.cluster import Server
from pgassay.pg.connection import connect
from pgassay.store.schema import install
from sample_store import add_everything, add_runs, age

MANY = 3_000
LOOK = ("checks", "run", "connectivity")
WHOLE = """
select
    (select count(*) from prod_test_schema.test_runs),
    (select count(*) from prod_test_schema.test_file_results),
    (select count(*) from prod_test_schema.test_results),
    (select count(*) from prod_test_schema.run_evidence),
    (select count(*) from prod_test_schema.prod_test_execution_log)
"""
HOLD = """
create function public.hold() returns trigger language plpgsql as
    'begin
        if (select count(*) from prod_test_schema.test_runs) < 2000 then perform pg_sleep(600); end if;
        return null;
    end';
create trigger hold after delete on prod_test_schema.test_runs
    for each statement execute function public.hold()
"""
END = """
select pg_terminate_backend(pid, 60000)
from pg_stat_activity
where wait_event = 'PgSleep' and datname = current_database()
"""
REFUSE = """
create function public.refuse() returns trigger language plpgsql as
    'begin raise exception ''nothing is deleted here''; end';
create trigger refuse before delete on prod_test_schema.test_runs
    for each row execute function public.refuse()
"""


@pytest.fixture(scope="module")
def template(server: Server) -> Iterator[str]:
    """A database with pgTAP, to copy."""
    with template_on(server) as made:
        yield made


@pytest.fixture
def shop(server: Server, template: str, tmp_path: Path) -> Iterator[Project]:
    """A project with a store, on each version of the server."""
    with project_on(server, template, tmp_path) as made:
        with connect(made.target) as connection:
            install(connection)
        yield made


def fill(place: Project, count: int) -> None:
    """Give the store old runs, and some that are not."""
    with connect(place.target) as store:
        add_runs(store, count)
        age(store, 100)
        add_runs(store, 2)


def runs(place: Project) -> int:
    ((count,),) = place.ask("select count(*) from prod_test_schema.test_runs")
    assert isinstance(count, int)
    return count


def test_what_is_old_goes_and_is_counted(shop: Project) -> None:
    with connect(shop.target) as store:
        add_everything(store)
    fill(shop, 5)

    said = shop.run("store", "prune", "--older-than", "90d", "--dry-run", "--json")
    assert (said.status, runs(shop)) == (Exit.OK, 8)
    told = json.loads(said.stdout)
    assert (told["dry_run"], told["whole"], told["deleted"]["test_runs"]) == (True, True, 5)

    done = shop.run("store", "prune", "--older-than", "90d")
    assert (done.status, runs(shop)) == (Exit.OK, 3)  # one more: its database was looked at last
    assert "5  test runs" in done.stdout
    assert done.stdout.splitlines()[-1].endswith("UTC deleted")

    again = shop.run("store", "prune", "--older-than", "90d", "--json")
    assert (again.status, sum(json.loads(again.stdout)["deleted"].values())) == (Exit.OK, 0)


def test_a_mistake_gets_a_sentence_and_deletes_nothing(shop: Project) -> None:
    fill(shop, 2)
    for words, status, said in (
        ((), Exit.USAGE, "It is not said how long what is recorded is kept."),
        (("--older-than", "1h"), Exit.USAGE, "at least a day"),
        (("--older-than", "soon"), Exit.USAGE, "at least a day"),
    ):
        done = shop.run("store", "prune", *words)
        assert (done.status, said in done.stderr) == (status, True), done.stderr
    shop.put("pgassay.toml", "[store]\nenabled = false\n")
    assert shop.run("store", "prune", "--older-than", "1d").status == Exit.USAGE
    assert runs(shop) == 4
    shop.put("pgassay.toml", "")
    shop.command("drop schema prod_test_schema cascade")
    bare = shop.run("store", "prune", "--older-than", "1d")
    assert (bare.status, "pgassay store install" in bare.stderr) == (Exit.UNAVAILABLE, True)


def test_killed_in_the_middle_the_store_is_whole_and_the_next_one_goes_on(shop: Project) -> None:
    fill(shop, MANY)
    shop.command(HOLD)

    started = shop.start("store", "prune", "--older-than", "1d")
    until(shop.sleeping, what="some are gone, and it is among the next ones")
    started.kill()
    assert shop.ask(END) == [(True,)]  # the server would only notice when it has an answer
    until(lambda: not shop.sleeping(), what="its session is gone")
    shop.command("drop function public.hold() cascade")

    ((left, files, lines, evidence, log),) = shop.ask(WHOLE)
    assert isinstance(left, int)
    assert 2 < left < MANY
    assert (files, lines, evidence, log) == (left, 2 * left, left, left)
    assert shop.run("store", "prune", "--older-than", "1d").status == Exit.OK
    assert shop.ask(WHOLE) == [(2, 2, 4, 2, 2)]


@pytest.mark.parametrize("words", [("test",), LOOK, ("perf", "collect"), ("recover", "backup")])
def test_with_a_setting_it_goes_by_itself_once_a_day(shop: Project, words: tuple[str, ...]) -> None:
    shop.put("pgassay.toml", "[store]\nkeep = '30d'\n")
    shop.put("tests/db/unit/one.sql", passing())
    shop.put("workload/one.sql", "-- category: one\n-- metric: one\nselect 1;\n")
    shop.environment["BACKUP_DIR"] = str(shop.folder / "backups")
    fill(shop, 5)
    known = runs(shop)

    assert shop.run(*words).status == Exit.OK

    here = runs(shop)
    assert here == known - 5 + (words == ("test",))
    with connect(shop.target) as store:
        store.execute("update prod_test_schema.test_runs set started_at = started_at - interval '100 days'")
        store.execute("update prod_test_schema.test_runs set finished_at = started_at + interval '1 second'")
    assert shop.run(*words).status == Exit.OK
    assert runs(shop) == here + (words == ("test",))


def test_without_the_setting_everything_stays(shop: Project) -> None:
    fill(shop, 3)
    assert shop.run(*LOOK).status == Exit.OK
    assert runs(shop) == 5
    assert shop.ask("select count(*) from prod_test_schema.settings where name = 'store.pruned_at'") == [(0,)]


def test_what_cannot_go_is_a_warning_and_no_more(shop: Project) -> None:
    shop.put("pgassay.toml", "[store]\nkeep = '30d'\n")
    fill(shop, 3)
    shop.command(REFUSE)

    done = shop.run(*LOOK)

    assert (done.status, runs(shop)) == (Exit.OK, 5)
    assert "What is old stays in the store" in done.stderr
    assert "nothing is deleted here" in done.stderr
    by_hand = shop.run("store", "prune")
    assert (by_hand.status, "nothing is deleted here" in by_hand.stderr) == (Exit.UNAVAILABLE, True)
