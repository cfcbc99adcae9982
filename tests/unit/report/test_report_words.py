import pytest
from hypothesis import given
from hypothesis import strategies as st

from pgassay.report.words import duration, numbers, percent, plural, visible, visible_lines


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        (-1.0, "0 ms"),
        (0.0, "0 ms"),
        (0.00042, "0.4 ms"),
        (0.00994, "9.9 ms"),
        (0.00995, "10 ms"),
        (0.34, "340 ms"),
        (0.9994, "999 ms"),
        (0.9996, "1.0 s"),
        (59.94, "59.9 s"),
        (59.96, "1 min 00 s"),
        (125.0, "2 min 05 s"),
        (3600.0, "1 h 00 min"),
        (7260.0, "2 h 01 min"),
    ],
)
def test_durations(seconds: float, expected: str) -> None:
    assert duration(seconds) == expected


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [
        (1, 1, "100 %"),
        (0, 5, "0 %"),
        (99_999, 100_000, "99.9 %"),
        (1, 100_000, "0.1 %"),
        (1, 3, "33.3 %"),
        (1, 2, "50 %"),
        (0, 0, "–"),
    ],
)
def test_shares_never_round_to_all_or_nothing(part: int, whole: int, expected: str) -> None:
    assert percent(part, whole) == expected


def test_plurals() -> None:
    assert [plural(n, "file") for n in (0, 1, 1204)] == ["0 files", "1 file", "1,204 files"]
    assert plural(2, "entry", "entries") == "2 entries"


def test_neighbouring_numbers_are_drawn_together() -> None:
    assert numbers([1, 2, 3, 7, 9, 10]) == "1-3, 7, 9-10"
    assert numbers(list(range(1, 90, 2)), limit=2) == "1, 3, …"
    assert numbers([]) == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain é 日本", "plain é 日本"),
        ("\x1b[2J", "\\x1b[2J"),
        ("a\nb\tc\r", "a\\nb\\tc\\r"),
        ("evil\u202etxt", "evil\\u202etxt"),
        ("\udcff\x00\x7f\ufeff", "\\udcff\\x00\\x7f\\ufeff"),
    ],
)
def test_what_would_steer_a_terminal_becomes_visible(text: str, expected: str) -> None:
    assert visible(text) == expected


@given(st.text(st.characters()))
def test_visible_text_is_one_line_that_any_file_can_take(text: str) -> None:
    shown = visible(text)
    assert len(shown.splitlines()) <= 1
    assert shown.encode().decode() == shown
    assert visible(shown) == shown


def test_visible_lines_keep_their_breaks_and_columns() -> None:
    assert visible_lines("a\tb\r\n\x1bc") == ["a       b", "\\x1bc"]
