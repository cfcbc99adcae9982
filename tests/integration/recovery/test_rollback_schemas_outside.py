"""A rollback by schemas with what is outside and bound to them, and has to be taken away to be made anew."""

import pytest

from fix_hosted_rollback import HARM, as_admin
from fix_rollback import Scene, results
from pgassay.model.errors import Refused
from pgassay.model.exits import Exit
from pgassay.model.finding import Finding
from pgassay.model.fingerprint import Entry
from pgassay.pg.catalog.fingerprint import OURS, fingerprint
from pgassay.pg.connection import connect
from pgassay.recovery.rollback.settings import RollbackChoice

BILLING = """
create schema billing;
set search_path = billing;
create domain word as text constraint not_no check (public.loud(value) <> 'NO');
create table bills (
    id integer primary key,
    mood public.mood not null default 'happy',
    moods public.mood[] default '{sad}',
    share public.percent,
    pair public.pair,
    post bigint references public.posts (id),
    name word,
    constraint quiet check (public.loud(name) <> 'LOUD'),
    constraint once exclude (public.loud(name) with =)
);
comment on constraint quiet on bills is 'Is not loud';
comment on constraint once on bills is 'Only one';
create table small_bills (more integer) inherits (bills);
create index bills_loud on bills (public.loud(name), mood);
create index bills_some on bills (id) where public.loud(name) <> '';
alter index bills_loud alter column 1 set statistics 200;
comment on index bills_loud is 'For loud ones';
alter table bills cluster on bills_loud;
insert into bills (id, mood, share, pair, name) values
    (1, 'sad', 7, row(1, 'b'), 'a'), (2, 'happy', null, null, 'b');
insert into small_bills (id, name, more) values (3, 'c', 1);
create materialized view kept with (fillfactor = 80) as
    select count(*) as posts, public.loud('a') as loud from public.posts;
create unique index kept_posts on kept (posts);
comment on materialized view kept is 'What is kept';
comment on column kept.posts is 'How many';
grant select on kept to authenticated;
revoke select on kept from dashboard_user;
create materialized view later as select id from public.posts with no data;
create view moods with (security_barrier = true) as select m.id, m.mood from public.moods as m;
grant select on moods to authenticated with grant option;
create function worst(public.mood, integer default 1) returns public.mood language sql
    return 'sad'::public.mood;
comment on function worst(public.mood, integer) is 'The worst';
grant execute on function worst(public.mood, integer) to authenticated;
create procedure take(public.pair) language sql as 'select';
create rule noting as on delete to bills do also update public.moods set share = 1 where id = old.id;
alter table bills disable rule noting;
"""
GENERATED = """
alter table billing.bills add column code text default 'abc';
alter table billing.bills add column said text generated always as (public.loud(code)) stored;
"""
ON_ASIDE = """
select pg_describe_object(classid, objid, objsubid), pg_describe_object(refclassid, refobjid, refobjsubid)
from pg_depend
where pg_describe_object(classid, objid, objsubid) !~ '_aside_2'
    and pg_describe_object(refclassid, refobjid, refobjsubid) ~ '_aside_2'
    and deptype = 'n'
"""
BILLS = "select id, mood, moods, share, pair, name from billing.bills order by id"


def catalogs(scene: Scene) -> set[Entry]:
    """Give every object of the database, but for what is set aside."""
    with connect(as_admin(scene).target) as connection:
        found = fingerprint(connection, ignored=OURS[:2]).entries
    return {
        each
        for each in found
        if "_aside_2" not in each.name and "for supabase_admin in public" not in each.name
    }


