"""SIGKILL behind each event of a rollback by schemas: before or after, never between, and the next knows."""

import os
import signal

import pytest

from fix_hosted_rollback import HARM, HostedStock, as_admin
from fix_rollback import Scene, killed_behind, killed_when
from fix_suite import until
from pgassay.model.events.rollback import RollbackStepFinished
from pgassay.model.exits import Exit
from pgassay.model.rollback import RollbackStep
from pgassay.pg.connection import connect

pytestmark = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")

_LEFT = "select from pg_stat_activity where application_name = 'pgassay rollback' and pid <> pg_backend_pid()"


def settled(scene: Scene) -> None:
    """Wait until the server has ended the sessions of a killed process."""
    until(lambda: as_admin(scene).ask(_LEFT) == [], what="the server ends the killed session")


def harmed(scene: Scene) -> bool:
    """Whether the schemas are as before a rollback; they have to be that or as after it, all of them."""
    look = (
        "select to_regclass('public.settings') is null, to_regclass('public.added') is not null,"
        " to_regclass('shop.later') is not null, (select count(*) from shop.orders) < 200,"
        " exists (select from pg_publication_tables where tablename = 'added')"
    )
    (found,) = scene.ask(look)
    assert found in ((True,) * 5, (False,) * 5), found
    return found == (True,) * 5


def asides(scene: Scene) -> list[tuple[object, ...]]:
    """Give the schemas that are set aside."""
    return scene.ask(r"select nspname::text from pg_namespace where nspname like '%\_aside\_%' order by 1")


def recorded(scene: Scene) -> list[tuple[object, ...]]:
    """Give the operations that the store knows."""
    return scene.ask("select operation, status from prod_test_schema.rollback_events order by executed_at")


def test_a_rollback_is_before_or_after_wherever_it_is_killed(hosted_stock: HostedStock) -> None:
    number, ends = 0, set[str]()
    while True:
        number += 1
        with hosted_stock.scene() as scene:
            scene.command(HARM)
            if not killed_behind(number, scene.run):
                assert ends == {"before", "after"}
                assert number > 20
                return
            settled(scene)
            before = harmed(scene)
            ends.add("before" if before else "after")

            listed = scene.listed()

            assert harmed(scene) is before
            if before:
                assert asides(scene) == []
                assert "is as before it" in scene.said.getvalue(), number
                assert recorded(scene) == [("run", "interrupted")], number
                assert listed.asides == ()
            else:
                assert len(listed.asides) == 1 and listed.asides[0].finished
                assert len(asides(scene)) == 4
                assert recorded(scene) == [("run", "succeeded")], number
                assert scene.ask("select count(*) from prod_test_schema.production_incidents") == [(1,)]
                assert scene.ask("select count(*) from pg_constraint where not convalidated") == [(0,)]


@pytest.mark.parametrize("supabase_platform", ["18"], indirect=True)
def test_an_undo_is_before_or_after_wherever_it_is_killed(hosted_stock: HostedStock) -> None:
    number, ends = 0, set[str]()
    while True:
        number += 1
        with hosted_stock.scene() as scene:
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
            assert len(listed.asides) == 1 and len(asides(scene)) == 4
            status = "succeeded" if undone else "interrupted"
            assert recorded(scene) == [("run", "succeeded"), ("undo", status)], number


def test_what_was_interrupted_behind_the_commit_is_finished_rather_than_done_again(hosted: Scene) -> None:
    hosted.command(HARM)

    def at_the_end_of_the_swap(event: object) -> bool:
        return isinstance(event, RollbackStepFinished) and event.result.step is RollbackStep.SWAP

    assert killed_when(at_the_end_of_the_swap, hosted.run)
    settled(hosted)
    assert not harmed(hosted) and recorded(hosted) == [("run", "running")]
    hosted.command("insert into shop.orders (note) values ('behind the swap')")

    record = hosted.run()

    assert record.resumed and record.exit is Exit.OK
    assert len(asides(hosted)) == 4
    assert hosted.ask("select count(*) from shop.orders where note = 'behind the swap'") == [(1,)]
    assert "interrupted behind the swap" in hosted.said.getvalue()
    assert recorded(hosted) == [("run", "succeeded")]
    assert hosted.undo().exit is Exit.OK and harmed(hosted)


def test_a_kill_while_it_waits_for_a_lock_leaves_everything_as_it_was(hosted: Scene) -> None:
    hosted.command(HARM)
    with connect(as_admin(hosted).target) as other:
        other.execute("begin; lock table auth.users in row exclusive mode")
        child = os.fork()
        if child == 0:
            try:
                hosted.changed(lock_timeout_s=30.0).run()
            finally:
                os._exit(0)
        waiting = (
            "select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()"
        )
        until(lambda: as_admin(hosted).ask(waiting) != [], what="the swap waits")
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        settled(hosted)
        assert harmed(hosted) and asides(hosted) == []
        other.execute("rollback")
    assert hosted.run().exit is Exit.OK
    assert recorded(hosted) == [("run", "interrupted"), ("run", "succeeded")]
