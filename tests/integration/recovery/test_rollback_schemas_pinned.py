"""A rollback by schemas where an extension keeps ``public`` in its place: what is in it is moved out."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest

from fix_hosted_rollback import HARM, HostedStock, as_admin
from fix_rollback import Scene, behind, killed_behind, settled
from fix_suite import until
from pgassay.model.errors import Refused
from pgassay.model.exits import Exit
from pgassay.model.finding import Finding
from pgassay.model.fingerprint import Entry
from pgassay.model.rollback import RollbackOutcome, RollbackStep
from pgassay.pg.catalog.fingerprint import OURS, fingerprint
from pgassay.pg.connection import connect

pytestmark = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")

ITEMS = "select id, name, contact, tags, label, kind, room from public.items order by id"
EXTENSIONS = "select oid, extname, extnamespace::regnamespace::text from pg_extension order by 1"
LATER = """
drop view public.named;
drop index public.items_plain;
alter table public.items drop column label;
alter table public.items drop constraint kinds;
update public.items set tags = '';
delete from public.items where id % 2 = 0;
drop function public.all_tags();
create table public.unwanted (tags public.hstore);
insert into public.zones values ('later', 9);
revoke usage on schema public from anon;
grant create on schema public to authenticated with grant option;
comment on schema public is 'harmed';
alter default privileges in schema public grant select on tables to dashboard_user;
alter default privileges in schema public revoke execute on functions from anon;
"""
ON_ASIDE = """
select pg_describe_object(classid, objid, objsubid), pg_describe_object(refclassid, refobjid, refobjsubid)
from pg_depend
where pg_describe_object(classid, objid, objsubid) !~ '_aside_2'
    and pg_describe_object(refclassid, refobjid, refobjsubid) ~ '_aside_2'
    and deptype = 'n'
"""


def catalogs(scene: Scene) -> set[Entry]:
    """Give every object of the database, but for what is set aside."""
    with connect(as_admin(scene).target) as connection:
        found = fingerprint(connection, ignored=OURS[:2]).entries
    return {
        each
        for each in found
        if "_aside_2" not in each.name and "for supabase_admin in public" not in each.name
    }


def asides(scene: Scene) -> list[tuple[object, ...]]:
    """Give the schemas that are set aside."""
    return scene.ask(r"select nspname::text from pg_namespace where nspname like '%\_aside\_%' order by 1")


def test_an_application_with_extensions_in_public_is_rolled_back_and_that_is_undone(pinned: Scene) -> None:
    before, items, placed = catalogs(pinned), pinned.ask(ITEMS), pinned.ask(EXTENSIONS)
    pinned.command(HARM + LATER)
    harmed = catalogs(pinned)

    record = pinned.run(reason="items are gone")

    assert record.exit is Exit.OK, [(each.sentence, each.detail) for each, _ in record.steps]
    assert {each.finding for each, _ in record.steps} == {Finding.HOLDS}
    assert catalogs(pinned) == before
    assert pinned.ask(ITEMS) == items
    assert pinned.ask(EXTENSIONS) == placed
    assert pinned.ask("select near > 0.1 from public.named") == [(True,)]
    assert pinned.ask("select count(*) from public.zones") == [(3,)]
    assert as_admin(pinned).ask(ON_ASIDE) == []
    said = pinned.said.getvalue()
    assert "The extension btree_gist keeps public in its place (must be owner of " in said
    assert "who uses that waits while the backup is restored" in said
    assert any("keeps public in its place" in each.sentence for each in record.warnings)

    undone = pinned.undo()

    assert undone.exit is Exit.OK, [(each.sentence, each.detail) for each, _ in undone.steps]
    assert catalogs(pinned) == harmed
    assert pinned.ask("select count(*) from public.items") == [(150,)]
    assert as_admin(pinned).ask(ON_ASIDE) == []

    assert pinned.undo().exit is Exit.OK
    assert catalogs(pinned) == before
    assert pinned.ask(ITEMS) == items


def test_what_is_set_aside_is_dropped_with_the_statement_that_is_shown(pinned: Scene) -> None:
    before = catalogs(pinned)
    pinned.command(HARM)
    assert pinned.run().exit is Exit.OK
    for (name,) in asides(pinned):
        pinned.command(f'drop schema "{name}" cascade')
    assert catalogs(pinned) == before and pinned.listed().asides == ()


@contextmanager
def meanwhile(scene: Scene, statement: str) -> Iterator[Thread]:
    """Have a client of the platform's do something, and see it wait for a lock; it has to end."""

    def work() -> None:
        with connect(as_admin(scene).target, application="a client") as connection:
            connection.execute(statement.encode())

    client = Thread(target=work)
    yield client
    client.join(60)
    assert not client.is_alive()


