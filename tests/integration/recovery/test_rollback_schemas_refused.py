"""What keeps schemas from being swapped: one sentence, an exit code, and everything is as it was."""

import gzip
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread

import pytest

from fix_hosted_rollback import HARM, as_admin
from fix_rollback import Scene, behind, results
from fix_suite import until
from pgassay.flows.rollback.run import run_rollback
from pgassay.model.errors import Refused, Unavailable
from pgassay.model.exits import Exit
from pgassay.model.finding import Finding
from pgassay.model.rollback import RollbackOutcome, RollbackStep
from pgassay.pg.catalog.fingerprint import OURS, fingerprint
from pgassay.pg.connection import connect
from pgassay.report.rollback.record import RollbackRecord

TRIES = """
select waiting.pid, waiting.waitstart
from pg_locks as waiting
join pg_database as here on here.oid = waiting.database
where waiting.waitstart is not null and here.datname = current_database()
"""
"""Who waits for a lock, and since when: each try waits anew."""
ORDERS = "select id, note from shop.orders order by id"


def state(scene: Scene) -> object:
    """Give every object of the database, and some rows."""
    platform = as_admin(scene)
    with connect(platform.target) as connection:
        return fingerprint(connection, ignored=OURS[:2]).digest, platform.ask(ORDERS)


@contextmanager
def refused(scene: Scene, *words: str) -> Iterator[None]:
    """Expect a refusal with these words, and everything as it was."""
    before = state(scene)
    with pytest.raises(Refused) as caught:
        yield
    told = f"{caught.value.sentence} {caught.value.remedy}"
    assert [each for each in words if each not in told] == [], told
    assert caught.value.exit_code is Exit.REFUSED
    assert state(scene) == before
    assert scene.ask("select count(*) from prod_test_schema.rollback_events") == [(0,)]


def unchanged(scene: Scene, before: object, record: RollbackRecord, *words: str) -> None:
    """Expect that an operation ended with these words, and everything as it was."""
    assert record.finished is not None
    assert record.finished.outcome is RollbackOutcome.UNCHANGED
    assert [each for each in words if each not in record.finished.sentence] == [], record.finished.sentence
    assert state(scene) == before
    assert scene.listed().asides == ()
    assert scene.ask("select status from prod_test_schema.rollback_events") == [("unchanged",)]


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        (
            "create materialized view storage.kept as select id from public.posts",
            ("materialized view storage.kept", "may not make", "must be owner"),
        ),
        (
            "create table storage.moody (mood public.mood)",
            ("column mood of table storage.moody", "may not make", "must be owner"),
        ),
        (
            "create function storage.mood_of() returns public.mood language sql return 'sad'::public.mood",
            ("function storage.mood_of()", "may not make", "must be owner"),
        ),
        (
            "create function public.heard() returns event_trigger language plpgsql as 'begin end';"
            "alter function public.heard() owner to postgres;"
            "create event trigger hearing on sql_drop execute function public.heard()",
            ("event trigger hearing", "may not make", "must be owner"),
        ),
        (
            "create function public.less(integer, integer) returns boolean language sql return $1 < $2;"
            "alter function public.less(integer, integer) owner to postgres;"
            "create operator storage.<<< (function = public.less, leftarg = integer, rightarg = integer)",
            ("operator storage.<<<(integer,integer)", "cannot be made to depend"),
        ),
        (
            "create index objects_own_idx on storage.objects (public.soundex(name));"
            "create function public.up(text) returns text immutable language sql return upper($1);"
            "alter function public.up(text) owner to postgres;"
            "create index users_up_idx on auth.users (public.up(phone))",
            ("index auth.users_up_idx", "may not make", "must be owner"),
        ),
        (
            "alter table auth.users disable trigger on_auth_user_created",
            (
                "trigger on_auth_user_created on table auth.users",
                "may not make",
                "must be owner of table users",
            ),
        ),
        (
            "create view auth.ids as select id from public.posts;"
            "alter view auth.ids owner to supabase_auth_admin",
            ("view auth.ids", "may not make"),
        ),
        (
            "create extension hstore schema public; create table public.theirs (id integer)",
            (
                "extension hstore keeps the schema public in its place (must be owner of",
                "table public.theirs",
            ),
        ),
        (
            "create publication theirs for table public.posts",
            ("public.posts in the publication theirs", "belongs to supabase_admin"),
        ),
        (
            "revoke create on database {database} from postgres;"
            "alter database {database} owner to supabase_admin;"
            "alter schema public owner to postgres",
            ("may not create schemas", "grant create on database"),
        ),
    ],
)
def test_what_cannot_be_bound_anew(hosted: Scene, statement: str, words: tuple[str, ...]) -> None:
    as_admin(hosted).command(statement.format(database=f'"{hosted.name}"'))
    with refused(hosted, "Nor can its schemas be swapped", *words):
        hosted.run()


