from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from pgassay.pg.ownership import Mark, is_abandoned, mark, read_mark, write_mark

_NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
_MINE = mark("1f0c22ab", now=_NOW, comment='it\'s "quoted"')


def test_a_mark_is_read_as_it_was_written() -> None:
    assert read_mark(write_mark(_MINE)) == _MINE
    assert write_mark(_MINE).startswith('{"pgassay_clone":')


@pytest.mark.parametrize("text", ["", "a comment", "{}", '{"pgassay_clone": 1}', "[]", '{"run": "x"}'])
def test_what_is_no_mark_is_no_mark(text: str) -> None:
    assert read_mark(text) is None


def _abandoned(mark: Mark, *, sessions: int = 0, later: timedelta = timedelta()) -> bool:
    return is_abandoned(mark, sessions=sessions, now=_NOW + later)


def test_a_living_owner_keeps_its_clones_however_old() -> None:
    assert not _abandoned(_MINE, later=timedelta(days=400))


def test_another_process_with_the_same_number_is_not_the_owner() -> None:
    assert _abandoned(replace(_MINE, born="another moment"), sessions=3)


def test_another_machine_is_given_a_day_and_its_sessions() -> None:
    foreign = replace(_MINE, machine="elsewhere")
    assert not _abandoned(foreign, later=timedelta(hours=23))
    assert _abandoned(foreign, later=timedelta(hours=25))
    assert not _abandoned(foreign, sessions=1, later=timedelta(hours=25))