WAITING = "select from pg_stat_activity where application_name = 'a client' and wait_event_type = 'Lock'"


def test_who_signs_up_meanwhile_waits_and_goes_on_with_what_was_restored(pinned: Scene) -> None:
    pinned.command(HARM)
    sign_up = "insert into auth.users (id) values ('00000000-0000-0000-0000-00000000000a')"
    with meanwhile(pinned, sign_up) as client:

        def begin() -> None:
            client.start()
            until(lambda: as_admin(pinned).ask(WAITING) != [], what="the client waits")

        record = pinned.run(listeners=(behind(RollbackStep.RESTORE, begin),))

    assert record.exit is Exit.OK, [(each.sentence, each.detail) for each, _ in record.steps]
    assert pinned.ask("select count(*) from public.profiles") == [(6,)]
    assert record.swapped is not None
    restoring = sum(took for result, took in record.steps if result.step in _KEPT_WAITING)
    assert record.swapped.outage_s >= restoring


_KEPT_WAITING = (
    RollbackStep.ANALYZE,
    RollbackStep.CONTENT,
    RollbackStep.INVENTORY,
    RollbackStep.SEQUENCES,
)


def test_a_table_that_others_use_is_tried_again_until_it_is_let_go(pinned: Scene) -> None:
    pinned.command(HARM)
    with connect(pinned.target) as other:
        other.execute("begin; lock table public.items in access share mode")

        def let_go() -> None:
            waited(pinned)
            other.execute("rollback")

        released = Thread(target=let_go)
        record = pinned.run(listeners=(behind(RollbackStep.REFERENCES, released.start),))
        released.join()
    assert record.exit is Exit.OK


def waited(scene: Scene) -> None:
    """Wait until the rollback waits for a lock."""
    waiting = "select from pg_locks where not granted and relation = 'public.items'::regclass"
    until(lambda: as_admin(scene).ask(waiting) != [], what="the rollback waits for a lock")


def test_a_table_that_others_never_let_go(pinned: Scene) -> None:
    pinned.command(HARM)
    before = catalogs(pinned)
    with connect(pinned.target) as other:
        other.execute("begin; lock table public.items in access share mode")
        record = pinned.changed(lock_tries=1).run()
        other.execute("rollback")
    assert record.exit is Exit.RED and record.finished is not None
    assert record.finished.outcome is RollbackOutcome.UNCHANGED
    assert "A lock was not to be had in 1 tries" in record.finished.sentence
    assert catalogs(pinned) == before and asides(pinned) == []


def test_what_belongs_to_others_cannot_be_moved_out_and_is_named(pinned: Scene) -> None:
    as_admin(pinned).command("create table public.foreign_one (id integer)")
    pinned.command("create type public.span as range (subtype = date)")
    refused(
        pinned,
        "keeps the schema public in its place",
        "the functions of type public.span",
        "table public.foreign_one",
        "alter extension",
    )