def test_what_came_behind_the_backup_and_is_bound_to_it_is_bound_anew(hosted: Scene) -> None:
    hosted.command(BILLING)
    before, bills = catalogs(hosted), hosted.ask(BILLS)
    hosted.command(HARM)
    harmed = catalogs(hosted)

    record = hosted.run()

    assert record.exit is Exit.OK, [(each.sentence, each.detail) for each, _ in record.steps]
    assert {each.finding for each, _ in record.steps} == {Finding.HOLDS}
    assert catalogs(hosted) == before
    assert hosted.ask(BILLS) == bills
    assert as_admin(hosted).ask(ON_ASIDE) == []
    assert hosted.ask("select count(*) from billing.moods where mood = 'sad'") == [(10,)]
    assert hosted.ask("select posts, loud from billing.kept") == [(5, "A")]
    assert hosted.ask("select billing.worst(mood) from billing.bills where id = 2") == [("sad",)]

    undone = hosted.undo()

    assert undone.exit is Exit.OK, [(each.sentence, each.detail) for each, _ in undone.steps]
    assert catalogs(hosted) == harmed
    assert hosted.ask(BILLS) == bills
    assert as_admin(hosted).ask(ON_ASIDE) == []
    assert hosted.undo().exit is Exit.OK
    assert catalogs(hosted) == before


def test_a_generated_column_is_computed_anew_where_the_server_can(hosted: Scene) -> None:
    hosted.command(BILLING + GENERATED)
    if int(str(hosted.one("show server_version_num"))) < 170_000:
        with pytest.raises(Refused, match="column said of table billing.bills, .* cannot be made to depend"):
            hosted.run()
        return
    before = catalogs(hosted)
    assert hosted.run().exit is Exit.OK
    assert catalogs(hosted) == before
    assert hosted.ask("select said from billing.bills order by id limit 1") == [("ABC",)]
    assert as_admin(hosted).ask(ON_ASIDE) == []


def test_rows_that_a_check_of_the_backup_does_not_want_are_said_and_not_verified(hosted: Scene) -> None:
    hosted.command(
        "create or replace function public.loud(text) returns text immutable language sql return 'quiet';"
        "create schema billing;"
        "create table billing.bills (name text, constraint quiet check (public.loud(name) <> 'LOUD'));"
        "insert into billing.bills values ('loud')"
    )

    record = hosted.run()

    assert record.exit is Exit.OK
    (found,) = (each for each in results(record).values() if each.finding is not Finding.HOLDS)
    assert found.finding is Finding.NOT_VERIFIED
    assert "billing.bills are not as the functions of the backup want them" in found.sentence
    assert any("validate constraint" in each for each in found.detail)


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        (
            "create materialized view billing.kept as select id from public.posts;"
            "create view billing.over as select id from billing.kept",
            "cannot drop materialized view billing.kept because other objects depend on it",
        ),
        (
            "create table billing.bills (mood public.mood);"
            "create view billing.shown as select mood::text from billing.bills",
            "cannot alter type of a column used by a view or rule",
        ),
        (
            "create function billing.worst(public.mood) returns integer language sql return 1;"
            "create view billing.shown as select billing.worst(null)",
            "cannot drop function billing.worst(public.mood) because other objects depend on it",
        ),
    ],
)
def test_what_others_are_made_of_is_refused_and_named(hosted: Scene, statement: str, words: str) -> None:
    hosted.command(f"create schema billing; {statement}")
    before = catalogs(hosted)
    with pytest.raises(Refused) as caught:
        hosted.run()
    assert words in caught.value.sentence
    assert catalogs(hosted) == before


def test_an_event_trigger_is_silent_meanwhile_and_made_anew(hosted: Scene) -> None:
    platform = as_admin(hosted).changed(way=RollbackChoice.SCHEMAS)
    platform.command(
        "create event trigger noting on ddl_command_end when tag in ('CREATE TABLE', 'ALTER TABLE')"
        " execute function public.noted();"
        "comment on event trigger noting is 'Notes';"
        "alter event trigger noting enable always"
    )
    before = catalogs(hosted)
    with pytest.raises(Refused, match="may not make event trigger noting anew"):
        hosted.run()
    hosted.command(HARM)
    harmed = catalogs(hosted)

    record = platform.run()

    assert record.exit is Exit.OK, [(each.sentence, each.detail) for each, _ in record.steps]
    assert catalogs(hosted) == before
    assert platform.ask(ON_ASIDE) == []
    assert platform.undo().exit is Exit.OK
    assert catalogs(hosted) == harmed
