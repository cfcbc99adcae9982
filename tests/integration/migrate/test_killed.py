"""SIGKILL behind each event: the target is as before or as after, and the next command knows."""

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from fix_migrate import Site, site_on
from fix_server import fresh_database
from fix_suite import name_of, until
from pgassay.model.errors import PgassayError
from pgassay.model.exits import Exit
from pgassay.pg.cluster import Server
from pgassay.pg.connection import connect
from pgassay.store.schema import install

pytestmark = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")

ONE = "create table note (id int primary key);\nalter table kept add column kind text;"
BACK = "alter table kept drop column if exists kind;\ndrop table if exists note;"
PARTS = (
    "alter table kept add column kind text;\n"
    "create index concurrently kept_id on kept (id);\n"
    "create table note (id int primary key);"
)
BACK_PARTS = (
    "drop table if exists note;\ndrop index if exists kept_id;\nalter table kept drop column if exists kind;"
)


@pytest.fixture(scope="module")
def prepared(server18: Server) -> Iterator[str]:
    """The name of a database with a table and the store, to copy."""
    with fresh_database(server18) as target:
        with connect(target) as connection:
            connection.execute("create table kept (id int); insert into kept values (1)")
            install(connection)
        yield name_of(target)


@pytest.fixture
def fresh(server18: Server, prepared: str, tmp_path: Path) -> Callable[[str, str], Iterator[Site]]:
    """Give a way to make a fresh place with one migration, again and again."""

    def made(up: str, down: str) -> Iterator[Site]:
        with (
            fresh_database(server18, template=prepared) as target,
            site_on(target, tmp_path / "migrations") as site,
        ):
            site.pair("001_note", up, down)
            yield site

    return made


def killed_behind(number: int, work: Callable[..., object]) -> bool:
    """Do something in a process that is killed behind an event of that number; tell whether it was."""
    child = os.fork()
    if child == 0:
        seen = 0

        def strike(event: object) -> None:
            nonlocal seen
            seen += 1
            if seen == number:
                os.kill(os.getpid(), signal.SIGKILL)

        try:
            work(listeners=(strike,))
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def settled(site: Site) -> None:
    """Wait until the server has ended the sessions of the killed process."""
    gone = (
        "select from pg_stat_activity where application_name = 'pgassay migrate' and pid <> pg_backend_pid()"
    )
    until(lambda: site.ask(gone) == [], what="the server ends the killed session")


def test_one_transaction_is_before_or_after_wherever_it_is_killed(
    fresh: Callable[[str, str], Iterator[Site]],
) -> None:
    number, ends = 0, set[str]()
    while True:
        number += 1
        for site in fresh(ONE, BACK):
            before = site.catalogs()
            if not killed_behind(number, site.apply):
                assert ends == {"before", "after"}
                return
            settled(site)
            arrived = site.ask(
                "select to_regclass('note') is not null,"
                " to_regclass('pgassay_migrations.history') is not null"
            )
            assert arrived in ([(False, False)], [(True, True)]), number
            ends.add("after" if arrived[0][0] else "before")
            assert arrived[0][0] or site.catalogs() == before
            (standing,) = site.status().migrations
            finished = standing.standing.value == "applied"
            assert finished or standing.standing.value == "interrupted", number
            told = "as after it" if arrived[0][0] else "as before it"
            assert finished or told in standing.note
            if not finished:
                assert site.apply().exit is Exit.OK, site.said.getvalue()
                assert "was interrupted" in site.said.getvalue()
            assert site.standings() == [("001", "applied")]
            assert site.status().exit is Exit.OK


def test_several_parts_go_on_or_back_wherever_they_are_killed(
    fresh: Callable[[str, str], Iterator[Site]],
) -> None:
    number, halfway = 0, set[int]()
    while True:
        number += 1
        for site in fresh(PARTS, BACK_PARTS):
            before = site.catalogs()
            if not killed_behind(number, site.apply):
                assert halfway == {0, 1, 2}
                return
            settled(site)
            rows = site.ask("select to_regclass('pgassay_migrations.progress') is not null")
            parts = site.ask("select parts from pgassay_migrations.progress") if rows[0][0] else []
            halfway.add(int(str(parts[0][0])) if parts else 0)
            (standing,) = site.status().migrations
            if standing.standing.value == "applied":
                continue
            if number % 2:
                assert site.apply("001").exit is Exit.OK, site.said.getvalue()
                assert site.standings() == [("001", "applied")]
                assert site.ask("select indisvalid from pg_index where indrelid = 'kept'::regclass") == [
                    (True,)
                ]
                assert site.rollback().exit is Exit.OK
            else:
                taken_back(site)
            assert site.catalogs() == before, number


def taken_back(site: Site) -> None:
    """Roll back what is there; where nothing is, that is said."""
    try:
        assert site.rollback("001").exit is Exit.OK
    except PgassayError as error:
        assert "is not applied" in error.sentence


@pytest.mark.parametrize("stride", [3, pytest.param(1, marks=pytest.mark.soak)])
def test_a_rollback_is_before_or_after_wherever_it_is_killed(
    fresh: Callable[[str, str], Iterator[Site]], stride: int
) -> None:
    number = 0
    while True:
        number += stride
        for site in fresh(ONE, BACK):
            before = site.catalogs()
            assert site.apply().exit is Exit.OK
            after = site.catalogs()
            if not killed_behind(number, site.rollback):
                return
            settled(site)
            assert site.catalogs() in (before, after), number
            (standing,) = site.status().migrations
            if site.catalogs() == after and standing.standing.value == "interrupted":
                assert standing.note.endswith(": the target is as before it. pgassay migrate rollback 001")
            if site.catalogs() == after:
                assert site.rollback().exit is Exit.OK
            assert site.standings()[0][1] in ("pending", "interrupted")
            assert site.apply().exit is Exit.OK


def test_a_rehearsal_that_is_killed_leaves_its_clone_to_the_next(
    fresh: Callable[[str, str], Iterator[Site]],
) -> None:
    for site in fresh(ONE, BACK):
        assert killed_behind(4, site.rehearse)
        assert len(site.ask("select from pg_database where datname ~ '^pgassay_'")) == 1

        assert site.rehearse().exit is Exit.OK

        assert site.ask("select from pg_database where datname ~ '^pgassay_'") == []
        statuses = site.ask("select status from prod_test_schema.migration_runs order by started_at")
        assert statuses == [("interrupted",), ("succeeded",)]
