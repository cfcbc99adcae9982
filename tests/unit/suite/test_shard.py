"""Shares of a suite, the order of work, and the durations that both go by."""

from datetime import UTC, datetime
from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pgassay.model.errors import NothingToRun, UsageError
from pgassay.model.history import FileHistory
from pgassay.model.suite import Outcome, TestFile
from pgassay.suite.shard import schedule, shard, with_history

MOMENT = datetime(2026, 1, 2, tzinfo=UTC)


def _history(path: str, seconds: float) -> FileHistory:
    return FileHistory(path=path, expected_s=seconds, last_outcome=Outcome.PASSED, last_run_at=MOMENT)


def _files(*seconds: float | None) -> tuple[TestFile, ...]:
    return tuple(TestFile(path=f"f{at:03}", expected_s=each) for at, each in enumerate(seconds))


def _shards(files: tuple[TestFile, ...], count: int) -> list[list[str]]:
    return [[each.path for each in shard(files, index, count)] for index in range(1, count + 1)]


def test_history_is_noted_by_path() -> None:
    files = (TestFile(path="a", expected_s=9), TestFile(path="b"), TestFile(path="c"), TestFile(path="d"))
    history = (
        _history("b", 2.5),
        _history("c", nan),
        _history("d", inf),
        _history("z", 1),
        _history("a", -1),
    )
    assert [each.expected_s for each in with_history(files, history)] == [9, 2.5, None, None]


def test_shards_have_about_the_same_to_do() -> None:
    assert _shards(_files(8, 7, 6, 5, 4), 2) == [["f000", "f003", "f004"], ["f001", "f002"]]


def test_a_file_without_history_counts_as_a_median_one() -> None:
    assert _shards(_files(10, None, 1, 4), 2) == [["f000"], ["f001", "f002", "f003"]]
    assert _shards(_files(None, None, None, None), 2) == [["f000", "f002"], ["f001", "f003"]]


def test_a_shard_keeps_the_order_of_the_files() -> None:
    files = _files(1, 2, 3, 4)
    assert [each.path for each in shard(files[::-1], 1, 1)] == ["f003", "f002", "f001", "f000"]


@pytest.mark.parametrize(("index", "count"), [(0, 2), (3, 2), (-1, 2), (1, 0)])
def test_a_shard_that_cannot_be_is_refused(index: int, count: int) -> None:
    with pytest.raises(UsageError):
        shard(_files(1, 2), index, count)


def test_a_shard_without_files_is_an_error() -> None:
    assert _shards(_files(1, 2), 2) == [["f001"], ["f000"]]
    with pytest.raises(NothingToRun, match="Shard 3 of 1000000000 has no file: there are only 2 files"):
        shard(_files(1, 2), 3, 1_000_000_000)
    with pytest.raises(NothingToRun):
        shard((), 1, 1)


DURATIONS = st.lists(st.none() | st.floats(min_value=0, max_value=1000), min_size=1, max_size=40)


@given(DURATIONS, st.integers(1, 8), st.randoms(use_true_random=False))
def test_shards_share_out_every_file_once_and_fairly(
    seconds: list[float | None], count: int, chance: st.DataObject
) -> None:
    files = _files(*seconds)
    count = min(count, len(files))
    shards = _shards(files, count)
    assert sorted(path for each in shards for path in each) == [each.path for each in files]
    assert min(len(each) for each in shards) >= 1
    shuffled = list(files)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert [sorted(each) for each in _shards(tuple(shuffled), count)] == [sorted(each) for each in shards]


@given(st.lists(st.integers(1, 1000), min_size=1, max_size=40), st.integers(1, 8))
def test_no_shard_has_more_than_a_fair_share_and_one_file(seconds: list[int], count: int) -> None:
    files = _files(*seconds)
    count = min(count, len(files))
    loads = [
        sum(each.expected_s or 0 for each in shard(files, index, count)) for index in range(1, count + 1)
    ]
    assert max(loads) <= sum(seconds) / count + max(seconds)


def test_work_starts_with_the_safest_category_and_its_slowest_file() -> None:
    files = (
        TestFile(path="m", category="migration", expected_s=100),
        TestFile(path="s", category="security", expected_s=50),
        TestFile(path="u1", category="unit", expected_s=1),
        TestFile(path="u4", category="unit"),
        TestFile(path="u2", category="unit", expected_s=90),
        TestFile(path="u3", category="unit"),
        TestFile(path="z", category="zeta", expected_s=60),
        TestFile(path="y", category="alpha", expected_s=0),
    )
    assert [each.path for each in schedule(files)] == ["u2", "u3", "u4", "u1", "s", "y", "z", "m"]


def test_critical_files_may_come_first_in_their_category() -> None:
    files = (
        TestFile(path="s", category="security", critical=True, expected_s=1),
        TestFile(path="u1", category="unit", expected_s=90),
        TestFile(path="u2", category="unit", critical=True, expected_s=1),
        TestFile(path="u3", category="unit", critical=True, expected_s=2),
    )
    assert [each.path for each in schedule(files, critical_first=True)] == ["u3", "u2", "u1", "s"]
    assert [each.path for each in schedule(files)] == ["u1", "u3", "u2", "s"]


def test_without_history_work_goes_by_path() -> None:
    assert [each.path for each in schedule(_files(None, None, None)[::-1])] == ["f000", "f001", "f002"]
