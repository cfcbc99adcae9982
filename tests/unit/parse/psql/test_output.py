"""How results are printed. Real psql agrees: tests/integration/test_psql_printing."""

import pytest

from pgassay.parse.psql.output import render
from pgassay.parse.psql.steps import OutputFormat

_ROWS = [("1", "a|b"), (None, "c\nd")]


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        (OutputFormat(), "1|a|b\n|c\nd\n"),
        (OutputFormat(null="NULL", fieldsep="; "), "1; a|b\nNULL; c\nd\n"),
        (OutputFormat(recordsep=" / "), "1|a|b / |c\nd\n"),
        (OutputFormat(recordsep="\0"), "1|a|b\0|c\nd\0"),
        (OutputFormat(tuples_only=False), "x|y\n1|a|b\n|c\nd\n(2 rows)\n"),
        (OutputFormat(tuples_only=False, footer=False), "x|y\n1|a|b\n|c\nd\n"),
        (OutputFormat(tuples_only=False, title="T"), "T\nx|y\n1|a|b\n|c\nd\n(2 rows)\n"),
        (OutputFormat(expanded=True), "x|1\ny|a|b\n\nx|\ny|c\nd\n"),
        (OutputFormat(expanded=True, tuples_only=False, title="T"), "T\n\nx|1\ny|a|b\n\nx|\ny|c\nd\n"),
        (OutputFormat(title="T"), "1|a|b\n|c\nd\n"),
    ],
)
def test_rows_are_printed(form: OutputFormat, expected: str) -> None:
    assert render(["x", "y"], _ROWS, form) == expected


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        (OutputFormat(), ""),
        (OutputFormat(tuples_only=False), "x\n(0 rows)\n"),
        (OutputFormat(expanded=True), ""),
    ],
)
def test_no_row_is_printed(form: OutputFormat, expected: str) -> None:
    assert render(["x"], [], form) == expected


def test_one_row_is_counted_as_one() -> None:
    assert render(["x"], [("1",)], OutputFormat(tuples_only=False)) == "x\n1\n(1 row)\n"


def test_empty_values_leave_empty_lines() -> None:
    assert render(["x"], [("",), (None,)], OutputFormat()) == "\n\n"