def test_an_undo_where_an_extension_has_come_since(hosted: Scene) -> None:
    before = catalogs(hosted)
    hosted.command(HARM)
    harmed = catalogs(hosted)
    assert hosted.run().exit is Exit.OK
    hosted.command("create extension hstore schema public")
    (came,) = (each for each in catalogs(hosted) if (each.kind, each.name) == ("extension", "hstore"))

    undone = hosted.undo()

    assert undone.exit is Exit.OK, [(each.sentence, each.detail) for each, _ in undone.steps]
    assert catalogs(hosted) == {*harmed, came}
    assert hosted.undo().exit is Exit.OK
    assert catalogs(hosted) == {*before, came}


def test_an_undo_where_the_extension_has_gone_since(hosted: Scene) -> None:
    hosted.command(HARM)
    harmed = catalogs(hosted)
    hosted.command("create extension hstore schema public")
    assert hosted.run().exit is Exit.OK
    hosted.command("drop extension hstore")

    undone = hosted.undo()

    assert undone.exit is Exit.OK, [(each.sentence, each.detail) for each, _ in undone.steps]
    assert catalogs(hosted) == harmed


def test_an_extension_that_was_dropped_is_created_again(hosted: Scene) -> None:
    before = catalogs(hosted)
    hosted.command("drop extension fuzzystrmatch cascade")
    harmed = catalogs(hosted)

    record = hosted.run()

    assert record.exit is Exit.OK, [(each.sentence, each.detail) for each, _ in record.steps]
    assert catalogs(hosted) == before
    assert any("fuzzystrmatch was gone from public" in each.sentence for each in record.warnings)
    assert hosted.ask("select public.soundex('default')") == [("D143",)]
    assert hosted.undo().exit is Exit.OK
    (again,) = (each for each in before if (each.kind, each.name) == ("extension", "fuzzystrmatch"))
    assert catalogs(hosted) == {*harmed, again}


def test_an_extension_that_only_a_superuser_creates_again(hosted: Scene, tmp_path: Path) -> None:
    as_admin(hosted).command("create extension amcheck schema public")
    later = replace(hosted, vault=replace(hosted.vault, directory=tmp_path, target=hosted.target))
    later.backed_up()
    as_admin(hosted).command("drop extension amcheck")
    refused(later, "The extension amcheck", "cannot create it again: permission denied", "create extension")


def test_an_extension_that_was_moved(hosted: Scene) -> None:
    hosted.command("alter extension fuzzystrmatch set schema extensions")
    refused(
        hosted, "extension fuzzystrmatch was in the schema public", "is in extensions now", "alter extension"
    )


def refused(scene: Scene, *words: str) -> None:
    """Expect a refusal with these words, and everything as it was."""
    before = catalogs(scene)
    with pytest.raises(Refused) as caught:
        scene.run()
    told = f"{caught.value.sentence} {caught.value.remedy}"
    assert [each for each in words if each not in told] == [], told
    assert catalogs(scene) == before and asides(scene) == []


def swapped(catalog: set[Entry]) -> set[Entry]:
    """Give the objects that a commit settles; foreign keys are validated behind it."""
    return {each for each in catalog if each.kind != "constraint"}


@pytest.mark.parametrize("supabase_platform", ["18"], indirect=True)
def test_it_is_before_or_after_wherever_it_is_killed(pinned_stock: HostedStock) -> None:
    number, ends = 0, set[bool]()
    while True:
        number += 1
        with pinned_stock.scene() as scene:
            good = catalogs(scene)
            scene.command(HARM + LATER)
            harmed = catalogs(scene)
            if not killed_behind(number, scene.run):
                assert ends == {True, False} and number > 20
                return
            settled(scene)
            found = swapped(catalogs(scene))
            assert found in (swapped(good), swapped(harmed))
            scene.listed()
            found = catalogs(scene)
            assert found in (good, harmed)
            ends.add(found == good)
            assert len(asides(scene)) == (4 if found == good else 0)
            assert scene.undo().exit is Exit.OK if found == good else scene.run().exit is Exit.OK
            assert catalogs(scene) == (harmed if found == good else good)
