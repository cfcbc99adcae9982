"""Patterns over paths."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pgassay.suite.patterns import fits


@pytest.mark.parametrize(
    ("pattern", "path", "expected"),
    [
        ("a.sql", "db/deep/a.sql", True),
        ("a.sql", "db/ba.sql", False),
        ("a.sql", "db/a.sql/b.sql", True),
        ("helpers", "db/helpers/x/a.sql", True),
        ("helpers/", "db/helpers/a.sql", True),
        ("./db/a.sql", "db/a.sql", True),
        ("db/a.sql", "/srv/crm/db/a.sql", True),
        ("/srv/crm", "/srv/crm/db/a.sql", True),
        ("/crm", "/srv/crm/db/a.sql", False),
        ("/db", "db/a.sql", False),
        ("db/*.sql", "db/deep/a.sql", False),
        ("db/*", "db/deep/a.sql", True),
        ("db/?.sql", "db/ab.sql", False),
        ("db/**/a.sql", "db/a.sql", True),
        ("db/**/a.sql", "db/very/deep/a.sql", True),
        ("db/**/a.sql", "db/very/deep/b.sql", False),
        ("**", "a.sql", True),
        ("db/**", "db/a.sql", True),
        ("db/**", "dbs/a.sql", False),
        ("db/[ab].sql", "db/b.sql", True),
        ("db/[!ab].sql", "db/b.sql", False),
        ("db/[!ab].sql", "db/c.sql", True),
        ("db[!x]a.sql", "db/a.sql", False),
        ("A.sql", "a.sql", False),
        ("", "a.sql", False),
        (".", "a.sql", False),
    ],
)
def test_compares_name_by_name(pattern: str, path: str, expected: bool) -> None:
    assert fits(path, [pattern]) is expected


def test_one_of_several_is_enough() -> None:
    assert fits("db/a.sql", ["b.sql", "a.sql"])
    assert not fits("db/a.sql", [])


NAMES = st.lists(st.text(alphabet="ab*?[]!-/.", max_size=6), max_size=5).map("/".join)


@given(NAMES, NAMES)
def test_any_text_is_a_pattern(pattern: str, path: str) -> None:
    assert fits(path, [pattern, "**"]) or not path.strip("./")
    assert fits(path, [pattern]) in (True, False)