def test_a_role_that_owns_nothing(hosted: Scene) -> None:
    platform = as_admin(hosted)
    platform.command("create role stranger login; grant pg_read_all_data, pg_write_all_data to stranger")
    platform.command(f'grant create on database "{hosted.name}" to stranger')
    try:
        stranger = replace(hosted, target=hosted.target.changed({"user": "stranger"}))
        with refused(hosted, "may not create databases", "No schema of the backup belongs to"):
            stranger.run()
    finally:
        platform.command("drop owned by stranger cascade; drop role stranger")


def test_a_view_outside_that_is_locked_is_no_reason_to_guess(hosted: Scene) -> None:
    with connect(as_admin(hosted).target) as other:
        other.execute("begin; alter view storage.cheerful set (security_barrier = true)")
        with pytest.raises(Unavailable, match="cannot be read: canceling statement due to lock timeout"):
            hosted.run()
        other.execute("rollback")


def test_a_lock_outside_is_tried_again_until_it_is_had(hosted: Scene) -> None:
    hosted.command(HARM)
    with connect(as_admin(hosted).target) as other:
        other.execute("begin; lock table auth.users in row exclusive mode")
        tries: set[object] = set()

        def is_tried_again() -> bool:
            tries.update(as_admin(hosted).ask(TRIES))
            return len(tries) > 1

        def let_go() -> None:
            until(is_tried_again, what="it tries again, however long the first try took")
            other.execute("rollback")

        waiter = Thread(target=let_go)
        record = hosted.run(listeners=(behind(RollbackStep.SEQUENCES, waiter.start),))
        waiter.join()
    assert record.exit is Exit.OK and record.swapped is not None
    assert record.swapped.tries > 1


def test_a_lock_outside_that_is_never_had(hosted: Scene) -> None:
    hosted.command(HARM)
    before = state(hosted)
    with connect(as_admin(hosted).target) as other:
        other.execute("begin; lock table auth.users in row exclusive mode")
        record = hosted.changed(lock_tries=2, lock_timeout_s=0.05).run()
        other.execute("rollback")
    assert record.exit is Exit.RED
    unchanged(hosted, before, record, "A lock was not to be had in 2 tries", "lock timeout")


@pytest.fixture
def own(hosted: Scene, tmp_path: Path) -> Path:
    """The directory of a backup that a test may harm."""
    ((place,),) = hosted.ask("select location from prod_test_schema.backups")
    copy = tmp_path / "backup"
    for file in Path(str(place)).rglob("*"):
        if file.is_file():
            there = copy / file.relative_to(Path(str(place)))
            there.parent.mkdir(parents=True, exist_ok=True)
            there.write_bytes(file.read_bytes())
    with connect(hosted.target) as connection:
        connection.execute("update prod_test_schema.backups set location = %s", [str(copy)])
    return copy


def rows_of_orders(place: Path) -> Path:
    """Give the file with the rows of the orders."""
    files = (place / "archive").glob("*.dat.gz")
    return next(each for each in files if b"order\\t" in gzip.decompress(each.read_bytes()))


def test_a_backup_that_is_damaged_is_noticed_before_all_else(hosted: Scene, own: Path) -> None:
    file = rows_of_orders(own)
    file.write_bytes(file.read_bytes()[:-20])
    with refused(hosted, "is not whole", file.name):
        hosted.run()


