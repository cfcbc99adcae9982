"""What the watchdog makes of what it sees: when a file is stopped, how often, and when bluntly."""

from math import inf

import pytest

from pgassay.model.evidence import Wait
from pgassay.model.suite import Problem, Trouble
from pgassay.suite.safety.watch import Watch


def _wait(ms: int, *, pid: int = 7) -> Wait:
    return Wait(pid=pid, application="shop", relation="public.items", mode="ShareLock", waited_ms=ms)


def _watch(stopped: list[Problem]) -> Watch:
    return Watch(pid=1, halt=stopped.append)


def test_patience_is_kept_and_then_ends() -> None:
    stopped: list[Problem] = []
    watch = _watch(stopped)

    watch.note_wait(_wait(200), patience_ms=200)
    watch.enforce()
    assert stopped == []

    watch.note_wait(_wait(201), patience_ms=200)
    watch.enforce()
    (reason,) = stopped
    assert reason.trouble is Trouble.IN_THE_WAY
    assert "201 ms" in reason.message and "public.items" in reason.message
    assert any("process 7 (shop)" in line and "ShareLock" in line for line in reason.detail)


def test_the_longest_wait_of_each_session_is_kept() -> None:
    watch = _watch([])
    for wait in (_wait(50), _wait(90), _wait(10), _wait(30, pid=8)):
        watch.note_wait(wait, patience_ms=200)
    assert sorted(each.waited_ms for each in watch.waits.values()) == [30, 90]


def test_a_strong_lock_stops_a_file_unless_it_is_allowed() -> None:
    for allowed in (True, False):
        stopped: list[Problem] = []
        watch = _watch(stopped)
        watch.note_lock("public.items", "AccessExclusiveLock", allowed=allowed)
        watch.enforce()
        assert [each.trouble for each in stopped] == ([] if allowed else [Trouble.IN_THE_WAY])
        assert watch.strong == {"public.items": "AccessExclusiveLock"}


def test_who_keeps_the_server_from_vacuuming_is_stopped() -> None:
    stopped: list[Problem] = []
    watch = _watch(stopped)
    watch.note_age(1000, most=1000)
    watch.enforce()
    assert stopped == []
    watch.note_age(1001, most=1000)
    watch.enforce()
    assert "1,001 transactions" in stopped[0].message


def test_the_next_look_comes_when_the_patience_will_have_ended() -> None:
    watch = _watch([])
    assert watch.enough_in_s == inf
    for ms in (120, 180, 150):
        watch.note_wait(_wait(ms), patience_ms=200)
    assert watch.enough_in_s == pytest.approx(0.021)
    watch.note_look(0.0, 0.1)
    assert watch.enough_in_s == inf


def test_what_a_file_may_use_up_is_limited() -> None:
    for note, said in {
        "rows": "it wrote 1,001 rows",
        "temporary": "its temporary files took 6 MB",
    }.items():
        stopped: list[Problem] = []
        watch = _watch(stopped)
        for more in (0, 1):
            if note == "rows":
                watch.note_rows(1000 + more, most=1000)
            else:
                watch.note_temporary(5_000_000 + more * 1_000_000, most_mb=5)
            watch.enforce()
            assert len(stopped) == more
        assert said in stopped[0].message


def test_what_no_look_saw_was_shorter_than_the_time_between_two() -> None:
    watch = _watch([])
    watch.looked_at = 10.0
    for began, ended in ((10.01, 10.02), (10.07, 10.08), (10.13, 10.5), (10.51, 10.52)):
        watch.note_look(began, ended)
    assert watch.longest_gap_ms == 430


def test_who_does_not_stop_is_ended_and_who_is_over_is_left_alone() -> None:
    stopped: list[Problem] = []
    watch = _watch(stopped)
    watch.note_wait(_wait(500), patience_ms=200)
    for _ in range(9):
        watch.enforce()
    assert not watch.to_be_ended
    watch.enforce()
    assert watch.to_be_ended
    watch.over = True
    watch.enforce()
    assert len(stopped) == 10
