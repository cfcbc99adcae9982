"""Whether a file is what was applied, and what a file promises."""

import pytest

from fix_migrate import script_file
from pgassay.migrate.presence import Present, broken_promises, look_up
from pgassay.migrate.promises import promises_of
from pgassay.migrate.same import same_content
from pgassay.migrate.script import read_script
from pgassay.model.fingerprint import Entry, fingerprint_of
from pgassay.model.migration import Applied

TEXT = "-- why\ncreate table note (id int, /* of it */ body text);\n\ncomment on table note is 'a;b';\n"


def applied(*statements: str, sha256: str | None = None) -> Applied:
    return Applied(version="1", name="note", statements=statements or None, sha256=sha256)


@pytest.mark.parametrize(
    "statements",
    [
        ("create table note (id int, body text)", "comment on table note is 'a;b'"),
        ("-- why\ncreate table note (id int, /* of it */ body text);", "comment on table note is 'a;b';"),
        ("create   table note\n(id int, body text); comment on table note is 'a;b'",),
        (),
    ],
)
def test_what_says_the_same_is_the_same(statements: tuple[str, ...]) -> None:
    assert same_content(applied(*statements), read_script(script_file(TEXT)))


@pytest.mark.parametrize(
    "statements",
    [
        ("create table note (id int, body text)",),
        ("create table note (id int, body varchar)", "comment on table note is 'a;b'"),
        ("create table note (id int, body text)", "comment on table note is 'a'"),
    ],
)
def test_what_says_otherwise_is_not(statements: tuple[str, ...]) -> None:
    assert not same_content(applied(*statements), read_script(script_file(TEXT)))


def test_a_hash_decides_where_there_is_one() -> None:
    script = read_script(script_file(TEXT))
    assert same_content(applied(sha256=script.file.sha256), script)
    assert not same_content(applied("other", sha256="0" * 64), script)


def test_what_a_file_makes_is_promised_unless_it_takes_it_away() -> None:
    script = read_script(
        script_file(
            "create schema app; create table app.note (id int); create table app.gone (id int);"
            "create temp table scratch (id int); create index on app.note (id); drop table app.gone;"
            "create index note_idx on app.note (id); create view app.seen as select 1;"
            "create table app.old (id int); alter table app.old rename to fresh;"
            "create policy p on app.note; create trigger t before update on app.note execute function f();"
            "create function app.f(int) returns int language sql as 'select 1';"
            "create type app.mood as enum ('sad'); create domain app.slug as text;"
            "alter table app.note add column body text, add constraint short check (id < 9);"
            "alter table app.note add column brief text, add check (id > 0);"
            "alter table app.note drop column brief;"
        )
    )

    assert [each.sentence for each in promises_of(script)] == [
        "schema app",
        "table app.note",
        "index app.note_idx",
        "view app.seen",
        "policy app.note.p",
        "trigger app.note.t",
        "function app.f",
        "type app.mood",
        "domain app.slug",
        "column app.note.body",
        "constraint app.note.short",
    ]


def test_a_promise_is_kept_by_what_is_there_and_valid() -> None:
    script = read_script(
        script_file(
            'create table "Note" (id int); create index note_idx on "Note" (id); create table b (id int);'
        )
    )
    catalogs = fingerprint_of(
        [
            Entry(kind="table", name='public."Note"', text="owner: x"),
            Entry(kind="index", name="public.note_idx", text="definition: …\nvalid: no"),
        ]
    )

    assert broken_promises(script, catalogs) == (
        "001_change.sql:1: the index note_idx is invalid",
        "001_change.sql:1: the table b is not there",
    )


MADE = (
    "create table note (id int, body text, kind text); create index note_idx on note (id) where body is null;"
    "create policy p on note; alter table note add constraint short check (length(kind) < 9);"
    "create table part partition of note for values in ('a'); create view seen as select 1;"
)


def broken_later(later: str) -> list[str]:
    """Look for what MADE makes where nothing is there, behind another file; give the names."""
    script, other = read_script(script_file(MADE)), read_script(script_file(later))
    found = look_up(script, Present(fingerprint_of([])), other.statements)
    assert found.kept == 0
    return [
        each.removeprefix("001_change.sql:1: the ").removesuffix(" is not there") for each in found.broken
    ]


ALL = ["table note", "index note_idx", "policy note.p", "constraint note.short", "table part", "view seen"]


@pytest.mark.parametrize(
    ("later", "gone"),
    [
        ("drop table other; alter table note drop column id2; drop index other_idx;", []),
        ("drop table note;", ALL[:5]),
        ("drop index note_idx;", ["index note_idx"]),
        ("alter table note drop column body;", ["index note_idx"]),
        ("alter table note drop column kind;", ["constraint note.short"]),
        ("alter table note rename to remark;", ALL[:5]),
        ("alter table note rename column other to another;", []),
        ("alter policy p on note rename to q;", ["policy note.p"]),
        ("alter view seen set schema app;", ["view seen"]),
        ("do $$ begin drop view seen; end $$;", ["view seen"]),
        ("drop function f cascade;", ALL),
        ("drop owned by somebody;", ALL),
    ],
)
def test_what_a_later_file_takes_away_is_not_missing(later: str, gone: list[str]) -> None:
    assert broken_later(later) == [each for each in ALL if each not in gone]


def test_names_that_need_quoting_are_looked_up_as_they_are() -> None:
    script = read_script(
        script_file(
            """create table "Ä b"."we""ird. %s (x)" (id int); create view "v ""w" as select 1;"""
            """alter table "a.b" add column "c.d" int; create function "f(x" (int) returns int return 1;"""
        )
    )
    names = {
        "table": '"Ä b"."we""ird. %s (x)"',
        "view": 'public."v ""w"',
        "column": 'public."a.b"."c.d"',
        "function": 'public."f(x"(integer)',
    }
    catalogs = fingerprint_of([Entry(kind=kind, name=name, text="") for kind, name in names.items()])
    assert broken_promises(script, catalogs) == ()
    others = {"table": '"Ä b".we', "view": "public.v", "column": 'public."a.b".c', "function": "public.f(x)"}
    catalogs = fingerprint_of([Entry(kind=kind, name=name, text="") for kind, name in others.items()])
    assert len(broken_promises(script, catalogs)) == 4
