"""Supabase's own history, and Supabase's hosted servers, on which nobody is superuser."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from fix_migrate import Site, put, site_on
from fix_supabase import Project
from pgassay.model.errors import Refused, Unavailable
from pgassay.model.exits import Exit
from pgassay.model.finding import Finding
from pgassay.model.migrate import Step
from pgassay.pg.connection import connect
from pgassay.pg.target import Target

FIRST = "20260101000000_note"
UP = """-- a comment; with a semicolon
create table public.note (id int primary key);

comment on table public.note is 'a;b';
"""
DOWN = "drop table public.note;"
AS_SUPABASE_DOES = """
create schema supabase_migrations;
create table supabase_migrations.schema_migrations (
    version text not null primary key, statements text[], name text
);
"""


@pytest.fixture
def supa(database: Target, tmp_path: Path) -> Iterator[Site]:
    with site_on(database, tmp_path / "supabase" / "migrations") as made:
        put(tmp_path / "supabase")(f"rollbacks/{FIRST}.sql", DOWN)
        made.put(f"{FIRST}.sql", UP)
        yield made


def test_the_history_is_as_supabase_writes_it(supa: Site) -> None:
    assert supa.apply().exit is Exit.OK

    assert supa.ask("select version, name, statements from supabase_migrations.schema_migrations") == [
        (
            "20260101000000",
            "note",
            ["create table public.note (id int primary key)", "comment on table public.note is 'a;b'"],
        )
    ]
    assert supa.ask(
        "select attname, format_type(atttypid, null), attnotnull from pg_attribute"
        " where attrelid = 'supabase_migrations.schema_migrations'::regclass and attnum > 0 order by attname"
    ) == [("name", "text", False), ("statements", "text[]", False), ("version", "text", True)]
    assert supa.ask("select to_regclass('pgassay_migrations.history')") == [(None,)]
    assert supa.rollback().exit is Exit.OK
    assert supa.ask("select * from supabase_migrations.schema_migrations") == []


def test_what_supabase_applied_is_applied(supa: Site) -> None:
    """Its statements keep comments and lose other things; what counts is what they say."""
    supa.command(AS_SUPABASE_DOES)
    supa.command(
        "insert into supabase_migrations.schema_migrations values ('20260101000000', array["
        "'-- a comment; with a semicolon\ncreate table public.note (id int primary key)',"
        "'comment on table public.note is ''a;b'''], 'note')"
    )
    assert supa.standings() == [("20260101000000", "applied")]

    supa.put(f"{FIRST}.sql", UP.replace("primary key", ""))

    assert supa.standings() == [("20260101000000", "changed after it was applied")]


def test_an_old_history_without_statements_is_read_and_completed(supa: Site) -> None:
    supa.command("create schema supabase_migrations")
    supa.command("create table supabase_migrations.schema_migrations (version text not null primary key)")
    supa.command("insert into supabase_migrations.schema_migrations values ('20251231000000')")

    assert supa.standings() == [
        ("20251231000000", "applied, but its file is missing"),
        ("20260101000000", "pending"),
    ]
    assert supa.apply().exit is Exit.OK
    assert len(supa.ask("select version, name, statements from supabase_migrations.schema_migrations")) == 2


@pytest.fixture
def hosted(supabase: Project, tmp_path: Path) -> Iterator[Site]:
    """A hosted project, as its owner."""
    with site_on(supabase.target, tmp_path / "supabase" / "migrations") as made:
        put(tmp_path / "supabase")(f"rollbacks/{FIRST}.sql", DOWN)
        made.put(f"{FIRST}.sql", UP)
        yield made


def test_the_owner_of_a_hosted_project_can_do_all_of_it(hosted: Site) -> None:
    assert hosted.ask("select rolsuper from pg_roles where rolname = current_user") == [(False,)]
    before = hosted.catalogs()

    record = hosted.apply()

    assert record.exit is Exit.OK
    point = next(result for result, _ in record.steps if result.step is Step.RESTORE_POINT)
    assert point.finding is Finding.NOT_VERIFIED
    assert "permission denied for function pg_create_restore_point" in point.sentence
    assert hosted.standings() == [("20260101000000", "applied")]
    assert hosted.rollback().exit is Exit.OK
    assert hosted.catalogs() == before


def test_the_owner_rehearses_on_a_server_of_its_own(hosted: Site) -> None:
    with pytest.raises(Unavailable) as caught:
        hosted.rehearse(place="clone")
    assert caught.value.remedy == "pgassay migrate rehearse --on embedded"

    record = hosted.rehearse(place="embedded")

    assert record.exit is Exit.OK and record.finished is not None
    assert record.finished.exact, hosted.said.getvalue()


def test_a_table_of_the_platform_is_not_the_owners_to_change(hosted: Site) -> None:
    hosted.put(f"{FIRST}.sql", "create table public.half (id int);\nalter table auth.users add column x int;")
    before = hosted.catalogs()

    record = hosted.apply()

    assert record.exit is Exit.RED and record.finished is not None
    assert f"{FIRST}.sql:2: must be owner of table users" in record.finished.sentence
    assert hosted.catalogs() == before


def test_a_held_database_is_said_also_without_rights(hosted: Site) -> None:
    with connect(hosted.target) as other:
        other.execute("select pg_advisory_lock(hashtextextended('pgassay migrate', 0))")
        with pytest.raises(Refused, match="Another pgassay"):
            hosted.apply()
