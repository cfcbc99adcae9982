"""What a file leaves in its session is gone when the next file runs there.

Each case is two files that run one behind the other on one worker: the first leaves something, the second
looks whether it is there. All cases run in one command, once over plain sessions and once inside a
transaction of ours (``pgtap = "ephemeral"``).
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from fix_suite import Done, Project, passing, project_on, template_on
from pgassay.model.exits import Exit
from pgassay.model.suite import Outcome
from pgassay.pg.cluster import Server

SETUP = """
create table ledger (entry text);
create sequence counter;
do $$ begin create role clerk; exception when duplicate_object then null; end $$;
create function tenant_is(text) returns text language sql as $$ select set_config('app.tenant', $1, false) $$;
create function inside() returns text language plpgsql as
    $$ begin set local app.inside = 'x'; return 'done'; end $$;
create function clad() returns text language sql set app.clad = 'x' as $$ select 'done' $$;
create function modern() returns text language sql
    begin atomic select set_config('app.modern', 'x', false); end;
create extension dblink;
create table seeded as select 0 as at, random() from (select setseed(0.25)) as seed;
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """``leave`` is what the first file does before its rollback, or the whole file where it is one."""

    leave: str
    look: tuple[str, ...]
    whole: bool = False
    enclosed: bool = True
    """Whether the case makes sense inside a transaction of ours, too."""


def unset(name: str) -> tuple[str, ...]:
    """Look that a custom setting has never been given a value."""
    return (f"is(current_setting('{name}', true), null, 'never set')",)


def plain(statements: str) -> str:
    """A file that is in no transaction."""
    return "\n".join(("select plan(1);", statements, "select pass('done');", "select * from finish();", ""))


CASES: dict[str, Case] = {
    "setting": Case(
        leave=plain("set work_mem = '123MB';"),
        whole=True,
        look=("isnt(current_setting('work_mem'), '123MB')",),
    ),
    "custom_set": Case(leave=plain("set app.number = '1';"), whole=True, look=unset("app.number")),
    "custom_local": Case(leave="set local app.number = '1';", look=unset("app.number")),
    "custom_quoted": Case(leave="""set local "app"."number" = '1';""", look=unset("app.number")),
    "custom_config": Case(
        leave="select set_config('app.number', '1', true) \\g /dev/null", look=unset("app.number")
    ),
    "custom_computed": Case(
        leave="do $$ begin execute format('set %I.%I = 1', 'app', 'number'); end $$;",
        look=unset("app.number"),
    ),
    "custom_joined": Case(
        leave="do $$ begin execute 'set ' || 'app' || '.number = 1'; end $$;", look=unset("app.number")
    ),
    "custom_executed": Case(
        leave="select format('set local %s = %L', 'app.number', 1) \\gexec", look=unset("app.number")
    ),
    "custom_variable": Case(leave="\\set name app.number\nset local :name = 1;", look=unset("app.number")),
    "custom_function": Case(leave="select tenant_is('1') \\g /dev/null", look=unset("app.tenant")),
    "custom_plpgsql": Case(leave="select inside() \\g /dev/null", look=unset("app.inside")),
    "custom_clause": Case(leave="select clad() \\g /dev/null", look=unset("app.clad")),
    "custom_modern": Case(leave="select modern() \\g /dev/null", look=unset("app.modern")),
    "custom_at_death": Case(
        leave="begin; select plan(1); set local app.number = '1'; select 1/0;",
        whole=True,
        look=unset("app.number"),
    ),
    "role": Case(
        leave=plain("set role clerk;"), whole=True, look=("is(current_user, session_user, 'role')",)
    ),
    "session_authorization": Case(
        leave=plain("set session authorization clerk;"), whole=True, look=("isnt(session_user, 'clerk')",)
    ),
    "temp_table": Case(
        leave=plain("create temp table scratch (a int);"),
        whole=True,
        look=("is(to_regclass('pg_temp.scratch'), null)",),
    ),
    "temp_function": Case(
        leave=plain("create function pg_temp.f() returns int language sql as 'select 1';"),
        whole=True,
        look=("is(to_regproc('pg_temp.f'), null)",),
    ),
    "prepared": Case(
        leave="prepare asked as select 1;",
        look=("is((select count(*) from pg_prepared_statements)::int, 0, 'prepared statements')",),
    ),
    "advisory_lock": Case(
        leave="select pg_advisory_lock(4711) \\g /dev/null",
        look=(
            "is((select count(*)::int from pg_locks where locktype = 'advisory'"
            " and pid = pg_backend_pid()), 0)",
        ),
    ),
    "search_path": Case(
        leave=plain("set search_path = pgtap;"),
        whole=True,
        look=("isnt(current_setting('search_path'), 'pgtap')",),
    ),
    "listen": Case(
        leave=plain("listen news;"),
        whole=True,
        look=("is((select count(*) from pg_listening_channels())::int, 0)",),
    ),
    "held_cursor": Case(
        leave="select plan(1);\nbegin; declare held cursor with hold for select 1; commit;\n"
        "select pass('done');\nselect * from finish();",
        whole=True,
        look=("is((select count(*) from pg_cursors where name = 'held')::int, 0)",),
    ),
    "seed": Case(
        leave="select pass('done');\nselect setseed(0.25) \\g /dev/null",
        look=("isnt(random(), (select random from seeded), 'random again')",),
    ),
    "currval": Case(
        leave="select nextval('counter') \\g /dev/null",
        look=("throws_ok('select currval(''counter'')', '55000')",),
    ),
    "open_transaction": Case(
        leave="begin;\nselect plan(1);\nselect pass('done');\ninsert into ledger values ('open');",
        whole=True,
        look=("is((select count(*) from ledger where entry = 'open')::int, 0)",),
    ),
    "aborted_transaction": Case(
        leave="\\set ON_ERROR_STOP off\nbegin;\nselect plan(1);\nselect pass('done');\nselect 1/0;",
        whole=True,
        look=("pass('statements work')",),
    ),
    "client_encoding": Case(
        leave=plain("set client_encoding = 'LATIN1';"),
        whole=True,
        look=("is(current_setting('client_encoding'), 'UTF8', 'caf\u00e9')",),
    ),
    "characteristics": Case(
        leave=plain("set session characteristics as transaction isolation level serializable, read only;"),
        whole=True,
        look=(
            "is(current_setting('default_transaction_isolation'), 'read committed')",
            "is(current_setting('default_transaction_read_only'), 'off')",
        ),
    ),
    "transaction_read_only": Case(
        leave="set transaction read only;", look=("is(current_setting('transaction_read_only'), 'off')",)
    ),
    "session_replication": Case(
        leave=plain("set session_replication_role = replica;"),
        whole=True,
        look=("is(current_setting('session_replication_role'), 'origin')",),
    ),
    "constraints": Case(
        leave="set constraints all deferred;", look=("pass('nothing to see, but nothing fails')",)
    ),
    "library": Case(
        leave="load 'auto_explain';",
        look=unset("auto_explain.log_min_duration"),
    ),
    "dblink": Case(
        leave="select dblink_connect('line', 'dbname=' || current_database() || ' host=' ||"
        " split_part(current_setting('unix_socket_directories'), ',', 1)) \\g /dev/null",
        look=("is(dblink_get_connections(), null)",),
    ),
    "variable": Case(
        leave="\\set left here\nselect 1 as also \\gset",
        look=("is(:{?left}, false, 'set')", "is(:{?also}, false, 'gset')"),
    ),
    "format": Case(leave="\\pset tuples_only off", look=("pass('output is TAP')",)),
    "error_stop": Case(
        leave="\\set ON_ERROR_STOP off\n\\set ON_ERROR_ROLLBACK on\n\\set AUTOCOMMIT off",
        look=("is(:'ON_ERROR_STOP' || :'ON_ERROR_ROLLBACK' || :'AUTOCOMMIT', '1offon')",),
    ),
    "other_database": Case(
        leave="\\c postgres\nselect 1;", whole=True, look=("isnt(current_database(), 'postgres')",)
    ),
    "condition": Case(leave="select pass('done');\n\\if false", look=("pass('statements run')",)),
    "role_settings": Case(
        leave=plain("alter role postgres in database :DBNAME set work_mem = '77MB';"),
        whole=True,
        enclosed=False,
        look=("is(current_setting('work_mem'), '77MB', 'a new session has it, as with pg_prove')",),
    ),
}


