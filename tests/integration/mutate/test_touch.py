"""What a file's statements touch, told by its own transactions."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pgassay.flows.mutate.bench import Library, SuiteBench
from pgassay.model.suite import TestFile
from pgassay.mutate.specimen import Specimen
from pgassay.mutate.touch import Watcher, count_functions
from pgassay.pg.connection import connect
from pgassay.pg.target import Target
from pgassay.suite.session import Preparation
from pgassay.suite.settings import SuiteSettings

SCHEMA = """
create schema app;
create table app.kept (id integer);
create table app.other (id integer);
create table app.empty (id integer);
create function app.add(n integer) returns void language plpgsql as
    $$begin insert into app.kept values (n); end$$;
create function app.idle() returns void language plpgsql as 'begin end';
"""


@pytest.fixture
def target(pgtap_database: Target) -> Target:
    with connect(pgtap_database) as connection:
        connection.execute(SCHEMA)
    return pgtap_database


@pytest.fixture
def bench(target: Target) -> Iterator[SuiteBench]:
    count_functions(target)
    made = SuiteBench(target, Preparation(), SuiteSettings(), Library())
    yield made
    made.close()


def touched(bench: SuiteBench, target: Target, path: Path, text: str) -> set[str]:
    path.write_text(text, encoding="utf-8")
    watcher = Watcher()
    ran = bench.run(TestFile(path=str(path)), watch=watcher)
    assert not ran.result.red, ran.result.problems
    bench.close()
    return {each.name for each in watcher.touched(target) if each.name.startswith("app.")}


def test_reading_writing_and_calling_are_seen(bench: SuiteBench, target: Target, tmp_path: Path) -> None:
    text = "begin; select plan(1); select app.add(1); select * from app.empty; select pass(); rollback;"
    found = touched(bench, target, tmp_path / "a.sql", text)
    assert found == {"app.add(integer)", "app.kept", "app.empty"}


def test_what_a_savepoint_took_back_was_touched_all_the_same(
    bench: SuiteBench, target: Target, tmp_path: Path
) -> None:
    text = """begin; select plan(1); savepoint s; insert into app.kept values (1); rollback to s;
        select pass(); rollback;"""
    assert touched(bench, target, tmp_path / "a.sql", text) == {"app.kept"}


def test_every_transaction_of_a_file_counts_and_so_does_one_left_open(
    bench: SuiteBench, target: Target, tmp_path: Path
) -> None:
    text = """select 1; begin; insert into app.kept values (1); rollback; begin; select app.idle(); commit;
        begin; select * from app.other; select plan(1); select pass();"""
    found = touched(bench, target, tmp_path / "a.sql", text)
    assert found == {"app.kept", "app.idle()", "app.other"}


def test_a_file_is_not_charged_with_what_the_one_before_did(
    bench: SuiteBench, target: Target, tmp_path: Path
) -> None:
    first = "begin; select plan(1); select app.add(1); select pass(); rollback;"
    second = "begin; select plan(1); select pass(); rollback;"
    assert touched(bench, target, tmp_path / "a.sql", first) == {"app.add(integer)", "app.kept"}
    assert touched(bench, target, tmp_path / "b.sql", second) == set()


def test_a_specimen_keeps_its_files_apart(target: Target, tmp_path: Path) -> None:
    def open_bench(where: Target) -> SuiteBench:
        return SuiteBench(where, Preparation(), SuiteSettings(), Library())

    first, second = tmp_path / "a.sql", tmp_path / "b.sql"
    first.write_text("begin; insert into app.kept values (1); select plan(1); select pass(); rollback;")
    second.write_text("begin; select plan(1); select pass(); rollback;")
    specimen, found = Specimen("w1", lambda _: target, open_bench), []
    for path in (first, second):
        watcher = Watcher()
        assert not specimen.run(TestFile(path=str(path)), watch=watcher).result.red
        found.append({each.name for each in watcher.touched(target) if each.name.startswith("app.")})
    specimen.discard()
    assert found == [{"app.kept"}, set()]


def test_a_failed_transaction_has_no_answers_and_does_no_harm(
    bench: SuiteBench, target: Target, tmp_path: Path
) -> None:
    path = tmp_path / "a.sql"
    path.write_text("begin; select plan(1); select * from app.kept; select 1/0; rollback;", encoding="utf-8")
    watcher = Watcher()
    ran = bench.run(TestFile(path=str(path)), watch=watcher)
    assert [problem.sqlstate for problem in ran.result.problems][:1] == ["22012"]
    assert watcher.touched(target) == frozenset()


def test_a_role_that_may_not_count_functions_is_told(target: Target) -> None:
    with connect(target) as connection:
        connection.execute(
            "do $$ begin create role plain_mutator login; exception when duplicate_object then null; end $$"
        )
    assert count_functions(target)
    assert not count_functions(target.changed({"user": "plain_mutator"}))


def test_a_run_that_is_not_whole_ends_at_the_first_failure(
    bench: SuiteBench, target: Target, tmp_path: Path
) -> None:
    path = tmp_path / "a.sql"
    path.write_text(
        "begin; select plan(4); select todo('later', 1); select ok(false, 'one'); select ok(false, 'two');"
        " do $$ begin for each in 1..3 loop"
        " begin perform pg_sleep(60); exception when query_canceled then null; end; end loop; end $$;"
        " select pg_sleep(60); select ok(true, 'three'); rollback;",
        encoding="utf-8",
    )
    ran = bench.run(TestFile(path=str(path)), whole=False)
    assert ran.failed is not None
    assert (ran.failed.description, ran.failed.position) == ("two", 2)
    assert [each.description for each in ran.result.assertions] == ["one", "two"]
