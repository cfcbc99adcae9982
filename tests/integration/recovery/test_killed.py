"""SIGKILL behind each event of a backup and of a drill: nothing stays, and the next command knows."""

import fcntl
from collections.abc import Iterator
from pathlib import Path

import pytest

from fix_recovery import Vault, complaints, vault_on
from fix_server import fresh_database
from fix_suite import name_of, until
from killing import killed_behind, started
from pgassay.model.exits import Exit
from pgassay.pg.account import server_account, writable_place
from pgassay.pg.cluster import Server
from pgassay.pg.connection import connect
from pgassay.store.schema import install

pytestmark = [
    pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning"),
    pytest.mark.usefixtures("own_place"),
]


@pytest.fixture(scope="module")
def prepared(server18: Server) -> Iterator[str]:
    """The name of a database with a table and the store, to copy."""
    with fresh_database(server18) as target:
        with connect(target) as connection:
            connection.execute("create table kept (id bigserial); insert into kept values (1)")
            install(connection)
        yield name_of(target)


@pytest.fixture
def place(server18: Server, prepared: str, tmp_path: Path) -> Iterator[Vault]:
    with (
        fresh_database(server18, template=prepared) as target,
        vault_on(target, tmp_path / "backups") as made,
    ):
        yield made


def orphans() -> set[str]:
    """The directories of disposable servers whose owner is dead: nobody holds the lock in it."""
    return {each.name for each in _servers().glob("s*") if _is_orphan(each / "owner")}


def _servers() -> Path:
    return writable_place(None, server_account()) / "servers"


def _is_orphan(owner: Path) -> bool:
    try:
        with owner.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def databases(vault: Vault) -> list[tuple[object, ...]]:
    return vault.ask("select datname from pg_database where datname ~ '^pgassay_'")


def rest(vault: Vault) -> list[str]:
    """What is in the directory of backups and is none."""
    return [each.name for each in vault.directory.glob("*") if each.name.startswith(".")]


def states(vault: Vault, table: str, column: str) -> list[object]:
    query = f"select {column} from prod_test_schema.{table} order by started_at"  # noqa: S608 - our own words
    return [each for (each,) in vault.ask(query)]


def test_a_backup_is_whole_or_gone_wherever_it_is_killed(place: Vault) -> None:
    number, ends = 0, set[object]()
    while True:
        number += 1
        if not killed_behind(number, place.backup):
            break
        place.listed()

        assert rest(place) == [], number
        state = states(place, "backups", "state")[-1]
        ends.add(state)
        there = [each for each in place.listed().listed if each.there]
        assert {each.backup.state.value for each in there} <= {"created"}
        assert (state == "created") is (place.listed().listed[0].there), number
        until(
            lambda: place.ask("select from pg_stat_activity where application_name ~ '^pgassay clone'") == [],
            what="no session of the killed backup is left",
        )
    assert ends == {"created", "interrupted"}
    assert complaints(place.verify()) == []


def test_a_dump_that_outlives_its_backup_is_ended(place: Vault) -> None:
    """pg_dump waits for a lock while pgassay is killed; the next command ends it and removes its files."""
    place = place.changed(lock_timeout_s=60.0)
    with connect(place.target) as other:
        other.execute("begin; lock table kept")
        waiting = "select from pg_stat_activity where wait_event_type = 'Lock' and query ~* '^lock table'"
        child = started(place.backup)
        until(lambda: place.ask(waiting) != [], what="pg_dump waits")
        child.kill()
        assert rest(place) != []

        place.listed()

        until(lambda: place.ask(waiting) == [], what="pg_dump is gone")
        assert rest(place) == []
        other.execute("rollback")
    assert states(place, "backups", "state") == ["interrupted"]


@pytest.mark.parametrize("given", [False, True])
def test_a_drill_leaves_nothing_wherever_it_is_killed(place: Vault, server18: Server, given: bool) -> None:
    assert place.backup().exit is Exit.OK
    at = place.changed(server=server18.target.conninfo) if given else place
    number, left, stride = 0, False, 3
    while True:
        number += stride
        if not killed_behind(number, at.drill):
            break
        mine = orphans()
        left = left or mine != set() or databases(place) != []

        at.listed()

        assert orphans() & mine == set(), number
        assert databases(place) == [], number
        told = states(place, "recovery_drills", "(status, finished_at is not null)::text")[-1]
        assert told in ("(interrupted,f)", "(passed,t)"), number
    assert left, "no kill met a drill that had made something"
    assert states(place, "recovery_drills", "status")[-1] == "passed"
    assert states(place, "backups", "state")[-1] == "tested"


def test_the_next_command_says_once_what_was_killed(place: Vault) -> None:
    assert killed_behind(2, place.backup)
    place.listed()
    assert "The backup of " in place.said.getvalue()
    assert place.backup().exit is Exit.OK
    assert killed_behind(9, place.drill)

    place.listed()
    place.listed()

    said = place.said.getvalue()
    assert said.count(" was interrupted: It was killed ") == 2
    assert said.count("The drill of ") == 1
    assert "pgassay recover drill" in said
