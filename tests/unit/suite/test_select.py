"""Which files a selection keeps, and what is said when it keeps none."""

import pytest

from pgassay.model.errors import NothingToRun, UsageError
from pgassay.model.suite import TestFile
from pgassay.suite.select import Selection, select

FILES = (
    TestFile(path="u1", category="unit", critical=True, tags=("a",)),
    TestFile(path="u2", category="unit", tags=("a", "b")),
    TestFile(path="s1", category="security", critical=True),
    TestFile(path="b1", category="billing", tags=("b",)),
    TestFile(path="m1", category="migration", critical=True),
)


@pytest.mark.parametrize(
    ("selection", "kept"),
    [
        (Selection(), ["u1", "u2", "s1", "b1"]),
        (Selection(all_categories=True), ["u1", "u2", "s1", "b1", "m1"]),
        (Selection(categories=("unit",)), ["u1", "u2"]),
        (Selection(categories=("Unit", "billing")), ["u1", "u2", "b1"]),
        (Selection(categories=("migration",)), ["m1"]),
        (Selection(critical_only=True), ["u1", "s1"]),
        (Selection(critical_only=True, all_categories=True), ["u1", "s1", "m1"]),
        (Selection(tags=("b",)), ["u2", "b1"]),
        (Selection(tags=("A", "b")), ["u1", "u2", "b1"]),
        (Selection(last_failed=frozenset({"u2", "m1", "gone"})), ["u2"]),
        (Selection(categories=("unit",), critical_only=True, tags=("a",)), ["u1"]),
    ],
)
def test_keeps_what_meets_every_wish(selection: Selection, kept: list[str]) -> None:
    assert [each.path for each in select(FILES, selection)] == kept


@pytest.mark.parametrize(
    ("selection", "sentence", "remedy"),
    [
        (
            Selection(tags=("c",)),
            "of 5 found, 1 in migration, which runs on request, 4 without the tag c",
            "tags c",
        ),
        (
            Selection(categories=("billing",), critical_only=True),
            "of 5 found, 4 not in billing, 1 not critical",
            "pgassay: critical",
        ),
        (
            Selection(all_categories=True, last_failed=frozenset()),
            "of 5 found, 5 did not fail",
            "--last-failed",
        ),
    ],
)
def test_says_what_was_filtered_away(selection: Selection, sentence: str, remedy: str) -> None:
    with pytest.raises(NothingToRun) as caught:
        select(FILES, selection)
    assert sentence in caught.value.sentence
    assert remedy in caught.value.remedy


def test_tests_of_migrations_alone_have_to_be_asked_for() -> None:
    with pytest.raises(NothingToRun) as caught:
        select(FILES[-1:], Selection())
    assert caught.value.remedy == "pgassay test --category migration"


def test_a_category_without_files_is_an_error_beside_others() -> None:
    with pytest.raises(NothingToRun, match="'performance'; the files found are in billing, migration"):
        select(FILES, Selection(categories=("unit", "performance")))


def test_an_unknown_category_is_a_mistake() -> None:
    with pytest.raises(UsageError) as caught:
        select(FILES, Selection(categories=("unit", "securty")))
    assert caught.value.remedy == "Did you mean 'security'?"


def test_nothing_found_leaves_nothing() -> None:
    with pytest.raises(NothingToRun):
        select((), Selection())
    with pytest.raises(NothingToRun, match="no file was found"):
        select((), Selection(categories=("unit",)))