@pytest.mark.parametrize(
    ("change", "step", "words"),
    [
        (lambda text: text[:-4], RollbackStep.RESTORE, ("",)),
        (
            lambda text: text.replace(b"\t\\N\t", b"\t\\N\t\\N\t\\N\t", 1),
            RollbackStep.RESTORE,
            ("extra data after last expected column",),
        ),
        (
            lambda text: text.replace(b"order", b"other", 1),
            RollbackStep.CONTENT,
            ("shop.orders has as many rows as before, but other content",),
        ),
        (
            lambda text: text.split(b"\n", 1)[1],
            RollbackStep.CONTENT,
            ("shop.orders has 202 rows; it had 203",),
        ),
    ],
)
def test_rows_that_change_while_they_are_played(
    hosted: Scene, own: Path, change: Callable[[bytes], bytes], step: RollbackStep, words: tuple[str, ...]
) -> None:
    hosted.command(HARM)
    before, file = state(hosted), rows_of_orders(own)

    def tamper() -> None:
        file.write_bytes(gzip.compress(change(gzip.decompress(file.read_bytes()))))

    record = hosted.run(listeners=(behind(RollbackStep.BACKUP, tamper),))

    assert record.exit is Exit.RED
    assert results(record)[step].finding is Finding.BROKEN
    unchanged(hosted, before, record, *words)


@pytest.mark.parametrize(
    ("change", "step", "words"),
    [
        (
            (b"CREATE INDEX orders_note_idx", b"CREATE INDEX orders_mind_idx"),
            RollbackStep.INVENTORY,
            "index",
        ),
        (
            (
                b'"last": 203,\n   "name": "shop.orders_id_seq"',
                b'"last": 999,\n   "name": "shop.orders_id_seq"',
            ),
            RollbackStep.SEQUENCES,
            "stands at 203; it stood at 999",
        ),
    ],
)
def test_objects_and_sequences_that_are_others_than_in_the_manifest(
    hosted: Scene, own: Path, change: tuple[bytes, bytes], step: RollbackStep, words: str
) -> None:
    manifest = own / "manifest.json"
    text = manifest.read_bytes()
    assert change[0] in text
    manifest.write_bytes(text.replace(*change))
    hosted.command("update prod_test_schema.backups set manifest_sha256 = null")
    before = state(hosted)

    record = hosted.run()

    assert record.exit is Exit.RED and results(record)[step].finding is Finding.BROKEN
    unchanged(hosted, before, record, words)


def test_an_archive_whose_file_is_cut_off(hosted: Scene, own: Path) -> None:
    before, file = state(hosted), rows_of_orders(own)
    content = file.read_bytes()
    cut = behind(RollbackStep.REFERENCES, lambda: file.write_bytes(content[:40]) and None)
    record = hosted.run(listeners=(cut,))
    assert record.exit is Exit.RED
    unchanged(hosted, before, record)


def test_what_comes_to_depend_on_the_schemas_meanwhile(hosted: Scene) -> None:
    platform = as_admin(hosted)
    late = (
        "create function storage.late() returns bigint language sql"
        " begin atomic select count(*) from public.posts; end"
    )
    before: list[object] = []

    def add() -> None:
        platform.command(late)
        before.append(state(hosted))

    record = hosted.run(listeners=(behind(RollbackStep.SEQUENCES, add),))

    unchanged(hosted, before[0], record, "storage.late()", "came to depend")


@pytest.mark.parametrize("step", [RollbackStep.REFERENCES, RollbackStep.RESTORE, RollbackStep.SEQUENCES])
def test_who_stops_it_leaves_everything_as_it_was(hosted: Scene, step: RollbackStep) -> None:
    hosted.command(HARM)
    before, stop = state(hosted), Event()
    wish = hosted.wish(listeners=(behind(step, stop.set),))
    record = run_rollback(wish, hosted.settings, hosted.around(stop))
    assert record.exit is Exit.INTERRUPTED
    assert record.steps[-1][0].step is step
    unchanged(hosted, before, record, "It was stopped")
