import re

from hypothesis import given
from hypothesis import strategies as st

from pgassay.report.layout import Line, Span, Style, ansi, columns, cut, fold, line, width_of

spans = st.builds(Span, st.text(alphabet="ab 日é\u0301", max_size=30), st.sampled_from(Style))


def test_wide_and_combining_characters_are_measured_as_shown() -> None:
    assert [width_of(text) for text in ("abc", "日本", "e\u0301", "")] == [3, 4, 1, 0]


def test_columns_line_up() -> None:
    shown = columns([["a", "10", "x"], ["日本", Span("5", Style.BAD), ""]], right=frozenset({1}))
    assert [each.text for each in shown] == ["a     10  x", "日本   5  "]
    assert Span("5", Style.BAD) in shown[1].spans


@given(st.lists(spans, max_size=5), st.integers(0, 40), st.integers(20, 60))
def test_folding_keeps_all_words_and_the_width(parts: list[Span], hang: int, width: int) -> None:
    whole = Line(tuple(parts), hang)
    pieces = fold(whole, width)
    assert re.sub(" ", "", "".join(piece.text for piece in pieces)) == whole.text.replace(" ", "")
    assert all(width_of(piece.text) <= width for piece in pieces)


def test_folding_prefers_a_space_and_hangs() -> None:
    pieces = fold(line("  abc ", Span("the quick brown fox", Style.BAD), hang=6), 20)
    assert [piece.text for piece in pieces] == ["  abc the quick", "brown fox"]
    assert [piece.text for piece in fold(line("  abc the quick"), 15)] == ["  abc the quick"]


def test_a_long_word_is_broken_rather_than_left_for_the_next_line() -> None:
    pieces = fold(line("at ", "x" * 40, hang=2), 30)
    assert [piece.text for piece in pieces] == ["at " + "x" * 27, "  " + "x" * 13]


def test_a_path_is_cut_in_its_middle() -> None:
    assert cut("sql/tests/unit/contacts.sql", 100) == "sql/tests/unit/contacts.sql"
    assert cut("sql/tests/unit/contacts.sql", 13) == "sql/…acts.sql"
    assert width_of(cut("sql/tests/unit/contacts.sql", 1)) == 1


def test_styles_become_control_sequences_that_end() -> None:
    shown = ansi(line("a", Span("b", Style.BAD_BOLD), Span("", Style.DIM)))
    assert shown == "a\x1b[1;31mb\x1b[0m"
