"""Functions, blocks and strings within one another, and what is remembered from statement to statement."""

import pytest

from pgassay.parse.sql.surroundings import Surroundings
from unit.parse.sql.judging import in_block, judge, known, stopped

RUN = """
create function pg_temp.run(who text, q text) returns text language plpgsql as $$ begin execute q; end $$
"""
DO_IT = "select pg_temp.run('me', 'truncate app.users')"


@pytest.mark.parametrize(
    "texts",
    [
        (RUN, DO_IT),
        (RUN, "select pg_temp.run(q => 'truncate app.users', who => 'me')"),
        (RUN, "select pg_temp.run('me', 'trun' || 'cate ' || quote_ident('app') || '.users')"),
        (RUN, "select pg_temp.run(a, b) from (values ('', 'select 1'), ('', 'truncate users')) as t (a, b)"),
        (RUN, "with t as (select 'truncate app.users'::text as q) select pg_temp.run('x', t.q) from t"),
        (RUN, in_block("perform pg_temp.run('me', 'truncate app.users')")),
        (RUN, "create function pg_temp.two(t text) returns text return pg_temp.run('x', 'truncate ' || t)",
            "select pg_temp.two('app.users')"),
        (RUN, "create function pg_temp.c(text) returns int language sql as $$ select pg_temp.run('', $1) $$",
            "select pg_temp.c('truncate app.users')"),
        ("create function pg_temp.go() returns void language plpgsql as "
            "$$ begin perform pg_temp.run('', 'truncate app.users'); end $$", RUN),
        ("create function pg_temp.r(q text default 'truncate app.users') returns void language plpgsql as "
            "$$ begin execute q; end $$", "select pg_temp.r()"),
        ("create function pg_temp.r(q text) returns void language plpgsql as "
            "$$ begin if q = '' then perform pg_temp.r('truncate app.users'); end if; execute q; end $$",),
        (in_block("create function pg_temp.f() returns int language sql as 'select app.kill_all()'"),),
        ("select app.kill_later()",),
        ("select app.ping(1)",),
        ("select app.pong(1)",),
        ("select (u).wipe from app.users as u",),
        ("select u.wipe from app.users as u",),
        ("select app.waits()",),
        ("select app.atomic()",),
        ("select app.snake()",),
        ("select runtests('t'::name)",),
        ("select * from do_tap('t'::name)",),
        ("create aggregate pg_temp.a (int) (sfunc = app.kill_all, stype = int)",),
        ("create operator pg_temp.!! (function = app.kill_all, rightarg = int)",),
        ("create cast (int as bool) with function pg_terminate_backend(int)",),
        ("create event trigger e on ddl_command_end execute function app.kill_all()",),
        ("create temp table t (a int default app.kill_all())",),
        ("create temp table t (a int check (app.kill_all() > a))",),
        ("create temp table t (a int)", "create trigger g after insert on t execute function app.kill_all()"),
        ("prepare p (int) as select app.kill_all()",),
        ("select lives_ok('p(app.kill_all())')",),
        ("explain (analyze) select app.kill_all()",),
        ("copy (select app.kill_all()) to stdout",),
        ("select 1 order by app.kill_all()",),
        ("select count(*) filter (where app.kill_all()) over (partition by app.harmless())",),
        ("insert into app.orders values (1) on conflict do update set a = app.kill_all()",),
        ("merge into app.orders o using t on true when matched then update set a = app.kill_all()",),
        ("select xmlelement(name a, query_to_xml('select app.kill_all()', true, true, ''))",),
        ("select * from crosstab('select app.kill_all()')",),
    ],
)  # fmt: skip
def test_what_stands_inside_is_found(texts: tuple[str, ...]) -> None:
    assert stopped(*texts) - {"unreadable"}


@pytest.mark.parametrize(
    "text",
    [
        "select cmp_ok(1, '= 1) or (app.kill_all()', 1)",
        "select cmp_ok(1, a, 1) from b",
        "select * from connectby('(select app.kill_all()) x', 'a', 'b', '1', 0)",
        "select _runem(array['app.kill_all'], true)",
        "select lives_ok(a) from b",
        "select app.run(a) from app.orders",
    ],
)
def test_what_puts_statements_together_is_refused(text: str) -> None:
    assert stopped(text) == {"unreadable"}


