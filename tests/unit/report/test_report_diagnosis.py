import pytest
from hypothesis import given
from hypothesis import strategies as st

from pgassay.model.assertion import Assertion
from pgassay.report.diagnosis import Diagnosis, diagnose, differ


def failing(*diagnostics: str, unplanned: bool = False) -> Assertion:
    return Assertion(
        position=1, number=1, ok=False, description="x", diagnostics=diagnostics, unplanned=unplanned
    )


ANNOUNCED = '# Failed test 1: "x"'


@pytest.mark.parametrize(
    ("diagnostics", "expected"),
    [
        ((), Diagnosis()),
        ((ANNOUNCED,), Diagnosis()),
        (('# Failed (TODO) test 1: "x"', "# more"), Diagnosis(before=("more",))),
        (
            (ANNOUNCED, "#         have: 1", "#         want: 2"),
            Diagnosis(have=("1",), want=("2",)),
        ),
        (
            ("        have: 1", "        want: "),
            Diagnosis(have=("1",), want=("",)),
        ),
        (
            (
                ANNOUNCED,
                "#     Results differ beginning at row 3:",
                "#         have: (1)",
                "#         want: NULL",
            ),
            Diagnosis(before=("Results differ beginning at row 3:",), have=("(1)",), want=("NULL",)),
        ),
        (
            (ANNOUNCED, "#       caught: 22012: division by zero", "#       wanted: P0001", "# CONTEXT:"),
            Diagnosis(have=("22012: division by zero",), want=("P0001",), after=("CONTEXT:",)),
        ),
        (
            (ANNOUNCED, "#         have: a", "# b", "#         want: c", "# d"),
            Diagnosis(have=("a", "b"), want=("c", "d")),
        ),
        (
            (ANNOUNCED, "#     died: 22012: x", "#         CONTEXT:", "#             in f()"),
            Diagnosis(before=("died: 22012: x", "    CONTEXT:", "        in f()")),
        ),
        ((ANNOUNCED, "# have: \x1b[1m", "# no want"), Diagnosis(before=("have: \\x1b[1m", "no want"))),
    ],
)
def test_what_pgtap_says(diagnostics: tuple[str, ...], expected: Diagnosis) -> None:
    assert diagnose(failing(*diagnostics)) == expected


def test_a_test_beyond_the_plan_says_so() -> None:
    assert diagnose(failing(unplanned=True)).before == (
        "More tests than planned: this one counts as failed.",
    )


@given(st.text(max_size=12), st.text(max_size=12))
def test_a_difference_puts_both_texts_together_again(have: str, want: str) -> None:
    parts = differ(have, want)
    assert parts.start + parts.have + parts.end == have
    assert parts.start + parts.want + parts.end == want


@pytest.mark.parametrize(
    ("have", "want", "middle"),
    [
        ("(42,open,x)", "(42,won,x)", ("open", "won")),
        ("1 row", "12 row", ("1", "12")),
        ("same", "same", ("", "")),
        ("", "all", ("", "all")),
    ],
)
def test_differences_are_whole_words(have: str, want: str, middle: tuple[str, str]) -> None:
    parts = differ(have, want)
    if have == want:
        assert parts.have == parts.want
    else:
        assert (parts.have, parts.want) == middle
