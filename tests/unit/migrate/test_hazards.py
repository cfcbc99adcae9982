"""Each hazard on statements that have it, and on statements that only look so."""

import pytest

from fix_migrate import script_file
from pgassay.migrate.catalogue import all_hazards, judge_script
from pgassay.migrate.hazard import Facts
from pgassay.migrate.script import read_script
from pgassay.model.migration_plan import Severity

FACTS = Facts(
    rows={("app", "note"): 500_000.0, ("app", "tag"): 12.0, ("app", "empty"): 0.0},
    types={
        ("app", "note", "body"): "character varying(20)",
        ("app", "note", "title"): "text",
        ("app", "note", "size"): "integer",
    },
)
DANGER, CAUTION = Severity.DANGER, Severity.CAUTION

HAS = [
    ("concurrently_if_not_exists", CAUTION, "create index concurrently if not exists i on app.note (body)"),
    ("index_blocks_writers", DANGER, "create index on app.note (body)"),
    ("index_blocks_writers", CAUTION, "create index on app.tag (id)"),
    (
        "index_blocks_writers",
        DANGER,
        "create table if not exists app.note (id int); create index on app.note (body)",
    ),
    ("enum_value_stays", CAUTION, "alter type app.mood add value 'glad'"),
    ("enum_value_stays", DANGER, "alter type app.mood add value 'glad'; insert into app.tag values ('glad')"),
    ("default_rewrites", DANGER, "alter table app.note add column key uuid default gen_random_uuid()"),
    ("default_rewrites", DANGER, "alter table note add column number serial"),
    ("default_rewrites", DANGER, "alter table app.note add n int generated always as identity"),
    ("default_rewrites", DANGER, "alter table app.note add n int generated always as (size * 2) stored"),
    ("type_change_rewrites", DANGER, "alter table app.note alter size type bigint"),
    ("type_change_rewrites", DANGER, "alter table app.note alter body type varchar(10)"),
    ("not_null_scans", DANGER, "alter table app.note alter body set not null"),
    ("constraint_scans", DANGER, "alter table app.note add foreign key (tag) references app.tag (id)"),
    ("constraint_scans", DANGER, "alter table app.note add check (body <> '')"),
    ("constraint_scans", DANGER, "alter table app.note add unique (body)"),
    ("rewrites", DANGER, "alter table app.note set unlogged"),
    ("rewrites", DANGER, "alter table app.note set access method heap"),
    ("rewrites", DANGER, "vacuum full app.note"),
    ("rewrites", DANGER, "cluster app.note using i"),
    ("whole_table_changed", DANGER, "update app.note set body = 'x'"),
    ("whole_table_changed", DANGER, "delete from app.tag"),
    ("data_destroyed", DANGER, "truncate app.note"),
    ("data_destroyed", DANGER, "drop table app.note"),
    ("data_destroyed", DANGER, "alter table app.note drop column body"),
    ("data_destroyed", DANGER, "drop function app.f() cascade"),
    ("access_opened", DANGER, "alter table app.note disable row level security"),
    ("access_opened", CAUTION, "drop policy reading on app.note"),
    ("access_opened", DANGER, "grant select on app.note to anon"),
    ("access_opened", DANGER, "grant all on all tables in schema app to public"),
    ("access_opened", DANGER, "create function f() returns int language sql security definer as 'select 1'"),
    ("own_limits", CAUTION, "set lock_timeout = 0"),
    ("own_limits", CAUTION, "set local statement_timeout = '1h'"),
    ("unseen", CAUTION, "do $$ begin execute 'drop table app.note'; end $$"),
    ("unseen", CAUTION, "call app.tidy()"),
    ("beyond_the_database", CAUTION, "create role reader"),
    ("beyond_the_database", CAUTION, "grant reader to writer"),
]
HAS_NOT = [
    "create index concurrently i on app.note (body)",
    "create index on app.empty (id)",
    "create table app.fresh (id int); create index on app.fresh (id);"
    " alter table app.fresh add check (id > 0)",
    "create materialized view app.fresh as select 1 as id; create unique index on app.fresh (id)",
    "create table if not exists app.fresh (id int); create index on app.fresh (id)",
    "alter table app.note add column at timestamptz default now()",
    "alter table app.note add column kind text not null default 'plain'",
    "alter table app.note alter body type text",
    "alter table app.note alter body type varchar(40)",
    "alter table app.note alter title type varchar",
    "alter table app.note add foreign key (tag) references app.tag (id) not valid",
    "alter table app.note add unique using index i",
    "alter table app.note validate constraint c",
    "update app.note set body = 'x' where id = 1",
    "delete from app.note where id = 1",
    "drop function app.f()",
    "drop index app.i",
    "grant select on app.note to authenticated",
    "revoke select on app.note from anon",
    "create function f() returns int language sql security definer set search_path = '' as 'select 1'",
    "create function f() returns int language sql as 'select 1'",
    "set search_path = app",
    "do $$ begin perform 1; end $$",
    "refresh materialized view concurrently app.counted",
    "alter role current_user in database app set work_mem = '1MB'",
]


@pytest.mark.parametrize(("hazard", "severity", "text"), HAS)
def test_a_hazard_is_found(hazard: str, severity: Severity, text: str) -> None:
    found = judge_script(read_script(script_file(f"{text};")), FACTS)
    assert (hazard, severity) in [(each.hazard, each.severity) for each in found]


@pytest.mark.parametrize("text", HAS_NOT)
def test_nothing_is_found_where_there_is_nothing(text: str) -> None:
    assert judge_script(read_script(script_file(f"{text};")), FACTS) == ()


def test_every_hazard_has_an_example() -> None:
    assert {hazard for hazard, _, _ in HAS} == set(all_hazards())


def test_where_nothing_is_known_a_table_may_be_big() -> None:
    found = judge_script(read_script(script_file("create index on somewhere (id);")), Facts())
    assert [each.severity for each in found] == [CAUTION]


def test_a_hazard_has_its_line() -> None:
    (found,) = judge_script(read_script(script_file("select 1;\n\ntruncate app.note;")), FACTS)
    assert found.place.line == 3
