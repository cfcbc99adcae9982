"""The store in a file: all of it, from one moment, into another store, once or twice."""

import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from pgassay.model.errors import UsageError
from pgassay.model.events.suite import SuiteEvent
from pgassay.model.incident import IncidentSeverity, IncidentStatus, IncidentType, NewIncident
from pgassay.pg.connection import Connection, connect, sql
from pgassay.pg.target import Target
from pgassay.store.archive import read_archive, write_archive
from pgassay.store.incidents import find_incident, move_incident, open_incident
from pgassay.store.replay import replay
from pgassay.store.schema import install
from sample_runs import events, result, run_of

NEW = NewIncident(type=IncidentType.SECURITY, severity=IncidentSeverity.LOW, title="a\tb\\c\n✓", cause="c")


@pytest.fixture
def other(store: Connection, database: Target) -> Iterable[Connection]:
    """Another store on the same server."""
    name = f"{database.database}_other"
    store.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
    with connect(database.with_database(name)) as connection:
        install(connection)
        yield connection
    store.execute(sql.SQL("drop database {}").format(sql.Identifier(name)))


def test_everything_arrives_and_nothing_twice(
    store: Connection, other: Connection, record: Callable[[Iterable[SuiteEvent]], None], tmp_path: Path
) -> None:
    results = [result("unit/a.sql"), result("unit/b.sql", failed=1)]
    run = run_of(results)
    told = list(events(run, *results))
    record(told)
    incident = move_incident(store, open_incident(store, NEW), IncidentStatus.RESOLVED, actor="kim")
    written = write_archive(store, tmp_path / "store.zip")
    rows = {each.name: each.rows for each in written.tables}
    assert (rows["test_runs"], rows["test_file_results"], rows["incident_events"]) == (1, 2, 2)

    added = read_archive(other, tmp_path / "store.zip")
    assert {each.name: each.rows for each in added} == rows
    assert list(replay(other, run.id)) == list(replay(store, run.id))
    assert find_incident(other, str(incident.id)) == incident

    again = read_archive(other, tmp_path / "store.zip")
    assert sum(each.rows for each in again) == 0


def test_what_is_there_stays_as_it_is(store: Connection, tmp_path: Path) -> None:
    incident = open_incident(store, NEW)
    write_archive(store, tmp_path / "store.zip")
    moved = move_incident(store, incident, IncidentStatus.RESOLVED, actor="kim")
    read_archive(store, tmp_path / "store.zip")
    assert find_incident(store, str(incident.id)) == moved


def test_a_new_row_gets_a_new_number_after_reading(
    store: Connection, other: Connection, tmp_path: Path
) -> None:
    open_incident(store, NEW)
    write_archive(store, tmp_path / "store.zip")
    read_archive(other, tmp_path / "store.zip")
    fresh = open_incident(other, NewIncident(type=IncidentType.SECURITY, severity=NEW.severity, title="next"))
    assert len(fresh.history) == 1


def test_a_file_is_never_written_over(store: Connection, tmp_path: Path) -> None:
    path = tmp_path / "store.zip"
    path.write_text("precious")
    with pytest.raises(UsageError, match="exists"):
        write_archive(store, path)
    assert path.read_text() == "precious"
    with pytest.raises(UsageError, match="cannot be written"):
        write_archive(store, tmp_path / "nowhere" / "store.zip")
    assert [each.name for each in tmp_path.iterdir()] == ["store.zip"]


@pytest.mark.parametrize("damage", ["text", "cut", "flipped", "another archive", "missing", "newer"])
def test_what_is_no_whole_backup_changes_nothing(store: Connection, tmp_path: Path, damage: str) -> None:
    path = tmp_path / "store.zip"
    open_incident(store, NEW)
    manifest = write_archive(store, path)
    whole = path.read_bytes()
    match damage:
        case "text":
            path.write_text("select 1")
        case "cut":
            path.write_bytes(whole[: len(whole) // 2])
        case "flipped":
            place = whole.index(b"production_incidents.copy") + 60
            path.write_bytes(whole[:place] + bytes([whole[place] ^ 255]) + whole[place + 1 :])
            for bit in range(8):  # whatever the byte becomes, it is noticed
                other = whole[:place] + bytes([whole[place] ^ 1 << bit]) + whole[place + 1 :]
                (tmp_path / "other.zip").write_bytes(other)
                with pytest.raises(UsageError):
                    read_archive(store, tmp_path / "other.zip")
        case "another archive":
            path.unlink()
            with zipfile.ZipFile(path, "w") as archive:
                archive.writestr("readme", "hello")
        case "missing":
            path.unlink()
        case _:
            path.unlink()
            with zipfile.ZipFile(path, "w") as archive:
                newer = f'{{"format":"pgassay.store-backup/1","version":{manifest.version + 1},"tables":[]}}'
                archive.writestr("manifest.json", newer)
    store.execute("delete from prod_test_schema.production_incidents")
    with pytest.raises(UsageError):
        read_archive(store, path)
    assert store.execute("select count(*) from prod_test_schema.production_incidents").fetchone() == (0,)
