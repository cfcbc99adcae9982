"""SIGKILL behind each event and within the swap: the target is whole and open, and the next command knows."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest

from fix_rollback import HARM, Scene, Stock, killed_behind, killed_when, settled, stock_on
from fix_suite import until
from pgassay.model.events.rollback import RollbackStepFinished, RollbackStepStarted
from pgassay.model.exits import Exit
from pgassay.model.rollback import RollbackOutcome, RollbackStep
from pgassay.pg.cluster import Server
from pgassay.pg.connection import connect

pytestmark = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")


@pytest.fixture(scope="module")
def stock18(server18: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stock]:
    with stock_on(server18, tmp_path_factory.mktemp("stock18") / "backups") as made:
        yield made


def harmed(scene: Scene) -> bool:
    """Whether the database is as before a rollback; it has to be that or as after it, and open."""
    look = "select count(*), to_regclass('gone') is null from kept"
    (found,) = scene.ask(look)
    assert found in ((8, True), (20, False)), found
    assert scene.on_server("select datname from pg_database where not datallowconn") == [("template0",)]
    return found == (8, True)


def recorded(scene: Scene) -> list[tuple[object, ...]]:
    """Give the operations that the store knows."""
    return scene.ask("select operation, status from prod_test_schema.rollback_events order by executed_at")


def test_a_rollback_is_before_or_after_wherever_it_is_killed(stock18: Stock) -> None:
    number, ends = 0, set[str]()
    while True:
        number += 1
        with stock18.scene() as scene:
            scene.command(HARM)
            if not killed_behind(number, scene.run):
                assert ends == {"before", "after"}
                assert number > 20
                return
            settled(scene)
            before = harmed(scene)
            ends.add("before" if before else "after")

            listed = scene.listed()

            said = scene.said.getvalue()
            assert harmed(scene) is before
            assert scene.copies() == []
            if before:
                assert "is as before it" in said, number
                assert recorded(scene) == [("run", "interrupted")], number
                assert listed.asides == ()
            else:
                assert len(listed.asides) == 1 and listed.asides[0].finished
                assert recorded(scene) == [("run", "succeeded")], number
                assert scene.ask("select count(*) from prod_test_schema.production_incidents") == [(1,)]


def test_an_undo_is_before_or_after_wherever_it_is_killed(stock18: Stock) -> None:
    number, ends = 0, set[str]()
    while True:
        number += 1
        with stock18.scene() as scene:
            scene.command(HARM)
            assert scene.run().exit is Exit.OK
            if not killed_behind(number, scene.undo):
                assert ends == {"before", "after"}
                return
            settled(scene)
            undone = harmed(scene)
            ends.add("after" if undone else "before")

            scene.check()
            listed = scene.listed()

            assert harmed(scene) is undone
            assert len(listed.asides) == 1
            status = "succeeded" if undone else "interrupted"
            assert recorded(scene) == [("run", "succeeded"), ("undo", status)], number


def is_at(step: RollbackStep, kind: type) -> Callable[[object], bool]:
    """Give what knows the event that begins, or ends, a step."""

    def known(event: object) -> bool:
        found = event.result.step if isinstance(event, RollbackStepFinished) else getattr(event, "step", None)
        return isinstance(event, kind) and found is step

    return known


def test_what_was_interrupted_behind_the_swap_is_finished_rather_than_done_again(small: Scene) -> None:
    small.command(HARM)
    assert killed_when(is_at(RollbackStep.SWAP, RollbackStepFinished), small.run)
    settled(small)
    assert not harmed(small) and recorded(small) == [("run", "running")]
    small.command("insert into kept values (1000, 'behind the swap')")

    record = small.run()

    assert record.resumed and record.exit is Exit.OK
    assert len(small.asides()) == 1
    assert small.ask("select note from kept where id = 1000") == [("behind the swap",)]
    assert "interrupted behind the swap" in small.said.getvalue()
    assert recorded(small) == [("run", "succeeded")]
    assert small.undo().exit is Exit.OK and harmed(small)


def test_what_was_interrupted_before_the_swap_is_begun_again(small: Scene) -> None:
    small.command(HARM)
    assert killed_when(is_at(RollbackStep.SWAP, RollbackStepStarted), small.run)
    settled(small)
    assert harmed(small) and len(small.copies()) == 1

    record = small.run()

    assert not record.resumed and record.exit is Exit.OK and not harmed(small)
    assert "interrupted at the step swap" in small.said.getvalue()
    assert recorded(small) == [("run", "interrupted"), ("run", "succeeded")]
    assert small.copies() == []


@contextmanager
def stubborn(scene: Scene) -> Iterator[Callable[[object], None]]:
    """A session in the database whose process hears nothing from the beginning of the swap to its end.

    Gives what listens to the rollback. Outside of the swap it must hear: dropping a database waits for all.
    """
    with connect(scene.target, application="stubborn") as session:
        pid = session.info.backend_pid

        def hear(event: object) -> None:
            if isinstance(event, RollbackStepStarted) and event.step is RollbackStep.SWAP:
                os.kill(pid, signal.SIGSTOP)
            if isinstance(event, RollbackStepFinished) and event.result.step is RollbackStep.SWAP:
                os.kill(pid, signal.SIGCONT)

        try:
            yield hear
        finally:
            with suppress(ProcessLookupError):  # it ended as it was told to, once it heard
                os.kill(pid, signal.SIGCONT)


def test_a_session_that_does_not_end_keeps_everything_as_it_was(small: Scene) -> None:
    small.command(HARM)
    with stubborn(small) as hear:
        record = small.changed(swap_tries=1).run(listeners=(hear,))
        assert record.exit is Exit.RED and record.finished is not None
        assert record.finished.outcome is RollbackOutcome.UNCHANGED
        assert any("stubborn" in line for result, _ in record.steps for line in result.detail)
        assert harmed(small)
        assert small.asides() == [] and small.copies() == []
    assert recorded(small) == [("run", "unchanged")]
    assert small.run().exit is Exit.OK


def test_a_kill_within_the_swap_lets_everybody_in_again(small: Scene) -> None:
    small.command(HARM)
    with stubborn(small) as hear:
        child = os.fork()
        if child == 0:
            try:
                small.run(listeners=(hear,))
            finally:
                os._exit(0)
        swapping = (
            "select from pg_stat_activity where query like 'alter database%rename%' and state = 'active'"
        )
        until(lambda: small.on_server(swapping) != [], what="the swap begins")
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    settled(small)
    assert harmed(small)
    assert small.listed().asides == ()
    assert recorded(small) == [("run", "interrupted")]
    assert small.run().exit is Exit.OK