@pytest.mark.parametrize(
    "texts",
    [
        (RUN,),
        (RUN, "select pg_temp.run('truncate app.users', 'select 1')"),
        (RUN, "select pg_temp.run(a, b) from (values ('truncate app.users', 'select 1')) as t (a, b)"),
        ("select app.run('select 1')",),
        ("select app.run(format('select * from %I where a = %L', t, v)) from app.orders",),
        ("select is('truncate app.users', 'truncate app.users', 'a description')",),
        ("select results_eq('select 1', array[1])", "select set_eq('p', '{1}'::int[])"),
        ("select results_eq('p', 'c'::refcursor)", "select throws_ok('p', '42501', 'truncate app.users')"),
        ("select cmp_ok(1, '<', 2), cmp_ok('a', 'not like', 'b'), cmp_ok(1, 'is distinct from', 2)",),
        ("create temp table t (wipe int)", "select wipe from t"),
        ("select app.ping",),
    ],
)
def test_what_is_not_executed_is_let_through(texts: tuple[str, ...]) -> None:
    assert stopped(*texts) == set()


def test_what_a_file_made_is_free_and_what_was_there_is_not() -> None:
    assert stopped("create temp table t (a int)", "alter table t add b int", "drop table t") == set()
    assert stopped("create table if not exists app.users (a int)", "drop table app.users") == {"strong_locks"}
    assert stopped("create temp table users (a int)", "drop table app.users") == {"strong_locks"}
    assert stopped("create temp table users (a int)", "drop table pg_temp.users") == set()


def test_without_a_catalog_only_what_the_file_was_seen_to_make_is_free() -> None:
    def free(*texts: str) -> bool:
        return stopped(*texts, surroundings=Surroundings()) == set()

    assert free("create table t (a int)", "drop table t")
    assert free("create schema s", "create table s.t (a int)", "drop table s.t, s.u", "drop schema s")
    assert free("create type m as enum ('a')", "drop type m", "create function f() returns int return 1")
    assert free("select 1 as a into t", "create index i on t (a)", "drop index i")
    assert free("begin", "create table t (a int)", "savepoint s", "rollback to s", "drop table t")
    assert not free("drop table t")
    assert not free("create table t (a int)", "drop table s.t")
    assert not free("create table if not exists t (a int)", "drop table t")
    assert not free("begin", "create table t (a int)", "rollback", "drop table t")
    assert not free("savepoint s", "create table t (a int)", "rollback to s", "drop table t")
    assert not free("savepoint s", "create table t (a int)", "release s", "rollback to s", "drop table t")
    assert not free("select lives_ok('create table t (a int)')", "drop table t")
    assert not free(in_block("create table t (a int)"), "drop table t")
    assert not free("create schema if not exists s", "drop schema s")
    assert not free("create or replace view v as select 1", "drop view v")
    assert free("drop table pg_temp.t")
    assert "strong_locks" in stopped(
        "create table t ()", "commit", "drop table t", surroundings=Surroundings()
    )


def test_functions_that_are_not_known_to_a_runner_stop_it() -> None:
    nothing = Surroundings()
    assert stopped("select runtests('x'::name)", surroundings=nothing) == {"unreadable"}
    assert stopped("create schema x", "select runtests('x'::name)", surroundings=nothing) == set()


def test_what_cannot_run_is_let_through_only_where_an_error_is_asked_for() -> None:
    assert stopped("select throws_ok('selec 1', '42601')") == set()
    assert stopped("select lives_ok('selec 1')") == {"unreadable"}
    assert stopped(in_block("selec 1")) == {"unreadable"}
    assert stopped(in_block("execute 'selec 1'")) == {"unreadable"}
    assert stopped("select lives_ok('values(1),(2)')") == set()


def test_routines_that_call_each_other_are_read_whichever_comes_first() -> None:
    for texts in (("select app.ping(1)", "select app.pong(1)"), ("select app.pong(1)", "select app.ping(1)")):
        findings = judge(*texts)
        assert [each.object for each in findings].count("app.users") >= 2
        assert max(len(each.through) for each in findings) <= 3


def test_an_own_function_with_the_name_of_one_of_the_servers_makes_texts_unknown() -> None:
    harmless = in_block("execute format('select %L', 'x')")
    assert stopped(harmless) == set()
    assert stopped("create function public.format(text, text) returns text return 'a'", harmless) == {
        "unreadable"
    }
    for text in (
        "domain pg_temp.regclass as text",
        "type pg_temp.int8 as (a int)",
        "type regrole (input = a)",
    ):
        assert stopped(f"create {text}") == {"unreadable"}


def test_a_function_with_a_dangerous_name_is_judged_by_its_body_only_where_it_can_be_no_other() -> None:
    assert stopped("select app.http_status()") == set()
    assert stopped("select http_status()") == set()
    assert stopped("select public.http_status()") == {"outside_effects"}
    assert stopped("create function public.pg_terminate_backend(int) returns int return 1",
                   "select pg_terminate_backend(1)", surroundings=known()) == {"outside_effects"}  # fmt: skip
