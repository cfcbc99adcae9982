"""A backup that is whole passes a drill, and one that lacks anything does not."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from fix_recovery import Vault, broken, complaints, location, results, tampering, unverified
from fix_suite import name_of
from pgassay.model.backup import BackupState
from pgassay.model.exits import Exit
from pgassay.model.finding import Finding
from pgassay.model.recovery import Outcome, RecoveryStep
from pgassay.pg.cluster import Server
from pgassay.pg.connection import connect
from pgassay.pg.target import Target
from pgassay.recovery.directory import sums
from pgassay.recovery.manifest import NAME, encode, read
from pgassay.recovery.steps.analyze import analyze
from pgassay.recovery.steps.place import Place


def test_a_whole_backup_is_tested(vault: Vault) -> None:
    made = vault.backup()
    assert made.exit is Exit.OK, made
    directory = location(made)
    assert directory.stat().st_mode & 0o777 == 0o700
    assert [each.name for each in vault.directory.iterdir()] == [directory.name]
    manifest = json.loads((directory / "manifest.json").read_text("utf-8"))
    tables = {each["name"]: each for each in manifest["tables"]}
    assert tables["public.orders"]["rows"] == 200
    # An enum's hash is that of its number, and json has none.
    assert tables["public.orders"]["method"] == "text"
    assert tables["public.customers"]["method"] == "hash"
    assert tables["public.totals"]["kind"] == "m"
    assert tables["public.columnless"]["rows"] == 1
    assert {each["path"] for each in manifest["files"]} >= {"archive/toc.dat", "globals.sql"}
    assert vault.state() == "created"

    record = vault.drill()

    assert complaints(record) == []
    assert record.exit is Exit.OK
    assert record.finished is not None
    measured = record.finished.measured
    assert measured.rto_s is not None and 0 < measured.rto_s <= record.finished.elapsed_s
    assert [each.name for each in measured.phases][:3] == ["files", "archive", "place"]
    assert measured.phases[-1].name == "first write"
    assert measured.rpo_s is not None and measured.rpo_s > 0
    assert vault.state() == "tested"
    assert vault.ask("select status, rto_s, rpo_s, kind from prod_test_schema.recovery_drills") == [
        ("passed", measured.rto_s, measured.rpo_s, "restore")
    ]


OTHER_CONTENT = {
    "delete from orders where id = 7": "public.orders has 199 rows; it had 200",
    "update visits_2026 set at = '2026-12-31' where customer = 7": "public.visits_2026",
    "update customers set name = 'x' where id = 7": "public.customers",
    "truncate cache": "public.cache has 0 rows",
    "drop table empty": "public.empty is missing",
    "update pg_largeobject set data = 'small'": "Large objects have other content",
}
OTHER_OBJECTS = {
    "revoke select on orders from pg_monitor": "table public.orders",
    "drop policy reading on customers": "policy public.customers.reading is missing",
    "alter table customers disable row level security": "table public.customers",
    "drop trigger touched on orders": "trigger public.orders.touched is missing",
    "alter table orders drop constraint orders_net_check": "constraint public.orders.orders_net_check",
    "drop index orders_customer": "index public.orders_customer",
    "create or replace view cheap as select * from orders where net in (1, 2)": "view public.cheap",
    "alter function touch() owner to pg_monitor": "function public.touch()",
    "alter type size add value 'huge'": "type public.size",
}
OTHER_SEQUENCES = {
    "select setval('orders_id_seq', 1)": "public.orders_id_seq",
    "select setval('customers_id_seq', 50, false)": "public.customers.id has 50 already",
    "select setval('tickets', 3)": "public.tickets stands at 3; it stood at 7",
}
OTHER_REFERENCES = {
    "set session_replication_role = replica": "",
    "update orders set customer = 999 where id = 7": "orders_customer_fkey of public.orders",
    "update visits set customer = 999 where customer = 7": "public.visits: 1 rows",
}
INVALID = "update pg_index set indisvalid = false where indexrelid = 'orders_customer'::regclass"
DIFFER = {
    RecoveryStep.CONTENT: {"public.orders", "public.visits_2026", "public.customers", "public.empty"},
    RecoveryStep.INVENTORY: {"public.orders", "public.customers"},
    RecoveryStep.FOREIGN_KEYS: {"public.orders", "public.visits"},
}
UNWRITABLE = (
    "alter table empty add column x int; insert into empty values (1, 1);"
    "alter table empty add constraint never check (x > 5) not valid"
)


@pytest.mark.parametrize(
    ("changes", "found_by"),
    [
        pytest.param(OTHER_CONTENT, RecoveryStep.CONTENT, id="content"),
        pytest.param(OTHER_OBJECTS, RecoveryStep.INVENTORY, id="objects"),
        pytest.param(OTHER_SEQUENCES, RecoveryStep.SEQUENCES, id="sequences"),
        pytest.param(OTHER_REFERENCES, RecoveryStep.FOREIGN_KEYS, id="references"),
        pytest.param({INVALID: "orders_customer"}, RecoveryStep.INDEXES, id="index"),
        pytest.param({UNWRITABLE: "public.empty cannot be written to"}, RecoveryStep.WRITE, id="write"),
    ],
)
def test_whatever_a_copy_lacks_is_red(
    vault: Vault, changes: Mapping[str, str], found_by: RecoveryStep
) -> None:
    vault.backup()

    record = vault.drill(listeners=(tampering(*changes),))

    assert found_by in broken(record), record.steps
    result = results(record)[found_by]
    said = " ".join((result.sentence, *result.detail))
    assert [named for named in changes.values() if named not in said] == [], said
    assert DIFFER.get(found_by, set()) <= set(result.tables or ())
    assert (result.tables is not None) is (found_by in DIFFER)
    assert record.exit is Exit.RED
    assert vault.state() == "failed"
    assert vault.ask("select status from prod_test_schema.recovery_drills") == [("failed",)]


ODD_SETTINGS = {
    "client_encoding": "LATIN1",
    "datestyle": "German, DMY",
    "intervalstyle": "iso_8601",
    "timezone": "Asia/Kolkata",
    "standard_conforming_strings": "off",
    "quote_all_identifiers": "on",
    "search_path": "",
    "row_security": "off",
    "extra_float_digits": "-5",
    "default_transaction_isolation": "serializable",
}


def test_settings_of_the_database_are_in_nobodys_way(vault: Vault) -> None:
    vault.command(
        "create table \"日本 %\" (\"語\" text default '語', at timestamptz default '2026-01-01 12:00+00',"
        " during interval default '1 mon 2 days', share float8 default 0.1234567890123456)"
    )
    vault.command('insert into "日本 %" default values')
    for name, value in ODD_SETTINGS.items():
        vault.command(f"alter database {name_of(vault.target)} set {name} to '{value}'")
    made = vault.backup()
    assert made.exit is Exit.OK, complaints(made)

    record = vault.drill()

    assert complaints(record) == []
    assert record.exit is Exit.OK


def test_statistics_are_made_however_little_time_the_database_gives(vault: Vault) -> None:
    manifest, _ = read(location(vault.backup()))
    vault.command("create function slow(bigint) returns bigint immutable language sql return $1")
    vault.command("create index on orders (slow(id))")
    vault.command(
        "create or replace function slow(bigint) returns bigint immutable language plpgsql"
        " as 'begin perform pg_sleep(0.01); return $1; end'"
    )
    vault.command(f"alter database {name_of(vault.target)} set statement_timeout to '1s'")
    place = Place(
        target=vault.target, major=manifest.source.major, own=False, superuser=True, said="the source"
    )

    assert analyze(manifest, place).finding is Finding.HOLDS


def test_a_lost_setting_is_red(vault: Vault) -> None:
    vault.backup()
    lose = "do $$ begin execute format('alter database %I reset all', current_database()); end $$"

    record = vault.drill(listeners=(tampering(lose, behind=RecoveryStep.ANALYZE),))

    assert broken(record) == [RecoveryStep.INVENTORY]
    assert "work_mem" in results(record)[RecoveryStep.INVENTORY].sentence


def data_file(directory: Path) -> Path:
    """The largest data file of an archive."""
    return max((directory / "archive").glob("*.dat.gz"), key=lambda path: path.stat().st_size)


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-5])


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize("damage", [truncate, flip, Path.unlink])
def test_a_damaged_archive_is_red_by_name(vault: Vault, damage: Callable[[Path], None]) -> None:
    path = data_file(location(vault.backup()))
    damage(path)

    record = vault.verify()

    assert (record.exit, broken(record)) == (Exit.RED, [RecoveryStep.FILES])
    assert f"archive/{path.name}" in results(record)[RecoveryStep.FILES].sentence
    assert vault.state() == "failed"
    assert vault.drill(path.parent.parent).exit is Exit.RED


@pytest.mark.parametrize("damage", [truncate, flip, Path.unlink])
def test_damage_from_before_the_sums_were_taken_is_red(vault: Vault, damage: Callable[[Path], None]) -> None:
    """Where the sums agree with what is there: the archive is read, and its content compared."""
    vault = vault.without_store()
    directory = location(vault.backup())
    damage(data_file(directory))
    resum(directory)

    record = vault.verify(directory)

    assert broken(record) == [RecoveryStep.ARCHIVE], record


def resum(directory: Path) -> None:
    """Make a manifest agree with the files that are there."""
    manifest, _ = read(directory)
    files = tuple(sums(directory, leave_out=frozenset({NAME})))
    (directory / NAME).write_bytes(encode(replace(manifest, files=files)))


def test_a_changed_manifest_is_red(vault: Vault) -> None:
    directory = location(vault.backup())
    path = directory / "manifest.json"
    path.write_text(path.read_text("utf-8").replace('"rows": 200', '"rows": 201'), "utf-8")

    record = vault.verify()

    assert broken(record) == [RecoveryStep.FILES]
    assert "is not the manifest that was written" in results(record)[RecoveryStep.FILES].sentence


def test_rows_that_the_dump_did_not_see_are_red(vault: Vault) -> None:
    """A manifest that has more than the archive: as if somebody had hidden rows from pg_dump."""
    vault = vault.without_store()
    directory = location(vault.backup())
    path = directory / "manifest.json"
    path.write_text(path.read_text("utf-8").replace('"rows": 200', '"rows": 201'), "utf-8")

    record = vault.drill(directory)

    assert broken(record) == [RecoveryStep.CONTENT]
    assert "public.orders has 200 rows; it had 201" in results(record)[RecoveryStep.CONTENT].sentence


def test_objectives_decide(vault: Vault) -> None:
    vault.backup()

    met = vault.changed(rto_s=600.0, rpo_s=600.0).drill()
    missed = vault.changed(rto_s=0.001, rpo_s=600.0).drill()

    assert met.exit is Exit.OK
    assert missed.exit is Exit.RED
    assert missed.finished is not None
    assert "the objective is 0.001 s" in missed.finished.sentence
    assert missed.finished.standing is BackupState.TESTED  # the backup is as good as before
    assert vault.ask(
        "select metric, basis, status from prod_test_schema.measure_recovery_time() order by metric"
    ) == [("RPO", "MEASURED", "MET"), ("RTO", "MEASURED", "MISSED")]


def test_without_a_drill_the_time_is_an_estimate(vault: Vault) -> None:
    vault.backup()

    asked = "select metric, basis, status, seconds > 0 from prod_test_schema.measure_recovery_time()"
    assert vault.ask(asked) == [
        ("RTO", "ESTIMATED", "NOT VERIFIED", True),
        ("RPO", "ESTIMATED", "NOT VERIFIED", True),
    ]


def test_tests_that_were_not_run_are_not_verified(vault: Vault) -> None:
    vault.backup()

    unwanted = vault.drill(tests=False)
    missing = vault.changed(tests=("integration",)).drill()

    assert unverified(unwanted) == unverified(missing) == [RecoveryStep.TESTS]
    assert (unwanted.exit, missing.exit) == (Exit.OK, Exit.RED)
    assert unwanted.finished is not None and unwanted.finished.outcome is Outcome.NOT_VERIFIED
    assert vault.state() == "validated"


@pytest.fixture
def other(server: Server) -> Target:
    return server.target


def test_a_given_server_gets_a_database_for_the_drill(vault: Vault, other: Target) -> None:
    given = vault.changed(server=other.conninfo)
    vault.backup()

    record = given.drill()

    assert complaints(record) == []
    assert record.exit is Exit.OK
    assert "the database pgassay_" in record.place
    with connect(other) as connection:
        assert connection.execute("select from pg_database where datname ~ '^pgassay_'").fetchall() == []