def files_of(case: Case) -> tuple[str, str]:
    """Give the text of the two files."""
    leave = case.leave if case.whole else passing(body=case.leave)
    return leave, passing(*case.look)


def run_cases(project: Project, *options: str, enclosed: bool) -> Done:
    """Run all cases, each as two files."""
    project.command(SETUP)
    for name, case in CASES.items():
        if case.enclosed or not enclosed:
            leave, look = files_of(case)
            project.put(f"tests/{name}_1_leave.sql", leave)
            project.put(f"tests/{name}_2_look.sql", look)
    return project.test("tests", *options)


@pytest.fixture(scope="module")
def plainly(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Done]:
    """All cases over sessions that are handed on."""
    with (
        template_on(server) as template,
        project_on(server, template, tmp_path_factory.mktemp("plain")) as project,
    ):
        yield run_cases(project, enclosed=False)


@pytest.fixture(scope="module")
def enclosed(server18: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Done]:
    """All cases inside a transaction of ours, on a database without pgTAP."""
    with project_on(server18, "template0", tmp_path_factory.mktemp("enclosed")) as project:
        yield run_cases(project, "--pgtap", "ephemeral", enclosed=True)


@pytest.mark.parametrize("name", CASES)
def test_nothing_is_handed_on(name: str, plainly: Done) -> None:
    look(name, plainly)


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.enclosed])
def test_nothing_is_handed_on_inside_our_transaction(name: str, enclosed: Done) -> None:
    look(name, enclosed)


def look(name: str, done: Done) -> None:
    """Insist that the second file of a case saw nothing, and that the first left something."""
    assert done.results[f"tests/{name}_1_leave.sql"].assertions or name in (
        "custom_at_death",
        "other_database",
    )
    found = done.results[f"tests/{name}_2_look.sql"]
    assert [(each.description, each.diagnostics) for each in found.assertions if not each.passed] == []
    assert found.outcome is Outcome.PASSED, found.problems


def test_a_session_that_is_clean_is_handed_on(project: Project) -> None:
    project.write(a=passing("pass(pg_backend_pid()::text)"), b=passing("pass(pg_backend_pid()::text)"))

    for options in ((), ("--pgtap", "ephemeral")):
        results = project.test(".", *options).results
        assert len({each.assertions[0].description for each in results.values()}) == 1


def test_a_function_that_sets_what_it_is_told_costs_each_file_its_own_session(project: Project) -> None:
    project.command(
        "create function any_is(text, text) returns text language sql as 'select set_config($1, $2, false)'"
    )
    project.write(
        a=passing(body="select any_is('app.number', '1') \\g /dev/null"), b=passing(*unset("app.number"))
    )

    assert project.test(".").status == Exit.OK
