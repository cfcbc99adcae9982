"""The evidence of a run is in the store, is checked again, and shows when somebody changed it."""

import json
import signal

from fix_production import Live, closing, evidence
from fix_suite import passing, until
from pgassay.model.exits import Exit
from pgassay.model.suite import Outcome

IN_PLACE = {
    "a status": "set document = replace(document, 'aborted', 'committed') where number = 1",
    "a hash": "set sha256 = repeat('0', 64) where number = 2",
    "a document and its hash": "set document = replace(document, 'b.sql', 'x.sql'),"
    " sha256 = encode(sha256(replace(document, 'b.sql', 'x.sql')::bytea), 'hex') where number = 2",
    "no JSON at all": "set document = 'x', sha256 = encode(sha256('x'), 'hex') where number = 1",
    "a number": "set number = 4 where number = 3",
}
CHANGES = {
    **{what: f"update prod_test_schema.run_evidence {change}" for what, change in IN_PLACE.items()},
    "a piece is gone": "delete from prod_test_schema.run_evidence where number = 2",
    "the end is gone": "delete from prod_test_schema.run_evidence where number = 3",
}
KEEP = "create table kept as select * from prod_test_schema.run_evidence"
RESTORE = """
truncate prod_test_schema.run_evidence;
insert into prod_test_schema.run_evidence select * from kept
"""
RECORDED = "select 1 from prod_test_schema.run_evidence"


def test_a_recorded_run_is_verified_and_every_change_shows(live18: Live) -> None:
    live18.project.put("a.sql", passing("is(items_count(), 2::bigint)"))
    live18.project.put("b.sql", passing())
    done = live18.safely("a.sql", "b.sql", record=True)
    run = closing(done).run

    shown = live18.project.run("evidence", "last")
    assert (done.status, shown.status) == (Exit.OK, Exit.OK), shown.stdout + shown.stderr
    assert shown.stdout.splitlines()[-2:] == [f"sha256 {closing(done).sha256}", "VERIFIED"]

    document = json.loads(live18.project.run("--json", "evidence", run[:8]).stdout)
    assert [each.get("path") for each in document["evidence"]] == ["a.sql", "b.sql", None]
    assert document["evidence"][0]["sha256"] == evidence(done, "a.sql").sha256

    live18.project.command(KEEP)
    for what, change in CHANGES.items():
        live18.project.command(change)
        changed = live18.project.run("evidence", run)
        assert changed.status == Exit.RED, what
        assert changed.stdout.splitlines()[-1] != "VERIFIED", what
        live18.project.command(RESTORE)
    assert live18.project.run("evidence", run).status == Exit.OK


def test_a_replayed_run_has_its_evidence(live18: Live) -> None:
    live18.project.put("a.sql", passing())
    done = live18.safely(record=True)

    told = live18.project.folder / "again.jsonl"
    live18.project.run("replay", "last", "--format", f"jsonl:{told}")

    assert closing(done).sha256 in told.read_text()
    assert evidence(done, "a.sql").sha256 in told.read_text()


def test_a_run_that_was_not_safe_has_none(live18: Live) -> None:
    live18.project.put("a.sql", passing())
    live18.project.test(".", record=True)

    shown = live18.project.run("evidence", "last")

    assert shown.status == Exit.USAGE
    assert "--production-safe" in shown.stderr


def test_a_killed_run_leaves_nothing_and_is_told(live: Live) -> None:
    live.settings('allow = { sleeps = "to be killed in the middle" }')
    live.project.put("a.sql", passing())
    live.project.put("b.sql", passing(body="insert into items (name) values ('x'); select pg_sleep(30);"))
    before = live.dump()
    started = live.start("a.sql", "b.sql", record=True)
    until(lambda: live.project.running("pg_sleep(30)"), what="it runs")
    # What ended before is recorded by a thread of its own.
    until(lambda: live.project.ask(RECORDED) != [], what="the first file is recorded")

    started.kill()
    assert live.nothing_left()

    assert live.dump() == before
    live.settings()
    assert live.safely("a.sql", record=True).status == Exit.OK
    interrupted = live.project.run("evidence", "last-1")
    assert interrupted.status == Exit.RED
    assert "the run was interrupted" in interrupted.stdout
    assert live.project.run("evidence", "last").status == Exit.OK


def test_an_interrupted_run_says_what_it_left(live18: Live) -> None:
    live18.settings('allow = { sleeps = "to be stopped in the middle" }')
    live18.project.put("a.sql", passing(body="insert into items (name) values ('x'); select pg_sleep(30);"))
    started = live18.start()
    until(lambda: live18.project.running("pg_sleep(30)"), what="it runs")

    started.signal(signal.SIGINT)
    done = started.wait()

    assert done.status == Exit.INTERRUPTED
    assert done.outcomes == {"a.sql": Outcome.NOT_RUN}
    assert evidence(done, "a.sql").status == "aborted"
    assert live18.nothing_left()
