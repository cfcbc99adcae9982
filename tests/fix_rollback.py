"""A database with a tested backup, and what happened since: ``scene`` on a server of each version.

Whether the backup is really good is for the tests of drills: here it is only called tested.
"""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from io import StringIO
from itertools import count
from pathlib import Path
from threading import Event

import pytest

from fix_recovery import Vault, location, vault_on
from fix_server import fresh_database
from fix_suite import name_of, until
from pgassay.config.settings import Settings
from pgassay.flows.around import Around
from pgassay.flows.rollback.check import check_release
from pgassay.flows.rollback.ground import RollbackWish
from pgassay.flows.rollback.run import list_rollbacks, run_rollback, undo_rollback
from pgassay.model.backup import BackupState
from pgassay.model.consent import NameConsent
from pgassay.model.events.rollback import RollbackStepFinished
from pgassay.model.release import Release
from pgassay.model.rollback import RollbackResult, RollbackStep
from pgassay.pg.clock import now
from pgassay.pg.cluster import Server
from pgassay.pg.connection import connect, sql
from pgassay.pg.target import Target
from pgassay.report.rollback.listing import Rollbacks
from pgassay.report.rollback.record import RollbackRecord
from pgassay.store.recovery import newest, set_state

DAMAGE = """
drop materialized view totals;
drop view cheap;
drop table orders;
delete from visits;
create table new (id int);
"""


SMALL = """
create table kept (id int primary key, note text not null);
create table gone (id bigserial primary key);
insert into kept select n, 'note ' || n from generate_series(1, 20) as n;
insert into gone select from generate_series(1, 5);
"""
HARM = "drop table gone; delete from kept where id > 7; insert into kept values (99, 'later')"


@dataclass(frozen=True, slots=True)
class Scene:
    """A database in use, its settings, and the server that it is on."""

    target: Target
    server: Target
    settings: Settings
    vault: Vault
    said: StringIO = field(default_factory=StringIO)

    @property
    def name(self) -> str:
        """The name of the database."""
        return name_of(self.target)

    def around(self, stop: Event | None = None) -> Around:
        """Give a process that collects what is said to a person."""
        return Around(environ={}, stdout=self.said, stderr=self.said, stop=stop or Event())

    def wish(self, **words: object) -> RollbackWish:
        """Wish for something, and confirm it."""
        plain = RollbackWish(target=self.target.conninfo, consent=NameConsent(given=self.name))
        return replace(plain, **words)  # type: ignore[arg-type]

    def run(self, **words: object) -> RollbackRecord:
        """Roll it back."""
        return run_rollback(self.wish(**words), self.settings, self.around())

    def undo(self, **words: object) -> RollbackRecord:
        """Take that back."""
        return undo_rollback(self.wish(**words), self.settings, self.around())

    def check(self) -> Release:
        """Ask whether a rollback is wanted."""
        return check_release(self.settings, target=self.target.conninfo)

    def listed(self) -> Rollbacks:
        """List what was done."""
        return list_rollbacks(self.settings, self.around(), target=self.target.conninfo, silent=False)

    def changed(self, **words: object) -> "Scene":
        """Give the same with other settings of rollbacks."""
        rollback = replace(self.settings.rollback, **words)  # type: ignore[arg-type]
        return replace(self, settings=replace(self.settings, rollback=rollback))

    def ask(self, query: str, *, of: Target | None = None) -> list[tuple[object, ...]]:
        """Ask the database, or another one."""
        with connect(of or self.target) as connection:
            return [tuple(row) for row in connection.execute(query.encode())]

    def one(self, query: str) -> object:
        """Ask the database for one value."""
        ((found,),) = self.ask(query)
        return found

    def command(self, statement: str) -> None:
        """Change the database."""
        with connect(self.target) as connection:
            connection.execute(statement.encode())

    def on_server(self, query: str) -> list[tuple[object, ...]]:
        """Ask the server."""
        return self.ask(query, of=self.server)

    def backed_up(self, state: BackupState = BackupState.TESTED) -> Path:
        """Make a backup, and say how far it is proven."""
        place = location(self.vault.backup())
        with connect(self.target) as connection:
            made = newest(connection, None)
            assert made is not None
            set_state(connection, made.id, state, at=now())
        return place

    def asides(self) -> list[str]:
        """Give the names of the databases that were set aside."""
        like = "select datname from pg_database where starts_with(datname, %s) order by datname"
        with connect(self.server) as connection:
            return [name for (name,) in connection.execute(like, [f"{self.name}_aside_"])]

    def copies(self) -> list[tuple[object, ...]]:
        """Give the names of copies that are beside a database at this moment."""
        return self.on_server(r"select datname from pg_database where datname like 'pgassay\_%\_r\_%'")


