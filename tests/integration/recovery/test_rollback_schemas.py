"""A rollback by schemas, as the owner of a hosted project, who may not replace the database."""

from dataclasses import replace
from pathlib import Path

import pytest

from fix_hosted_rollback import HARM, as_admin
from fix_rollback import Scene, results
from pgassay.model.errors import Refused
from pgassay.model.exits import Exit
from pgassay.model.finding import Finding
from pgassay.model.fingerprint import Entry
from pgassay.model.rollback import RollbackOperation, RollbackStep, RollbackWay
from pgassay.pg.catalog.fingerprint import OURS, fingerprint
from pgassay.pg.connection import connect
from pgassay.recovery.rollback.settings import RollbackChoice
from pgassay.report.rollback.listing import rollbacks_text

ORDERS = "select id, buyer, note from shop.orders order by id"
ASIDE = "_aside_2"


def catalogs(scene: Scene) -> set[Entry]:
    """Give every object of the database, but for what is set aside, and what supabase_admin will grant."""
    with connect(as_admin(scene).target) as connection:
        found = fingerprint(connection, ignored=OURS[:2]).entries
    return {
        each for each in found if ASIDE not in each.name and "for supabase_admin in public" not in each.name
    }


def published(scene: Scene) -> list[tuple[object, ...]]:
    """Give what is published."""
    return scene.ask("select schemaname, tablename from pg_publication_tables order by 1, 2")


def test_a_damaged_project_is_rolled_back_and_that_is_undone(hosted: Scene) -> None:
    before, orders = catalogs(hosted), hosted.ask(ORDERS)
    hosted.command(HARM)
    harmed, later = catalogs(hosted), hosted.ask(ORDERS)
    assert harmed != before and later != orders

    record = hosted.run(reason="orders are gone")

    assert record.exit is Exit.OK, [(each.sentence, each.detail) for each, _ in record.steps]
    assert {each.finding for each, _ in record.steps} == {Finding.HOLDS}
    assert catalogs(hosted) == before
    assert hosted.ask(ORDERS) == orders
    assert record.run is not None and record.run.way is RollbackWay.SCHEMAS
    assert set(record.run.schemas) == {"public", "shop", "Empty", "supabase_migrations"}

    undone = hosted.undo()

    assert undone.exit is Exit.OK, [(each.sentence, each.detail) for each, _ in undone.steps]
    assert catalogs(hosted) == harmed
    assert hosted.ask(ORDERS) == later

    assert hosted.undo().exit is Exit.OK
    assert catalogs(hosted) == before
    assert hosted.ask(ORDERS) == orders


def test_what_is_bound_to_the_schemas_from_outside_is_bound_anew(hosted: Scene) -> None:
    hosted.command(HARM)
    assert hosted.run().exit is Exit.OK
    platform = as_admin(hosted)
    bound = (
        "select distinct home.nspname::text from pg_depend as d"
        " join pg_class as r on d.refclassid = 'pg_class'::regclass and r.oid = d.refobjid"
        " join pg_namespace as home on home.oid = r.relnamespace"
        " join pg_rewrite as w on d.classid = 'pg_rewrite'::regclass and w.oid = d.objid"
        " where w.ev_class = 'storage.cheerful'::regclass order by 1"
    )
    assert platform.ask(bound) == [("public",), ("storage",)]
    platform.command(
        "insert into auth.users (id, email) values ('00000000-0000-0000-0000-00000000000a', 'new')"
    )
    assert hosted.ask("select count(*) from public.profiles") == [(6,)]
    assert hosted.ask("select storage.post_count(), (select count(*) from storage.cheerful)") == [(5, 10)]
    assert platform.ask("select tgenabled::text from pg_trigger where tgname = 'touched'") == [("D",)]
    assert published(hosted) == [("public", "comments"), ("public", "moods")]
    assert hosted.ask("select convalidated from pg_constraint where conname = 'marks_post_fkey'") == [(True,)]


