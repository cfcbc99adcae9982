"""A role that is no superuser, but owns its database and may create others, can roll it back."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from fix_rollback import HARM, SMALL, Scene, scene_on
from fix_server import fresh_database
from fix_suite import name_of
from pgassay.model.errors import Refused
from pgassay.model.exits import Exit
from pgassay.model.finding import Finding
from pgassay.model.rollback import RollbackWay
from pgassay.pg.cluster import Server
from pgassay.pg.connection import connect, sql


@pytest.fixture
def owned(server: Server, tmp_path: Path) -> Iterator[Scene]:
    """A database that belongs to an ordinary role, as an application's does."""
    with fresh_database(server) as target:
        name = sql.Identifier(name_of(target))
        with connect(server.target) as connection:
            connection.execute("create role app login createdb")
            connection.execute(sql.SQL("alter database {} owner to app").format(name))
        try:
            mine = target.changed({"user": "app"})
            with connect(mine) as connection:
                connection.execute(SMALL.encode())
                connection.execute(sql.SQL("alter database {} set work_mem to '6MB'").format(name))
            with scene_on(mine, server.target, tmp_path / "backups") as made:
                made.backed_up()
                yield made
        finally:
            with connect(target) as connection:
                connection.execute(sql.SQL("alter database {} owner to postgres").format(name))
                connection.execute("drop owned by app cascade; drop role app")


def test_an_owner_rolls_back_and_undoes_that(owned: Scene) -> None:
    owned.command(HARM)

    record = owned.run()

    assert record.exit is Exit.OK, [each.sentence for each, _ in record.steps]
    assert {each.finding for each, _ in record.steps} == {Finding.HOLDS}
    assert owned.ask("select count(*), current_setting('work_mem') from kept") == [(20, "6MB")]
    assert owned.ask("select distinct tableowner from pg_tables where schemaname = 'public'") == [("app",)]
    assert owned.undo().exit is Exit.OK
    assert owned.ask("select count(*), current_setting('work_mem') from kept") == [(8, "6MB")]


@pytest.mark.pg(">= 15")
def test_an_owner_who_may_make_no_databases_rolls_back_inside_of_his_own(
    owned: Scene, server: Server
) -> None:
    with connect(server.target) as connection:
        connection.execute("alter role app nocreatedb")
    owned.command(HARM)

    record = owned.run()

    assert record.exit is Exit.OK, [each.sentence for each, _ in record.steps]
    assert record.run is not None and record.run.way is RollbackWay.SCHEMAS
    assert owned.ask("select count(*) from kept") == [(20,)]
    assert owned.asides() == [] and owned.copies() == []
    assert owned.undo().exit is Exit.OK
    assert owned.ask("select count(*) from kept") == [(8,)]


def test_an_owner_is_told_of_what_it_cannot_give_back(owned: Scene, server: Server) -> None:
    with connect(owned.target.changed({"user": "postgres"})) as connection:
        connection.execute("create table not_mine (id int); grant select on not_mine to app")
    owned.backed_up()

    with pytest.raises(Refused, match="cannot give objects of the backup back to whom they belong: postgres"):
        owned.run()

    assert owned.asides() == [] and owned.copies() == []