def results(record: RollbackRecord) -> dict[RollbackStep, RollbackResult]:
    """Give what each step found."""
    return {result.step: result for result, _ in record.steps}


def killed_behind(number: int, work: Callable[..., object]) -> bool:
    """Do something in a process that is killed behind an event of that number; tell whether it was."""
    numbers = count(1)
    return killed_when(lambda _: next(numbers) == number, work)


def killed_when(struck: Callable[[object], bool], work: Callable[..., object]) -> bool:
    """Do something in a process that is killed behind an event of some kind; tell whether it was."""
    child = os.fork()
    if child == 0:

        def strike(event: object) -> None:
            if struck(event):
                os.kill(os.getpid(), signal.SIGKILL)

        try:
            work(listeners=(strike,))
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def behind(step: RollbackStep, work: Callable[[], object]) -> Callable[[object], None]:
    """Give a listener that does something behind a step."""

    def hear(event: object) -> None:
        if isinstance(event, RollbackStepFinished) and event.result.step is step:
            work()

    return hear


def settled(scene: Scene) -> None:
    """Wait until the server has ended the sessions of a killed process."""
    gone = (
        "select from pg_stat_activity where application_name = 'pgassay rollback' and pid <> pg_backend_pid()"
    )
    until(lambda: scene.on_server(gone) == [], what="the server ends the killed session")


@contextmanager
def scene_on(target: Target, server: Target, directory: Path) -> Iterator[Scene]:
    """Give a scene; what it sets aside is dropped in the end."""
    with vault_on(target, directory) as vault:
        made = Scene(target=target, server=server, settings=vault.settings, vault=vault)
        try:
            yield made
        finally:
            with connect(server) as connection:
                for name in made.asides():
                    drop = sql.SQL("drop database {} with (force)").format(sql.Identifier(name))
                    connection.execute(drop)


@dataclass(frozen=True, slots=True)
class Stock:
    """A small database with a store and a tested backup, to copy: much faster than to make it each time."""

    server: Server
    template: str
    directory: Path

    @contextmanager
    def scene(self) -> Iterator[Scene]:
        """Give a copy of it, in which the backup is its own."""
        with (
            fresh_database(self.server, template=self.template) as target,
            scene_on(target, self.server.target, self.directory) as made,
        ):
            with connect(target) as connection:
                info = connection.info
                own = "update prod_test_schema.backups set database = %s"
                connection.execute(own, [f"{info.host}:{info.port}/{info.dbname}"])
            yield made


@contextmanager
def stock_on(server: Server, directory: Path) -> Iterator[Stock]:
    """Make one."""
    with fresh_database(server) as target:
        with connect(target) as connection:
            connection.execute(SMALL.encode())
        with scene_on(target, server.target, directory) as made:
            made.backed_up()
        yield Stock(server=server, template=name_of(target), directory=directory)


@pytest.fixture(scope="session")
def stock(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stock]:
    """A small database to copy, on each server."""
    with stock_on(server, tmp_path_factory.mktemp("stock") / "backups") as made:
        yield made


@pytest.fixture
def small(stock: Stock) -> Iterator[Scene]:
    """A small database with a tested backup, on each server."""
    with stock.scene() as made:
        yield made


@pytest.fixture
def scene(server: Server, shop_template: str, tmp_path: Path) -> Iterator[Scene]:
    """A database with one of everything and a tested backup."""
    with (
        fresh_database(server, template=shop_template) as target,
        scene_on(target, server.target, tmp_path / "backups") as made,
    ):
        made.backed_up()
        yield made