def test_what_was_set_aside_is_listed_and_nothing_hangs_on_it(hosted: Scene) -> None:
    hosted.command(HARM)
    assert hosted.run(reason="orders are gone").exit is Exit.OK
    before = catalogs(hosted)

    listed = hosted.listed()

    (aside,) = listed.asides
    assert aside.finished and (aside.size_bytes or 0) > 8_000
    assert {each.live for each in aside.schemas} == {"public", "shop", "Empty", "supabase_migrations"}
    text = rollbacks_text(listed)
    assert "pgassay rollback undo puts it back" in text
    for each in aside.schemas:
        drop = f'drop schema "{each.name}" cascade'
        assert drop in text
        hosted.command(drop)
    assert catalogs(hosted) == before
    assert hosted.listed().asides == ()
    told = (
        "select operation, status, way, schemas, backup_id is not null from prod_test_schema.rollback_events"
    )
    ((operation, status, way, schemas, known),) = hosted.ask(told)
    assert (operation, status, way, known) == (RollbackOperation.RUN, "succeeded", "schemas", True)
    assert set(schemas) == {"public", "shop", "Empty", "supabase_migrations"}  # type: ignore[call-overload]
    (last,) = listed.operations
    assert last.way is RollbackWay.SCHEMAS and set(last.schemas) == set(schemas)  # type: ignore[call-overload]


def test_a_schema_that_was_dropped_comes_back_and_goes_again(hosted: Scene) -> None:
    orders = hosted.ask(ORDERS)
    hosted.command('drop schema shop cascade; drop schema "Empty"')

    assert hosted.run().exit is Exit.OK

    assert hosted.ask(ORDERS) == orders
    assert hosted.undo().exit is Exit.OK
    assert hosted.ask("select to_regnamespace('shop'), to_regnamespace('\"Empty\"')") == [(None, None)]
    assert hosted.undo().exit is Exit.OK
    assert hosted.ask(ORDERS) == orders


def test_what_is_set_aside_is_put_back_as_a_whole_or_not_at_all(hosted: Scene) -> None:
    assert hosted.run().exit is Exit.OK
    (aside,) = hosted.listed().asides
    (name,) = [each.name for each in aside.schemas if each.live == "shop"]
    hosted.command(f'drop schema "{name}" cascade')
    with pytest.raises(Refused, match="What was set aside of shop is gone"):
        hosted.undo()


def test_a_backup_made_behind_a_rollback_is_rolled_back_to(hosted: Scene, tmp_path: Path) -> None:
    assert hosted.run().exit is Exit.OK
    vault = replace(hosted.vault, directory=tmp_path, target=hosted.target)
    later = replace(hosted, vault=vault)
    later.command("insert into shop.orders (note) values ('behind')")
    orders = later.ask(ORDERS)
    later.backed_up()
    later.command("delete from shop.orders")

    record = later.run()

    assert record.exit is Exit.OK, [(each.sentence, each.detail) for each, _ in record.steps]
    assert later.ask(ORDERS) == orders
    assert [len(each.schemas) for each in later.listed().asides] == [4, 4]
    assert later.undo().exit is Exit.OK and later.ask(ORDERS) == []


def test_a_schema_that_came_later_stays(hosted: Scene) -> None:
    hosted.command("create schema later; create table later.kept as select 1 as one")
    assert hosted.run().exit is Exit.OK
    assert hosted.ask("select one from later.kept") == [(1,)]
    said = hosted.said.getvalue()
    assert "later: it is not in the backup" in said and "auth: it is the platform's" in said
    assert "prod_test_schema: it is the store's" in said


def test_rows_that_refer_to_users_who_are_gone_are_said_and_not_verified(hosted: Scene) -> None:
    as_admin(hosted).command(
        "delete from storage.marks;"
        "delete from auth.users where id = '00000000-0000-0000-0000-000000000001';"
        "insert into public.posts (author_id, title) select id, 'later' from public.profiles limit 1;"
        "insert into storage.marks (post) select max(id) from public.posts"
    )

    record = hosted.run()

    assert record.exit is Exit.OK and record.finished is not None
    found = results(record)[RollbackStep.VALIDATE]
    assert found.finding is Finding.NOT_VERIFIED
    assert "gone since the backup" in found.sentence and "gone since the backup" in record.finished.sentence
    assert any("validate constraint" in each for each in found.detail)
    invalid = "select conname::text from pg_constraint where not convalidated order by 1"
    broken = ["marks_post_fkey", "orders_buyer_fkey", "profiles_id_fkey"]
    assert hosted.ask(invalid) == [(name,) for name in broken]
    assert all(any(name in each for each in found.detail) for name in broken)


