"""A rollback by schemas of a database whose text is not in UTF-8."""

from pathlib import Path

from fix_rollback import scene_on
from fix_server import encoded_database
from pgassay.model.exits import Exit
from pgassay.pg.cluster import Server
from pgassay.pg.connection import connect
from pgassay.recovery.rollback.settings import RollbackChoice

MADE = """
create schema auth;
create schema shop;
create table shop.sizes (id integer primary key, size text default 'süß', check (size <> 'größer'));
insert into shop.sizes values (1, 'süß'), (2, 'groß');
create function shop.touch() returns trigger language plpgsql as $$ begin return new; /* für */ end $$;
create table auth.guests (id integer, name text);
create trigger touched before insert on auth.guests for each row
    when (new.name <> 'Jürgen') execute function shop.touch();
comment on trigger touched on auth.guests is 'berührt';
"""
ROWS = "select id, size, size::bytea::text from shop.sizes order by id"
TOLD = "select pg_get_triggerdef(oid) from pg_trigger where tgname = 'touched'"


def test_texts_are_as_they_were(server: Server, tmp_path: Path) -> None:
    with encoded_database(server, "LATIN1") as target:
        with connect(target) as latin:
            latin.execute(MADE.encode(latin.info.encoding))
        with scene_on(target, server.target, tmp_path / "backups") as made:
            scene = made.changed(way=RollbackChoice.SCHEMAS)
            scene.backed_up()
            before = scene.ask(ROWS), scene.ask(TOLD)
            scene.command("delete from shop.sizes")

            record = scene.run()

            assert record.exit is Exit.OK, [(each.sentence, each.detail) for each, _ in record.steps]
            assert (scene.ask(ROWS), scene.ask(TOLD)) == before
            assert before[0][0] == (1, "süß", r"\x73fcdf") and "Jürgen" in str(before[1])
            assert scene.undo().exit is Exit.OK and scene.ask(ROWS) == []
