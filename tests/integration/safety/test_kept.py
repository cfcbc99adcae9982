"""An ephemeral pgTAP is loaded once for several files; each of them is still undone and examined alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from fix_production import TELL, TOLD, UNTIL_TOLD, Live, closing, evidence, live_on
from fix_server import fresh_database
from fix_suite import Done, Project, passing, until, within
from pgassay.model.evidence import Standing, standing_of
from pgassay.model.suite import Outcome, Trouble
from pgassay.pg.cluster import Server

INSERT = "insert into items (name) values ('nail');"
TWO = "is((select count(*) from items), 2::bigint)"
SLOWLY = "select pg_sleep(0.2) from generate_series(1, 50);"
KILL = """
select pg_terminate_backend(pid) from pg_stat_activity
where application_name like '%a.sql' and query like '%pg_sleep%'
"""
ROLLED_BACK = "its transaction was rolled back"
LOADED = "pgTAP went with its transactions"


@pytest.fixture
def bare(server: Server, tmp_path: Path) -> Iterator[Live]:
    """A production database without pgTAP, on each server."""
    with fresh_database(server) as target:
        yield live_on(Project(folder=tmp_path / "project", target=target), server)


def _run(live: Live, files: dict[str, str], *words: str, tier: str = "rollback") -> Done:
    for name, text in files.items():
        live.project.put(name, text)
    before = live.dump()
    done = live.safely(".", "--pgtap", "ephemeral", *words, tier=tier)
    assert live.dump() == before
    assert live.nothing_left()
    return done


def _loads(done: Done) -> tuple[Standing, str]:
    (claim,) = [each for each in closing(done).claims if each.name == LOADED]
    return claim.standing, claim.detail


def _red(done: Done) -> set[str]:
    return {path for path, each in done.results.items() if each.red}


def test_each_file_has_an_id_of_its_own_and_is_rolled_back(bare: Live) -> None:
    files = {
        "a.sql": passing("is((select count(*) from items), 3::bigint)", body=INSERT),
        "b.sql": passing("has_table('made')", body="create table made (a int);"),
        "c.sql": passing(
            TWO, "hasnt_table('made')", body=f"savepoint s; {INSERT} rollback to s; savepoint t; release t;"
        ),
        "d.sql": f"begin;\n{INSERT}\nrollback;\n" + passing(TWO),
    }

    done = _run(bare, files)

    assert _red(done) == set(), done.stdout
    found = [evidence(done, path) for path in files]
    assert {standing_of(each) for each in found} == {standing_of(closing(done))} == {Standing.VERIFIED}
    assert {each.status for each in found} == {"aborted"}
    assert len({each.transaction for each in found}) == 4
    assert len({each.backend_pid for each in found}) == 1
    standing, detail = _loads(done)
    assert standing is Standing.VERIFIED
    assert int(detail.split()[0]) < len(files)  # one, where the machine is not so slow that it gets old
    assert [[each.name for each in one.relations if each.inserted] for one in found] == [
        ["public.items"], [], ["public.items"], ["public.items"],
    ]  # fmt: skip


def test_what_a_file_leaves_in_the_session_is_gone_for_the_next(bare: Live) -> None:
    body = "prepare p as select 1; create temp table t (a int); create temp sequence s;"
    files = {
        "a.sql": passing(body=f"{body} set work_mem = '77MB'; declare c cursor with hold for select 1;"),
        "b.sql": passing(
            "isnt(current_setting('work_mem'), '77MB')", "ok(current_user <> 'pg_monitor')", body=body
        ),
        "c.sql": passing(body="set local role pg_monitor;"),
        "d.sql": passing("ok(current_user <> 'pg_monitor')"),
    }
    assert _red(_run(bare, files)) == set()


def test_a_file_that_dies_takes_no_other_along(bare: Live) -> None:
    slow = "do $$ begin loop null; end loop; end $$;"
    files = {
        "a.sql": passing(body=f"{INSERT} select 1/0;"),
        "b.sql": passing(TWO),
        "c.sql": within("1s", passing(body=f"{INSERT} {slow}")),
        "d.sql": passing(TWO),
    }

    done = _run(bare, files)

    assert _red(done) == {"a.sql", "c.sql"}
    assert done.results["c.sql"].outcome is Outcome.TIMED_OUT
    assert {evidence(done, path).status for path in files} == {"aborted"}
    assert _loads(done)[0] is Standing.VERIFIED


@pytest.mark.parametrize(
    "breaks_out",
    [
        "rollback to savepoint pgassay_around;",
        "release savepoint pgassay_around;",
        "release savepoint pgassay_file; release savepoint pgassay_file;",
    ],
)
def test_a_file_that_ends_our_savepoints_is_no_green_file(bare: Live, breaks_out: str) -> None:
    files = {
        "a.sql": f"{INSERT}\n{breaks_out}\n{INSERT}\nselect 1;\n",
        "b.sql": passing(TWO),
    }

    done = _run(bare, files)

    troubles = {each.trouble for each in done.results["a.sql"].problems}
    assert troubles & {Trouble.LEFT_TRACES, Trouble.NOT_VERIFIED}
    (claim,) = [each for each in evidence(done, "a.sql").claims if each.name == ROLLED_BACK]
    assert claim.standing is not Standing.VERIFIED
    assert not done.results["b.sql"].red, done.complaint("b.sql")


def test_it_is_loaded_anew_before_it_is_old(bare: Live) -> None:
    body = "select pg_sleep(0.2) from generate_series(1, 3);"
    done = _run(bare, {f"{at}.sql": passing(TWO, body=f"{INSERT} rollback; {body}") for at in range(6)})
    standing, detail = _loads(done)
    assert standing is Standing.VERIFIED
    assert int(detail.split()[0]) >= 2


def test_it_is_loaded_anew_where_others_began_many_transactions(bare: Live) -> None:
    """The limit is not crossed by the transaction that files share, but half of it is spent."""
    bare.settings("max_transaction_age = 200", 'allow = { sleeps = "others get to work meanwhile" }')
    bare.project.command(TOLD)
    bare.project.put("a.sql", passing(TWO, body=UNTIL_TOLD))
    bare.project.put("b.sql", passing(TWO))
    bare.project.put("c.sql", passing(TWO))

    started = bare.start(".", "--pgtap", "ephemeral")
    until(lambda: bare.project.running("from told"), what="the first file runs")
    with bare.project.connected() as customer:
        for _ in range(120):
            customer.execute("select pg_current_xact_id()")
        customer.execute(TELL)
    done = started.wait()

    assert _red(done) == set(), done.stdout
    standing, detail = _loads(done)
    assert standing is Standing.VERIFIED
    assert int(detail.split()[0]) >= 2  # and another one where the machine took long for the second


def test_nothing_can_be_written_in_the_read_only_tier(bare: Live) -> None:
    files = {"a.sql": passing(TWO), "b.sql": passing(body=INSERT), "c.sql": passing(TWO)}

    done = _run(bare, files, tier="read-only")

    outcomes = [done.results[path].outcome for path in files]
    assert outcomes == [Outcome.PASSED, Outcome.NEEDS_ROLLBACK, Outcome.PASSED]


def test_a_lost_session_loads_it_anew(bare: Live) -> None:
    bare.project.put("a.sql", passing(body=f"{INSERT} {SLOWLY}"))
    bare.project.put("b.sql", passing(TWO))

    started = bare.start(".", "--pgtap", "ephemeral")
    until(lambda: bool(bare.project.ask(KILL)), what="its session is ended")
    done = started.wait()

    assert _red(done) == {"a.sql"}
    assert evidence(done, "a.sql").status == "aborted"
    assert _loads(done)[0] is Standing.VERIFIED