def test_what_is_gone_outside_is_said_with_the_statement_that_makes_it(hosted: Scene) -> None:
    before = catalogs(hosted)
    as_admin(hosted).command(
        'drop function public.handle_new_user() cascade; drop policy "Own files" on storage.objects'
    )

    record = hosted.run()

    assert record.exit is Exit.OK
    gone = [each for each in record.warnings if "was there with the backup" in each.sentence]
    assert [each.sentence.partition(" was ")[0] for each in gone] == [
        "The policy Own files on storage.objects",
        "The trigger on_auth_user_created on auth.users",
    ]
    for each in gone:
        hosted.command(each.remedy)
    assert catalogs(hosted) == before


def test_what_stays_bound_to_what_is_set_aside_is_said(hosted: Scene) -> None:
    as_admin(hosted).command(
        "create subscription mirror connection 'dbname=nowhere' publication p"
        " with (connect = false, slot_name = none);"
        "insert into pg_subscription_rel (srsubid, srrelid, srsubstate)"
        " select oid, 'shop.orders'::regclass, 'r' from pg_subscription where subname = 'mirror'"
    )
    try:
        warned = {each.sentence: each.remedy for each in hosted.run().warnings}
    finally:
        as_admin(hosted).command("drop subscription mirror")
    assert "The subscription mirror replicates into 1 tables that are set aside." in warned
    assert "alter subscription mirror refresh publication;" in warned.values()
    assert any("3 foreign keys of what is set aside go on referring to auth.users" in each for each in warned)


def test_columns_and_rows_that_are_published_and_whole_schemas_come_back_with_an_undo(hosted: Scene) -> None:
    platform = as_admin(hosted).changed(way=RollbackChoice.SCHEMAS)
    platform.command(
        "create publication whole for tables in schema shop;"
        "create publication few for table public.posts (id, title) where (id > 0 and title <> '; drop x')"
    )
    told = (
        "select pubname, schemaname, tablename, attnames, rowfilter from pg_publication_tables"
        " where pubname <> 'whole' or tablename = 'orders' order by 1, 2, 3"
    )
    before = platform.ask(told)

    assert platform.run().exit is Exit.OK
    assert platform.ask(told) == before
    platform.command("drop publication few; alter publication whole drop tables in schema shop")
    undone = platform.undo()
    assert undone.exit is Exit.OK
    assert [each.sentence for each in undone.warnings if "published" in each.sentence] == [
        "Not published as it was: public.posts in few."
    ]
    assert platform.ask(told) == [row for row in before if row[0] != "few"]


def test_a_role_that_gets_into_no_other_database_swaps_schemas(hosted: Scene) -> None:
    platform = as_admin(hosted)
    platform.command("revoke connect on database postgres, template1 from public, postgres")
    try:
        with pytest.raises(Refused, match="gets into no other database of the server"):
            hosted.changed(way=RollbackChoice.DATABASE).run()
        assert hosted.run().exit is Exit.OK
        assert "gets into no other database of the server" in hosted.said.getvalue()
        assert hosted.undo().exit is Exit.OK
    finally:
        platform.command("grant connect on database postgres, template1 to public, postgres")


def test_the_setting_decides_which_way(hosted: Scene) -> None:
    with pytest.raises(Refused, match="cannot give objects of the backup back"):
        hosted.changed(way=RollbackChoice.DATABASE).run()
    platform = as_admin(hosted)
    assert platform.changed(way=RollbackChoice.SCHEMAS).run().exit is Exit.OK
    assert hosted.asides() == []
