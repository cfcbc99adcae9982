import re

from hypothesis import given
from hypothesis import strategies as st

from pgassay.report.layout import width_of
from pgassay.report.wrap import wrap

texts = st.text(alphabet="ab 日é\n", max_size=200)
STYLES = re.compile(r"\x1b\[[0-9;]*m")


@given(texts, st.integers(20, 100))
def test_no_word_is_lost_or_broken_and_no_line_is_longer_than_its_longest_word(text: str, width: int) -> None:
    wrapped = wrap(text, width)
    assert wrapped.split() == text.split()
    for line in wrapped.split("\n"):
        assert width_of(line) <= width or len(line.split()) <= 1 or line in text.split("\n")


def test_what_fits_stays_as_it_is() -> None:
    text = "a  \n  b   c \n\n" + "x" * 40
    assert wrap(text, 40) == text


def test_a_line_goes_on_below_its_last_column() -> None:
    line = "  look             ok            0 migrations are applied; nothing is halfway. (6.3 ms)"
    assert wrap(line, 80).split("\n") == [
        "  look             ok            0 migrations are applied; nothing is halfway.",
        "                                 (6.3 ms)",
    ]


def test_a_line_without_columns_hangs_by_two() -> None:
    assert wrap("    Nothing was changed since the last of all the applications.", 40).split("\n") == [
        "    Nothing was changed since the last",
        "      of all the applications.",
    ]


def test_a_column_that_leaves_no_room_is_none_to_hang_from() -> None:
    line = "a" * 60 + "  the title of something that is long"
    assert wrap(line, 80).split("\n")[1] == "  something that is long"


def test_a_long_word_can_still_be_copied() -> None:
    path = "/var/lib/backups/" + "x" * 60
    assert path in wrap(f"PASSED: The backup is {path} and whole.", 40)


def test_styles_take_no_room() -> None:
    line = "\x1b[1mverdict\x1b[0m  \x1b[31mred\x1b[0m  " + "word " * 12
    for each in wrap(line, 60).split("\n"):
        assert width_of(STYLES.sub("", each)) <= 60
    assert STYLES.findall(wrap(line, 60)) == STYLES.findall(line)
