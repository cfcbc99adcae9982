"""Whatever a file does within its transaction, nothing of it is left, and that is said with evidence."""

from fix_production import Live, closing, evidence
from fix_server import fresh_database
from fix_suite import Project, committing, passing
from pgassay.model.evidence import Standing, standing_of
from pgassay.model.exits import Exit
from pgassay.model.suite import Outcome, Trouble

INSERT = "insert into items (name) values ('nail');"
FILES = {
    "a_writes.sql": passing("is(items_count(), 3::bigint)", body=INSERT),
    "b_makes.sql": passing(
        "has_table('made')", body="create table made (a int); create index on made (a); truncate made;"
    ),
    "c_commits.sql": committing("is(items_count(), 3::bigint)", body=INSERT),
    "d_no_block.sql": f"{INSERT}\nselect plan(1);\nselect is(items_count(), 3::bigint);\n",
    "e_dies.sql": f"begin;\nselect plan(1);\n{INSERT}\nselect 1/0;\n",
    "f_goes_on.sql": "\\set ON_ERROR_STOP off\n"
    + passing("pass('on')", body=f"{INSERT} select 1/0; {INSERT}"),
    "g_savepoints.sql": passing(
        "is(items_count(), 3::bigint)", body=f"{INSERT} savepoint s; {INSERT} rollback to s; release s;"
    ),
    "h_two_blocks.sql": f"begin;\n{INSERT}\nrollback;\n" + passing("is(items_count(), 2::bigint)"),
    "i_as_another.sql": passing("is(current_user, 'pg_monitor')", body="set local role pg_monitor;"),
    "j_copies.sql": "begin;\nselect plan(1);\ncopy items (name) from stdin;\nnail\n\\.\n"
    "select is(items_count(), 3::bigint);\nselect * from finish();\nrollback;\n",
    "k_computes.sql": passing(
        "is(items_count(), 3::bigint)", body="select $$insert into items (name) values ('nail')$$ \\gexec"
    ),
    "l_locks.sql": passing("pass('locked')", body="select pg_advisory_xact_lock(42);"),
    "m_session.sql": passing("pass('set')", body="set search_path = pgtap; prepare p as select 1;"),
}
RED = {"e_dies.sql"}


def test_the_database_is_as_it_was(live: Live) -> None:
    for name, text in FILES.items():
        live.project.put(name, text)
    before = live.dump()

    done = live.safely()

    assert live.dump() == before
    assert live.nothing_left()
    assert {path for path, each in done.results.items() if each.red} == RED, done.stdout
    assert done.status == Exit.RED
    for path in FILES:
        found = evidence(done, path)
        assert standing_of(found) is Standing.VERIFIED, (path, found.claims)
        assert found.status == "aborted"
    assert standing_of(closing(done)) is Standing.VERIFIED, closing(done).claims


def test_what_a_file_touched_is_its_own(live: Live) -> None:
    """The server's counters go on over transactions; what the file before wrote must not be counted again."""
    live.project.put("a.sql", passing("is(items_count(), 3::bigint)", body=INSERT))
    live.project.put("b.sql", passing("is(items_count(), 2::bigint)"))

    done = live.safely("a.sql", "b.sql")

    written = {
        path: [(each.name, each.inserted) for each in evidence(done, path).relations] for path in done.results
    }
    assert written == {"a.sql": [("public.items", 1)], "b.sql": [("public.items", 0)]}
    (move,) = evidence(done, "a.sql").sequences
    assert (move.name, move.before, move.after) == ("public.items_id_seq", 2, 3)
    assert evidence(done, "b.sql").sequences == ()


def test_a_sequence_that_nobody_has_used_was_not_advanced(live: Live) -> None:
    live.project.command("create sequence unused; create table notes (id serial, body text)")
    live.project.put("a.sql", passing(body="insert into notes (body) values ('a');"))
    live.project.put("b.sql", passing())

    done = live.safely("a.sql", "b.sql")

    (move,) = evidence(done, "a.sql").sequences
    assert (move.name, move.before, move.after) == ("public.notes_id_seq", None, 1)
    assert evidence(done, "b.sql").sequences == ()


