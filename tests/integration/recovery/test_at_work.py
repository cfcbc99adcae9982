"""Backups of a database that is at work, and backups that a person stops."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

from fix_recovery import Vault, broken, complaints
from fix_suite import until
from pgassay.flows.recover.backup import back_up
from pgassay.flows.recover.drill import drill
from pgassay.model.events.recovery import RecoveryEvent, RecoveryStepStarted
from pgassay.model.exits import Exit
from pgassay.model.recovery import Outcome, RecoveryStep
from pgassay.pg.connection import connect


@contextmanager
def application(vault: Vault) -> Iterator[None]:
    """An application that writes all the time: rows, values, values of sequences."""
    over = Event()

    def work() -> None:
        with connect(vault.target, application="shop") as connection:
            while not over.is_set():
                with connection.transaction():
                    connection.execute("insert into orders (customer, size, net) values (1, 'small', 5)")
                    connection.execute("insert into orders (customer, size, net) values (2, 'large', 5)")
                    connection.execute("update orders set net = net + 1 where id % 10 = 0")
                    connection.execute("select nextval('tickets')")

    thread = Thread(target=work)
    thread.start()
    try:
        until(lambda: vault.ask("select count(*) > 300 from orders") == [(True,)], what="it is at work")
        yield
    finally:
        over.set()
        thread.join()


def test_a_backup_of_a_database_at_work_is_what_the_snapshot_was(vault: Vault) -> None:
    with application(vault):
        made = vault.backup()
        assert made.exit is Exit.OK, complaints(made)
        assert made.made is not None
        saved = {each.name: each.rows for each in made.made.manifest.tables}["public.orders"]
        until(
            lambda: vault.ask(f"select count(*) > {saved} from orders") == [(True,)],  # noqa: S608 - a number
            what="the application went on",
        )

    record = vault.drill()

    assert complaints(record) == []
    assert saved % 2 == 0


def test_a_backup_that_is_stopped_is_gone(vault: Vault) -> None:
    stop = Event()
    with connect(vault.target) as other:
        other.execute("begin; lock table orders")
        waiting = "select from pg_stat_activity where wait_event_type = 'Lock' and query ~* 'orders'"

        def press() -> None:
            until(lambda: vault.ask(waiting) != [], what="it waits for the table")
            stop.set()

        thread = Thread(target=press)
        thread.start()
        patient = vault.changed(lock_timeout_s=60.0)
        vault.listed()  # the store is there now; it could not be made while the table is locked
        record = back_up(patient.wish(), patient.settings, patient.around(stop))
        thread.join()
        other.execute("rollback")

    assert record.exit is Exit.INTERRUPTED
    assert list(vault.directory.iterdir()) == []
    assert vault.state() == "interrupted"


def test_a_drill_that_is_stopped_is_gone(vault: Vault) -> None:
    vault.backup()
    stop = Event()

    def press(event: RecoveryEvent) -> None:
        if isinstance(event, RecoveryStepStarted) and event.step is RecoveryStep.POST_DATA:
            stop.set()

    record = drill(vault.wish("", listeners=(press,)), vault.settings, vault.around(stop))

    assert record.finished is not None and record.finished.outcome is Outcome.INTERRUPTED
    assert record.exit is Exit.INTERRUPTED
    assert broken(record) == []
    assert vault.ask("select status from prod_test_schema.recovery_drills") == [("interrupted",)]
    assert vault.state() == "created"


def test_two_backups_at_once_are_two_backups(vault: Vault) -> None:
    vault.listed()
    records: list[Exit] = []
    threads = [Thread(target=lambda: records.append(vault.backup().exit)) for _ in range(2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert records == [Exit.OK, Exit.OK]
    assert len(list(vault.directory.iterdir())) == 2
    assert vault.ask("select state, count(*) from prod_test_schema.backups group by 1") == [("created", 2)]
