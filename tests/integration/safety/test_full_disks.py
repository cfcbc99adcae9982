"""What a run on production can do without: a place for its reports, a store, room on the server."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from fix_disk import SmallDisk
from fix_production import TELL, TOLD, UNTIL_TOLD, Live, evidence, live_on
from fix_server import DEBIAN_15, needs_15
from fix_suite import passing, project_on, template_on, until
from pgassay.model.evidence import Standing, standing_of
from pgassay.model.exits import Exit
from pgassay.model.suite import Outcome
from pgassay.pg import cluster
from pgassay.pg.cluster import Server
from pgassay.pg.connection import connect

REPORTS = ("html:report.html", "junit:report.xml", "tap:report.tap", "archive:kept.tar.gz")
FILLS = "insert into items (name) select repeat('x', 1000) from generate_series(1, 100000);"
WRITES = "insert into items (name) values ('nail');"
NOWHERE = "postgresql://nobody@127.0.0.1:1/nothing"


def _everything_ran(live: Live) -> None:
    live.project.put("a.sql", passing(body=WRITES))
    live.project.put("b.sql", passing("is(items_count(), 2::bigint)"))


def test_the_disk_for_reports_is_full(live18: Live, small_disk: SmallDisk) -> None:
    _everything_ran(live18)
    before = live18.dump()
    small_disk.fill()
    found = sorted(each.name for each in small_disk.folder.iterdir())
    wanted = [each.replace(":", f":{small_disk.folder}/") for each in REPORTS]

    done = live18.safely(".", *(word for each in wanted for word in ("--format", each)))

    assert done.status == Exit.OK, done.stderr
    assert done.outcomes == {"a.sql": Outcome.PASSED, "b.sql": Outcome.PASSED}
    for each in REPORTS:
        name, _, file = each.partition(":")
        place = small_disk.folder / file
        assert f"the {name} report ({place}) is incomplete: No space left on device" in done.stderr
    assert {each.name for each in small_disk.folder.iterdir()} - set(found) <= {"report.tap"}
    assert live18.nothing_left() and live18.dump() == before


def test_the_disk_for_an_archive_is_full(live18: Live, small_disk: SmallDisk) -> None:
    _everything_ran(live18)
    kept = small_disk.folder / "kept.tar.gz"
    kept.write_bytes(b"of the run before")
    small_disk.fill()

    done = live18.safely(".", "--archive", str(kept))

    assert done.status == Exit.OK
    assert f"the archive report ({kept}) is incomplete" in done.stderr
    assert kept.read_bytes() == b"of the run before"
    assert standing_of(evidence(done, "a.sql")) is Standing.VERIFIED


def test_the_disk_of_the_server_is_full(small_disk: SmallDisk, live15: Live) -> None:
    """The table's own disk: a full disk of the server's log is a crash, see test_lost_connections."""
    live = live15
    live.settings("max_dead_rows = 1000000")
    with connect(live.server.target) as connection:
        connection.execute(f"create tablespace small location '{small_disk.folder}'".encode())
    try:
        live.project.command("alter table items set tablespace small")
        live.project.put("a.sql", passing(body=FILLS))
        live.project.put("b.sql", passing("is(items_count(), 2::bigint)"))
        before = live.dump()

        done = live.safely("a.sql", "b.sql")

        assert done.results["a.sql"].problems[0].sqlstate == "53100", done.complaint("a.sql")
        assert "No space left on device" in done.complaint("a.sql")
        assert done.outcomes == {"a.sql": Outcome.FAILED, "b.sql": Outcome.PASSED}
        assert done.status == Exit.RED
        assert evidence(done, "a.sql").status == "aborted"
        assert live.nothing_left() and live.dump() == before
    finally:
        live.project.command("alter table items set tablespace pg_default")
        with connect(live.server.target) as connection:
            connection.execute("drop tablespace small")


def test_the_store_is_down(live18: Live) -> None:
    _everything_ran(live18)
    live18.settings("[store]", f'url = "{NOWHERE}"')
    before = live18.dump()

    done = live18.safely(record=True)

    assert done.status == Exit.OK, done.stderr
    assert done.outcomes == {"a.sql": Outcome.PASSED, "b.sql": Outcome.PASSED}
    assert "This run is not recorded: Cannot connect to" in done.stderr
    assert standing_of(evidence(done, "a.sql")) is Standing.VERIFIED
    assert live18.nothing_left() and live18.dump() == before


@needs_15
def test_the_store_goes_down_while_files_run(live18: Live) -> None:
    with cluster.start(DEBIAN_15) as server:
        store = ("[store]", f'url = "{server.target.conninfo}"')
        live18.settings('allow = { sleeps = "until the store is gone" }', *store)
        live18.project.command(TOLD)
        live18.project.put("a.sql", passing(body=f"{WRITES} {UNTIL_TOLD}"))
        live18.project.put("b.sql", passing("is(items_count(), 2::bigint)"))
        before = live18.dump("--exclude-table=told")
        started = live18.start("a.sql", "b.sql", record=True)
        until(lambda: live18.project.running("from told"), what="the test waits")
        server.stop()
        live18.project.command(TELL)
        done = started.wait()

    assert done.status == Exit.OK, done.stderr
    assert done.outcomes == {"a.sql": Outcome.PASSED, "b.sql": Outcome.PASSED}
    assert "The run is not recorded" in done.stderr
    assert standing_of(evidence(done, "b.sql")) is Standing.VERIFIED
    assert live18.nothing_left() and live18.dump("--exclude-table=told") == before


@pytest.fixture
def live15(server15: Server, tmp_path: Path) -> Iterator[Live]:
    """A production database on the server of that version."""
    with template_on(server15) as name, project_on(server15, name, tmp_path) as project:
        yield live_on(project, server15)