def test_a_commit_is_a_rollback_and_a_warning(live18: Live) -> None:
    live18.project.put("a.sql", committing("is(items_count(), 3::bigint)", body=INSERT))

    done = live18.safely()
    strict = live18.safely("--strict")

    assert (done.status, done.warned("a.sql")) == (Exit.OK, [Trouble.ROLLED_BACK])
    assert (strict.status, strict.troubles("a.sql")) == (Exit.RED, [Trouble.ROLLED_BACK])


def test_a_commit_still_fails_where_a_constraint_is_broken(live18: Live) -> None:
    live18.project.put("a.sql", committing("pass('so far')", body="insert into parts values (1, 99);"))

    done = live18.safely()

    assert done.status == Exit.RED
    assert "violates foreign key constraint" in done.complaint("a.sql")


ESCAPES = (
    "select 1 \\; commit;",
    "select 1 \\; rollback \\; insert into items (name) values ('nail');",
    "select 'commit' \\gexec",
    "select '/* x */ ; -- y' || chr(10) || ' commit and chain' \\gexec",
    "select '/* /* */ */ commit' \\gexec",
    "select 'rollback; insert into items (name) values (1)' \\gexec",
    "select 'rollback', 'insert into items (name) values (1)' \\gexec",
    "end;",
    "commit and chain;",
    "abort; insert into items (name) values ('nail');",
    "rollback to savepoint pgassay_file; commit;",
    "release savepoint pgassay_file; commit;",
    "release savepoint pgassay_block; commit; insert into items (name) values ('nail');",
    "prepare transaction 'x';",
    "commit prepared 'x';",
    "do $$ begin commit; end $$;",
    "start transaction; commit;",
    "set transaction read write; commit;",
)


def test_no_way_out_of_the_transaction(live18: Live) -> None:
    files = {f"{number:02}.sql": escape for number, escape in enumerate(ESCAPES)}
    for name, escape in files.items():
        live18.project.put(name, f"begin;\nselect no_plan();\n{INSERT}\n{escape}\nselect pass('out');\n")
    before = live18.dump()

    done = live18.safely()

    assert live18.dump() == before
    assert live18.nothing_left()
    for name, escape in files.items():
        found = done.results[name].evidence
        assert found is None or found.status == "aborted", escape
        assert found is not None or set(done.troubles(name)) == {Trouble.REFUSED}, escape


def test_pgtap_leaves_with_the_file_where_it_is_not_installed(live18: Live) -> None:
    with fresh_database(live18.server) as target:
        bare = Live(project=Project(folder=live18.project.folder, target=target), server=live18.server)
        bare.project.put("a.sql", passing("has_extension('plpgsql')"))
        bare.project.put("b.sql", passing("pass('again')"))
        before = bare.dump()

        done = bare.safely("-j", "2")

        assert done.outcomes == {"a.sql": Outcome.PASSED, "b.sql": Outcome.PASSED}, done.stdout
        assert bare.dump() == before
        assert bare.nothing_left()


def test_limits_that_were_loosened_are_noticed_where_that_is_allowed(live18: Live) -> None:
    """Reading refuses it; with that rule relaxed, looking still sees it."""
    live18.project.put("a.sql", passing("pass('free')", body="set local lock_timeout = 0;"))

    assert live18.safely().troubles("a.sql") == [Trouble.REFUSED]

    live18.settings('allow = { guarded_settings = "the test is about them" }')
    done = live18.safely()
    assert done.troubles("a.sql") == [Trouble.LEFT_TRACES]
    assert "lock_timeout" in done.complaint("a.sql")


def test_a_role_keeps_a_file_from_what_it_may_not(live18: Live) -> None:
    live18.project.command("create role tester_of_live; grant usage on schema pgtap to tester_of_live")
    try:
        live18.settings('role = "tester_of_live"')
        live18.project.put("a.sql", passing("is(current_user, 'tester_of_live')"))
        live18.project.put("b.sql", passing("is(items_count(), 2::bigint)"))

        done = live18.safely()

        assert done.outcomes == {"a.sql": Outcome.PASSED, "b.sql": Outcome.FAILED}, done.stdout
        assert "permission denied for table items" in done.complaint("b.sql")
    finally:
        live18.project.command("drop owned by tester_of_live; drop role tester_of_live")
