"""What files touch is stored and given back."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from pgassay.model.events.suite import FileFinished, SuiteEvent
from pgassay.model.suite import FileResult, Outcome
from pgassay.model.touch import CatalogObject, Known, Object, Snapshot, Touch, Touches
from pgassay.pg.connection import Connection
from pgassay.store.replay import replay
from pgassay.store.touches import (
    catalog_of_run,
    last_catalog,
    last_recorded_run,
    touched_by_files,
    touched_by_run,
    write_catalog,
)
from sample_runs import events, result, run_of

Record = Callable[[Iterable[SuiteEvent]], None]
TABLE, VIEW = Object(kind="table", name='crm."Odd one"'), Object(kind="view", name="crm.seen")
SNAPSHOT = Snapshot(
    id="a" * 64,
    objects=(
        CatalogObject(kind="table", name=TABLE.name, digest="1"),
        CatalogObject(kind="view", name=VIEW.name, digest="2", uses=(TABLE,)),
    ),
)


def touching(path: str, *touched: tuple[Object, Known], outcome: Outcome = Outcome.PASSED) -> FileResult:
    found = tuple(Touch(kind=each.kind, name=each.name, known=known) for each, known in touched)
    touches = Touches(text="b" * 64, touched=found, calls_counted=True)
    return replace(result(path, outcome), touches=touches)


def test_a_replayed_result_has_its_touches(record: Record, store: Connection) -> None:
    one, nothing = touching("a.sql", (TABLE, Known.MEASURED), (VIEW, Known.NAMED)), touching("b.sql")
    plain = result("c.sql")
    run = run_of([one, nothing, plain])
    record(events(run, one, nothing, plain))

    told = [each.result.touches for each in replay(store, run.id) if isinstance(each, FileFinished)]
    assert told == [one.touches, nothing.touches, None]


def test_of_a_file_the_latest_recorded_run_counts(record: Record, store: Connection) -> None:
    for each in (
        touching("a.sql", (TABLE, Known.MEASURED)),
        touching("a.sql", (VIEW, Known.INFERRED), outcome=Outcome.FAILED),
        result("a.sql"),
    ):
        record(events(run_of([each]), each))
        store.execute(
            "update prod_test_schema.test_file_results set started_at = started_at - interval '1 hour'"
        )

    found = touched_by_files(store, ["a.sql", "never.sql"])
    assert set(found) == {"a.sql"}
    assert (found["a.sql"].objects, found["a.sql"].red) == (frozenset([VIEW]), True)


def test_a_run_is_the_sum_of_its_files_and_the_surest_counts(record: Record, store: Connection) -> None:
    first = touching("a.sql", (TABLE, Known.NAMED), (VIEW, Known.INFERRED))
    second, plain = touching("b.sql", (TABLE, Known.MEASURED)), result("c.sql")
    run = run_of([first, second, plain])
    record(events(run, first, second, plain))
    write_catalog(store, run.id, SNAPSHOT)

    found = touched_by_run(store, run.id)
    assert dict(found.known) == {TABLE: Known.MEASURED, VIEW: Known.INFERRED}
    assert (found.ran, found.files, found.calls_counted) == (3, 2, True)
    assert set(found.objects) == {TABLE, VIEW}
    assert last_recorded_run(store) == run.id


def test_without_a_record_there_is_no_last_run(record: Record, store: Connection) -> None:
    plain = result("a.sql")
    record(events(run_of([plain]), plain))
    assert last_recorded_run(store) is None


def test_a_snapshot_is_stored_once(store: Connection) -> None:
    first, second = run_of([]).id, run_of([]).id
    write_catalog(store, first, SNAPSHOT)
    write_catalog(store, second, SNAPSHOT)
    write_catalog(store, second, SNAPSHOT)

    assert store.execute("select count(*) from prod_test_schema.catalog_objects").fetchone() == (2,)
    assert catalog_of_run(store, first) == catalog_of_run(store, second) == last_catalog(store) == SNAPSHOT
    assert catalog_of_run(store, run_of([]).id) is None


def test_touches_go_with_their_run(record: Record, store: Connection) -> None:
    one = touching("a.sql", (TABLE, Known.MEASURED))
    run = run_of([one])
    record(events(run, one))
    store.execute("delete from prod_test_schema.test_runs where id = %s", [run.id])
    assert store.execute("select count(*) from prod_test_schema.test_touches").fetchone() == (0,)
