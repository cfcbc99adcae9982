"""What a session's files touch is counted for each of them alone."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from pgassay.model.suite import FileResult, TestFile
from pgassay.pg.clock import now
from pgassay.pg.connection import connect
from pgassay.pg.target import Target
from pgassay.suite.attempt import FileRun, Manner
from pgassay.suite.hearing import Attempt
from pgassay.suite.script import Script
from pgassay.suite.session import Preparation, Session
from pgassay.suite.touch.recording import Recording

SCHEMA = """
create schema app;
create table app.kept (id integer primary key, n int);
create table app.other (id integer);
create view app.joined as select id from app.kept union select id from app.other;
create materialized view app.old as select 1 as id;
create table app.parts (id int) partition by list (id);
create table app.part_1 partition of app.parts for values in (1);
create function app.add(n integer) returns void language plpgsql as
    $$begin insert into app.kept values (n); end$$;
create function app.stamp() returns trigger language plpgsql as 'begin return new; end';
create trigger stamp before insert on app.kept for each row execute function app.stamp();
alter table app.other enable row level security;
create policy "all may see" on app.other for select using (true);
"""


@dataclass
class Place:
    session: Session

    def run(self, *statements: str) -> FileResult:
        text = ";\n".join(("begin", "select plan(1)", "select pass('it runs')", *statements))
        return self.as_it_is(f"{text};\nrollback;\n")

    def as_it_is(self, text: str) -> FileResult:
        attempt = Attempt(file=TestFile(path="a.sql"), started_at=now())
        run = FileRun(attempt, lambda: Script("a.sql", text), Manner(), self.session)
        *_, result = run.perform()
        assert isinstance(result, FileResult)
        return result


def touched(result: FileResult) -> dict[str, str]:
    assert result.touches is not None, result.problems
    return {f"{each.kind} {each.name}": each.known.value for each in result.touches.touched}


@pytest.fixture
def place(pgtap_database: Target) -> Iterator[Place]:
    with connect(pgtap_database) as connection:
        connection.execute(SCHEMA)
    session = Session(pgtap_database, Preparation(recording=Recording()))
    yield Place(session)
    session.close()


def test_tables_views_functions_and_triggers(place: Place) -> None:
    result = place.run("select app.add(1)", "select * from app.joined", "insert into app.parts values (1)")
    assert not result.red, result.problems
    assert touched(result) == {
        "function app.add(n integer)": "measured",
        "function app.stamp()": "measured",
        "table app.kept": "measured",
        "table app.other": "measured",
        "table app.part_1": "measured",
        "table app.parts": "measured",
        "trigger app.kept.stamp": "measured",
        "view app.joined": "measured",
    }


def test_a_file_is_not_charged_with_what_the_one_before_did(place: Place) -> None:
    assert "table app.kept" in touched(place.run("select app.add(1)"))
    assert touched(place.run()) == {}
    assert touched(place.run("select * from app.other")) == {"table app.other": "measured"}
    assert touched(place.run()) == {}


def test_what_was_rolled_back_was_touched_all_the_same(place: Place) -> None:
    result = place.run("savepoint s", "insert into app.kept values (1)", "rollback to s")
    assert touched(result)["table app.kept"] == "measured"


def test_what_runs_outside_of_a_block_is_seen(place: Place) -> None:
    text = "select plan(1); select count(*) from app.kept; select pass('x');"
    assert touched(place.as_it_is(text)) == {"table app.kept": "measured"}


def test_every_transaction_counts_and_so_does_one_left_open(place: Place) -> None:
    last = "begin; select plan(1); select pass(); select * from app.joined;"
    text = f"begin; select * from app.kept; rollback; {last}"  # noqa: S608 - a constant
    found = touched(place.as_it_is(text))
    assert found["table app.kept"] == found["view app.joined"] == "measured"


def test_a_failed_transaction_is_looked_at_when_it_is_over(place: Place) -> None:
    result = place.run("select * from app.kept", "select 1 / 0")
    assert result.red
    assert touched(result) == {"table app.kept": "measured"}
    assert touched(place.run()) == {}


def test_the_look_does_no_harm_to_a_transaction_with_little_time(place: Place) -> None:
    result = place.run("insert into app.other values (1)", "set local statement_timeout = 1")
    assert not result.red, result.problems


def test_a_look_that_is_refused_does_not_fail_the_transaction(place: Place, pgtap_database: Target) -> None:
    with connect(pgtap_database) as connection:
        connection.execute(
            "do $$ begin create role meter_poor; exception when duplicate_object then null; end $$"
        )
        connection.execute("revoke execute on function pg_stat_get_xact_tuples_updated(oid) from public")
    text = (
        "begin; select plan(1); select pass('x'); insert into app.other values (7);"
        " set local role meter_poor; commit;"
    )
    result = place.as_it_is(text)

    assert (result.red, result.touches) == (False, None), result.problems
    with connect(pgtap_database) as connection:
        assert connection.execute("select id from app.other").fetchall() == [(7,)]


def test_the_look_leaves_the_search_path_and_savepoints_alone(place: Place) -> None:
    text = (
        "begin; select plan(1); savepoint mine; set local search_path to app, pgtap; rollback to mine;"
        " select is(current_setting('search_path'), current_setting('search_path')); commit;"
    )
    assert not place.as_it_is(text).red


def test_a_materialized_view_is_a_view(place: Place) -> None:
    assert touched(place.run("select * from app.old")) == {"view app.old": "measured"}


def test_the_text_is_known_again(place: Place) -> None:
    first, second, other = place.run(), place.run(), place.run("select 1")
    texts = [each.touches.text for each in (first, second, other) if each.touches is not None]
    assert texts[0] == texts[1] != texts[2]


def test_behind_an_ephemeral_pgtap_files_are_told_apart_too(pgtap_database: Target, database: Target) -> None:
    with connect(database) as connection:
        connection.execute(SCHEMA)
    with connect(pgtap_database) as connection:
        assert connection.execute("select 1").fetchone() == (1,)
    sql = "create function pg_temp.pass() returns text language sql as $$ select 'ok 1' $$"
    session = Session(database, Preparation(pgtap_sql=sql, recording=Recording()))
    place = Place(session)
    try:
        first = place.as_it_is("begin; select '1..1'; select 'ok 1'; select * from app.kept; rollback;")
        second = place.as_it_is("begin; select '1..1'; select 'ok 1'; select * from app.other; rollback;")
        third = place.as_it_is("begin; select '1..1'; select 'ok 1'; select * from app.other; rollback;")
        fourth = place.as_it_is("begin; select '1..1'; select 'ok 1'; rollback;")
    finally:
        session.close()
    assert touched(first) == {"table app.kept": "measured"}
    assert touched(second) == touched(third) == {"table app.other": "measured"}
    assert touched(fourth) == {}


def test_without_a_recording_nothing_is_asked(pgtap_database: Target) -> None:
    session = Session(pgtap_database, Preparation())
    result = Place(session).run()
    session.close()
    assert (result.red, result.touches) == (False, None)
