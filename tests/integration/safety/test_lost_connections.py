"""A run whose connections or server go away in the middle: nothing stays, and what is not known is said."""

import os
import shutil
import signal
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from fix_production import Live, closing, evidence, production_on
from fix_proxy import Proxy, proxy_to
from fix_server import DEBIAN_15, needs_15
from fix_suite import Done, passing, until
from pgassay.model.errors import Unavailable
from pgassay.model.evidence import Standing, standing_of
from pgassay.model.exits import Exit
from pgassay.model.suite import Outcome, Trouble
from pgassay.pg import cluster
from pgassay.pg.account import server_account
from pgassay.pg.connection import Connection

WRITES = """
insert into items (name) values ('nail');
create table made (a int);
update items set price = 1 where id = 1;
select pg_advisory_xact_lock(42);
select pg_sleep(30);
"""
END = "select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'pgassay {}%'"
SLEEPER = "select pid from pg_stat_activity where state = 'active' and query like 'select pg_sleep(30)%'"
ABORTED = "its transaction was rolled back"


@pytest.fixture
def proxy(live: Live) -> Iterator[Proxy]:
    with proxy_to(live.server.target) as made:
        yield made


def through(proxy: Proxy, live: Live) -> Live:
    """The same database, for pgassay, by way of a proxy."""
    return replace(live, project=replace(live.project, target=proxy.route(live.project.target)))


def troubled(live: Live, by: Live, trouble: Callable[[], object]) -> Done:
    """Run a file that sleeps and a file behind it; have trouble while it sleeps; look what is left."""
    live.settings('allow = { sleeps = "to be hit in the middle", row_locks = "nobody else is here" }')
    live.project.put("a.sql", passing(body=WRITES))
    live.project.put("b.sql", passing("is(items_count(), 2::bigint)"))
    before = live.dump()
    started = by.start("a.sql", "b.sql")
    try:
        until(lambda: live.project.running("pg_sleep(30)"), what="the test sleeps")
        trouble()
        done = started.wait()
    finally:
        started.kill()
    assert live.nothing_left()
    assert live.dump() == before
    return done


def standing(done: Done, path: str, claim: str) -> Standing:
    return {each.name: each.standing for each in evidence(done, path).claims}[claim]


def test_the_session_of_a_file_is_ended(live: Live) -> None:
    done = troubled(live, live, lambda: live.project.ask(END.format("test")))

    assert done.status == Exit.RED
    assert done.outcomes == {"a.sql": Outcome.FAILED, "b.sql": Outcome.PASSED}, done.stdout
    assert done.troubles("a.sql")[0] is Trouble.LOST_CONNECTION
    assert "terminating connection due to administrator command" in done.complaint("a.sql")
    assert standing(done, "a.sql", ABORTED) is Standing.VERIFIED
    assert standing_of(evidence(done, "b.sql")) is Standing.VERIFIED
    assert standing_of(closing(done)) is Standing.VERIFIED


def test_the_session_of_the_watchdog_is_ended(live: Live) -> None:
    done = troubled(live, live, lambda: live.project.ask(END.format("watchdog")))

    assert done.status == Exit.RED
    assert done.outcomes == {"a.sql": Outcome.NOT_RUN, "b.sql": Outcome.NOT_RUN}
    assert "the watchdog cannot see the server any more" in done.complaint("b.sql")
    assert standing(done, "a.sql", ABORTED) is Standing.VERIFIED
    assert standing_of(closing(done)) is Standing.NOT_VERIFIED


def test_every_connection_is_cut(live: Live, proxy: Proxy) -> None:
    """A new connection ends what the server has not noticed yet, so that nobody waits for it any more."""
    done = troubled(live, through(proxy, live), proxy.cut)

    assert done.status == Exit.RED
    assert evidence(done, "a.sql").status == "aborted"
    assert done.results["a.sql"].red and done.results["b.sql"].red
    assert standing_of(evidence(done, "a.sql")) is Standing.NOT_VERIFIED
    assert "cannot see the server any more" in done.stdout


def test_the_server_cannot_be_reached_any_more(live: Live, proxy: Proxy) -> None:
    done = troubled(live, through(proxy, live), lambda: proxy.cut(for_good=True))

    assert done.status == Exit.RED
    assert standing(done, "a.sql", ABORTED) is Standing.NOT_VERIFIED
    assert "the server could not be asked" in done.stdout


@pytest.mark.soak
def test_nothing_comes_through_any_more(live: Live, proxy: Proxy) -> None:
    done = troubled(live, through(proxy, live), proxy.swallow)

    assert done.status == Exit.RED
    assert "the watchdog had no answer from the server" in done.complaint("b.sql")
    assert standing(done, "a.sql", ABORTED) is Standing.NOT_VERIFIED


@contextmanager
def data_directory() -> Iterator[Path]:
    """A place for a server's data that is kept when the server ends, where its account may go."""
    folder, account = Path(tempfile.mkdtemp(prefix="pgassay-data")), server_account()
    if account is not None:
        os.chown(folder, account.uid, account.gid)
    try:
        yield folder / "data"
    finally:
        shutil.rmtree(folder)


def _answers(live: Live) -> bool:
    try:
        return live.project.ask("select 1") == [(1,)]
    except (Unavailable, Connection.Error):
        return False


@needs_15
def test_the_server_crashes_and_recovers(tmp_path: Path) -> None:
    """The server's main process ends all sessions when one process is killed, and replays its log."""
    with cluster.start(DEBIAN_15) as server:
        live = production_on(server, tmp_path)

        def crash() -> None:
            ((pid,),) = live.project.ask(SLEEPER)
            assert isinstance(pid, int)
            os.kill(pid, signal.SIGKILL)
            until(lambda: _answers(live), what="the server is back")

        done = troubled(live, live, crash)

    assert done.status == Exit.RED
    assert done.results["a.sql"].red and done.results["b.sql"].red
    assert standing_of(closing(done)) is Standing.NOT_VERIFIED


@needs_15
def test_the_server_is_restarted_at_once(tmp_path: Path) -> None:
    """Stopped as ``pg_ctl stop -m immediate`` does, and started again on the same data."""
    with data_directory() as data, ExitStack() as servers:
        first = servers.enter_context(cluster.start(DEBIAN_15, data=data))
        proxy = servers.enter_context(proxy_to(first.target))
        live = through(proxy, production_on(first, tmp_path))

        def restart() -> None:
            os.kill(first.pid, signal.SIGQUIT)
            first.stop()
            proxy.target = servers.enter_context(cluster.start(DEBIAN_15, data=data)).target

        done = troubled(live, live, restart)

    assert done.status == Exit.RED
    assert done.results["a.sql"].red and done.results["b.sql"].red
    assert standing_of(closing(done)) is Standing.NOT_VERIFIED
