"""A stored run comes back as the very events that it consisted of."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings

from pgassay.model.errors import UsageError
from pgassay.model.events.suite import FileFinished, RunFinished, RunStarted, SuiteEvent
from pgassay.model.suite import Outcome
from pgassay.pg.connection import Connection
from pgassay.store.runs import replay
from sample_runs import MOMENT, arbitrary_runs, assertions, events, result, run_of

Record = Callable[[Iterable[SuiteEvent]], None]


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(told=arbitrary_runs())
def test_any_run_comes_back_as_it_was(record: Record, store: Connection, told: list[SuiteEvent]) -> None:
    assert isinstance(told[0], RunStarted)
    store.execute("delete from prod_test_schema.test_runs")

    record(told)

    assert list(replay(store, told[0].run.id)) == told


def test_huge_results_come_back(record: Record, store: Connection) -> None:
    lines = tuple(f"ok {number} - {'ü' * 200}" for number in range(20_000))
    huge = replace(result("huge.sql"), assertions=assertions(5_000), output=lines, notices=("x" * 5_000_000,))
    told = list(events(run_of([huge]), huge))

    record(told)

    assert list(replay(store, _id(told))) == told


def test_what_cannot_be_stored_is_replaced_visibly(record: Record, store: Connection) -> None:
    odd = replace(result("odd.sql"), notices=("a\0b", "c\udc80d"), skip_reason="\0")

    told = list(events(run_of([odd]), odd))
    record(told)

    (found,) = [each.result for each in replay(store, _id(told)) if isinstance(each, FileFinished)]
    assert found.notices == ("a\N{SYMBOL FOR NULL}b", "c\N{REPLACEMENT CHARACTER}d")
    assert found.skip_reason == "\N{SYMBOL FOR NULL}"


def test_the_files_of_a_killed_run_that_have_no_result_are_told_as_not_run(
    record: Record, store: Connection
) -> None:
    done, left = result("done.sql"), result("left.sql")
    told = list(events(run_of([done, left]), done))
    record(told[:-1])

    replayed = list(replay(store, _id(told)))

    assert replayed[:-2] == told[:-1]
    missing, end = replayed[-2:]
    assert isinstance(missing, FileFinished)
    assert (missing.result.file, missing.result.outcome) == (left.file, Outcome.NOT_RUN)
    assert isinstance(end, RunFinished)
    assert end.interrupted
    assert (end.at - MOMENT).total_seconds() == end.elapsed_s == 1.0


def test_a_finished_run_is_replayed_without_additions(record: Record, store: Connection) -> None:
    told = list(events(run_of([result("a.sql"), result("b.sql")]), result("a.sql")))
    record(told)

    assert list(replay(store, _id(told))) == told


def test_a_run_that_is_not_there(store: Connection) -> None:
    with pytest.raises(UsageError, match="No run"):
        list(replay(store, uuid4()))


def _id(told: list[SuiteEvent]) -> UUID:
    assert isinstance(told[0], RunStarted)
    return told[0].run.id
