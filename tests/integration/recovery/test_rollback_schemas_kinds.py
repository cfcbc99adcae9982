"""A swap of schemas with an object of every kind that can be in one: each is as it was, and so is an undo."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from fix_rollback import Scene, scene_on
from fix_server import fresh_database
from pgassay.model.exits import Exit
from pgassay.model.fingerprint import Entry
from pgassay.pg.catalog.fingerprint import OURS, fingerprint
from pgassay.pg.cluster import Server
from pgassay.pg.connection import connect
from pgassay.recovery.rollback.schemas.pinned import move_out
from pgassay.recovery.rollback.settings import RollbackChoice

KINDS = """
create schema kinds;
set search_path = kinds;
create collation sorted (provider = libc, locale = 'C');
create domain short as text collate sorted constraint not_long check (length(value) < 9) default 'x' not null;
create type pair as (a integer, b short);
create type size as enum ('s', 'm');
create type span as range (subtype = date);
create function pairs_less(pair, pair) returns boolean immutable language sql return ($1).a < ($2).a;
create function pairs_equal(pair, pair) returns boolean immutable language sql return ($1).a = ($2).a;
create function pairs_compare(pair, pair) returns integer immutable language sql return ($1).a - ($2).a;
create operator <# (function = pairs_less, leftarg = pair, rightarg = pair);
create operator =# (function = pairs_equal, leftarg = pair, rightarg = pair, commutator = =#);
create operator family pairs using btree;
create operator class pair_order for type pair using btree family pairs as
    operator 1 <#, operator 3 =#, function 1 pairs_compare(pair, pair);
create function pair_text(pair) returns text immutable language sql return ($1).b;
create cast (pair as text) with function pair_text(pair) as assignment;
create aggregate total (integer) (sfunc = int4pl, stype = integer, initcond = '0');
create procedure nothing() language sql as 'select 1';
create function many(variadic integer[], out a integer, out b text) language sql return (1, 'a');
create text search dictionary words (template = simple);
create text search configuration talk (copy = simple);
alter text search configuration talk alter mapping for word with words;
create table parent (id integer, at timestamptz not null default now(), constraint positive check (id > 0));
create table child (more text) inherits (parent);
alter table child alter column more set storage external;
create table of_pair of pair (primary key (a));
create table every (
    id bigint generated always as identity primary key,
    name short,
    sizes size[],
    spans span,
    doc jsonb default '{"a": 1}',
    words tsvector generated always as (to_tsvector('simple', coalesce(doc ->> 'a', ''))) stored,
    parent_of bigint,
    constraint one unique (name) deferrable initially deferred,
    constraint itself foreign key (parent_of) references every (id) on delete set null not valid,
    constraint apart exclude using gist (spans with &&)
) with (fillfactor = 80);
alter table every alter column doc set statistics 50;
alter table every replica identity using index every_pkey;
alter table every cluster on every_pkey;
create index every_lower on every (lower(name::text)) where id > 0;
create statistics every_both (dependencies) on name, parent_of from every;
create rule quiet as on update to child do also notify changed;
create view shown with (security_barrier = true) as select id, name from every with local check option;
create view over_shown as select * from shown;
create function put() returns trigger language plpgsql as 'begin return new; end';
create trigger instead instead of insert on shown for each row execute function put();
create trigger sometimes before update of name on every for each row when (new.id > 1) execute function put();
alter table every disable trigger sometimes;
create materialized view counted as select count(*) as n from every;
create unique index counted_n on counted (n);
create materialized view empty as select 1 as one with no data;
create unlogged table quick (id integer);
create sequence down increment -1 maxvalue 100 start 100 cycle;
create table parted (k integer, v text, primary key (k)) partition by hash (k);
create table parted_0 partition of parted for values with (modulus 2, remainder 0);
create table parted_1 partition of parted for values with (modulus 2, remainder 1);
create index parted_v on parted (v);
alter table every enable row level security;
create policy own on every as restrictive for select to public using (name = current_user::text);
grant select (id, name), update (name) on every to pg_monitor with grant option;
revoke execute on function put() from public;
grant usage on sequence down to pg_monitor;
comment on column every.name is 'its name';
comment on policy own on every is 'its own';
comment on constraint itself on every is 'of itself';
insert into every (name, sizes, spans) values ('a', '{s,m}', '[2026-01-01,2026-02-01)'), ('b', null, null);
insert into parent values (1); insert into child values (2, default, repeat('long', 9));
insert into of_pair values (1, 'b'); insert into quick values (1);
insert into parted select n, 'v' || n from generate_series(1, 9) as n;
select nextval('down');
refresh materialized view counted;
"""
HARM = """
drop aggregate kinds.total (integer); drop table kinds.every cascade;
drop text search configuration kinds.talk;
alter type kinds.size add value 'l'; alter domain kinds.short drop default; delete from kinds.parted;
"""


@pytest.fixture
def kinds(server: Server, tmp_path: Path) -> Iterator[Scene]:
    """A database with one of each kind, and a tested backup of it."""
    with fresh_database(server) as target:
        with connect(target) as connection:
            connection.execute(KINDS.encode())
        with scene_on(target, server.target, tmp_path / "backups") as made:
            scene = made.changed(way=RollbackChoice.SCHEMAS)
            scene.backed_up()
            yield scene


def catalogs(scene: Scene) -> set[Entry]:
    """Give every object but for what is set aside."""
    with connect(scene.target) as connection:
        found = fingerprint(connection, ignored=OURS[:2]).entries
    return {each for each in found if "_aside_2" not in each.name}


def test_an_object_of_every_kind_is_as_it_was(kinds: Scene) -> None:
    before = catalogs(kinds)
    kinds.command(HARM)
    harmed = catalogs(kinds)

    record = kinds.run()

    assert record.exit is Exit.OK, [(each.sentence, each.detail) for each, _ in record.steps]
    assert catalogs(kinds) == before
    assert kinds.ask("select nextval('kinds.down'), (select count(*) from kinds.parted)") == [(99, 9)]
    assert kinds.undo().exit is Exit.OK
    assert catalogs(kinds) == harmed
    assert kinds.undo().exit is Exit.OK
    assert catalogs(kinds) == before


def test_an_object_of_every_kind_can_be_moved_out_of_its_schema(server: Server) -> None:
    with fresh_database(server) as target, connect(target) as connection:
        connection.execute(KINDS.encode())
        connection.execute("set search_path = ''")
        before = {each.name for each in fingerprint(connection, ignored=()).entries}

        connection.execute("create schema elsewhere")
        move_out(connection, "kinds", "elsewhere")
        connection.execute("drop schema kinds; alter schema elsewhere rename to kinds")

        assert {each.name for each in fingerprint(connection, ignored=()).entries} == before
