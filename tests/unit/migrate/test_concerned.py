"""Which tables the statements of a migration name, of those that there are."""

import pytest

from fix_migrate import script_file
from pgassay.migrate.concerned import concerned_tables
from pgassay.model.fingerprint import Entry, Fingerprint


def catalogs(*tables: str, view: str = "app.seen") -> Fingerprint:
    listed = [Entry(kind="table", name=each, text="") for each in tables]
    return Fingerprint(entries=(*listed, Entry(kind="view", name=view, text="")))


BEFORE = catalogs("app.note", "app.tag", 'app."Odd one"', "old.tag")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("update app.note set body = 'x'; delete from app.tag", ("app.note", "app.tag")),
        ("alter table note add column n int", ("app.note",)),
        ("drop table app.note", ("app.note",)),
        ("drop table if exists note, app.tag cascade", ("app.note", "app.tag")),
        ("create index on app.note (body)", ("app.note",)),
        ("create policy p on app.note using (exists (select from app.tag))", ("app.note", "app.tag")),
        ("grant select on app.note to anon; comment on table app.tag is 'x'", ("app.note",)),
        ('insert into app."Odd one" select 1', ('app."Odd one"',)),
        ("with note as (select from app.tag) delete from app.note using note", ("app.note", "app.tag")),
        ("with note as (select 1) insert into app.tag select from note", ("app.tag",)),
        ("delete from tag", ()),  # there are two of that name
        ("create table app.fresh (id int); insert into app.fresh values (1)", ()),
        ("select from app.seen; drop view app.seen; drop function app.note()", ()),
        ("do $$ begin delete from app.note; end $$", ()),
        ("this is no SQL", ()),
    ],
)
def test_tables_that_are_there_and_named(text: str, named: tuple[str, ...]) -> None:
    assert concerned_tables(script_file(text), (BEFORE,)) == named


def test_what_it_makes_is_there_behind_it() -> None:
    text = "create table app.fresh (id int); drop table app.note"
    found = concerned_tables(script_file(text), (BEFORE, catalogs("app.tag", "app.fresh")))
    assert found == ("app.fresh", "app.note")


def test_without_catalogs_nothing_is_known() -> None:
    assert concerned_tables(script_file("drop table app.note"), ()) == ()
