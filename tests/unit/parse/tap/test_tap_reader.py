"""What the reader keeps beside Perl's facts: descriptions, diagnostics, subtests, and what is live."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pgassay.model.assertion import Directive
from pgassay.model.place import Place
from pgassay.parse.tap import TapDocument, TapReader
from pgassay.parse.tap.grammar import LARGEST
from tap_facts import read


def _read(text: str) -> TapDocument:
    return read(text.split("\n"))


@pytest.mark.parametrize(
    ("line", "description", "directive", "reason"),
    [
        ("ok 1 - a table", "a table", Directive.NONE, ""),
        ("ok 1 a table", "a table", Directive.NONE, ""),
        ("ok 1", "", Directive.NONE, ""),
        ("ok 1 -", "-", Directive.NONE, ""),
        ("ok 1 -5 is negative", "-5 is negative", Directive.NONE, ""),
        ("ok 1 - - twice", "- twice", Directive.NONE, ""),
        ("ok 1 - a # b", "a # b", Directive.NONE, ""),
        ("ok 1 - a # todo  later ", "a", Directive.TODO, "later"),
        ("ok 1 - # TODO later", "", Directive.TODO, "later"),
        ("ok 1 # SKIP no extension", "", Directive.SKIP, "no extension"),
        ("ok 1 - a \\# TODO b # TODO c", "a \\# TODO b", Directive.TODO, "c"),
        ("ok 1 - naïve\r", "naïve", Directive.NONE, ""),
    ],
)
def test_splits_a_test_line(line: str, description: str, directive: Directive, reason: str) -> None:
    assertion = TapReader().feed(line)
    assert assertion is not None
    assert (assertion.description, assertion.directive, assertion.reason) == (description, directive, reason)


def test_gives_the_assertion_at_once_with_its_place_and_time() -> None:
    reader = TapReader()
    place = Place(path="t/a.sql", line=7)
    reader.feed("1..2")
    assertion = reader.feed("not ok 2 - a", place=place, elapsed_ms=1.5)
    assert assertion is not None
    assert (assertion.position, assertion.number, assertion.ok) == (1, 2, False)
    assert (assertion.place, assertion.elapsed_ms) == (place, 1.5)
    assert reader.feed("# why") is None
    explained = reader.close().assertions[0]
    assert (explained.place, explained.elapsed_ms, explained.diagnostics) == (place, 1.5, ("why",))


def test_an_unnumbered_test_has_a_position_only() -> None:
    reader = TapReader()
    reader.feed("ok 1")
    assertion = reader.feed("ok")
    assert assertion is not None
    assert (assertion.position, assertion.number) == (2, None)


def test_tells_its_state_while_it_reads() -> None:
    reader = TapReader()
    assert (reader.planned, reader.tests_run, reader.bail_out) == (None, 0, None)
    for line in ("1..4", "ok 1", "Bail out! no", "Bail out! again"):
        reader.feed(line)
    assert (reader.planned, reader.tests_run, reader.bail_out) == (4, 1, "no")


def test_a_line_may_keep_its_line_end() -> None:
    assert read(["1..0 # SKIP a\n", "ok\n", "not \n", "ok 2\n"]) == _read("1..0 # SKIP a\nok\nnot \nok 2")


def test_diagnostics_follow_their_test() -> None:
    document = _read(
        "# early\n1..2\n# planned\nok 1\n#  two blanks\n#none\nok 2\n# b\n# Looks like you failed 1 test"
    )
    assert [each.diagnostics for each in document.assertions] == [(" two blanks", "none"), ("b",)]
    assert document.loose == ("early", "planned", "Looks like you failed 1 test")


def test_comments_after_a_late_plan_or_a_bail_out_belong_to_no_test() -> None:
    document = _read("ok 1\n1..1\n# after the plan\nBail out!\n# after giving up")
    assert document.assertions[0].diagnostics == ()
    assert document.loose == ("after the plan", "after giving up")


def test_a_yaml_block_explains_the_test_before_it() -> None:
    document = _read("TAP version 13\n1..1\nok 1\n  ---\n  have: 1\n  ...")
    assert document.assertions[0].diagnostics == ("  ---", "  have: 1", "  ...")


@pytest.mark.parametrize("header", ["# Subtest: crm.test_a()\n", "    # Subtest: crm.test_a()\n"])
def test_a_subtest_goes_to_the_line_that_closes_it(header: str) -> None:
    document = _read(
        f"ok 1\n# about it\n{header}    ok 1 - in\n\n        deep\n    1..1\nok 2 - crm.test_a\n# x\n1..2"
    )
    assert document.assertions[0].diagnostics == ("about it",)
    assert document.assertions[0].nested == ()
    closing = document.assertions[1]
    assert closing.nested == ("# Subtest: crm.test_a()", "ok 1 - in", "", "    deep", "1..1")
    assert closing.diagnostics == ("x",)
    assert (document.unrecognised, document.unclosed, document.good) == (0, (), True)


def test_a_nested_stream_is_tap_again() -> None:
    outer = _read("# Subtest: a\n    not ok 1 - in\n    # Failed test 1\n    1..1\nnot ok 1 - a\n1..1")
    inner = read(outer.assertions[0].nested)
    assert inner.planned == 1
    assert [(each.description, each.diagnostics) for each in inner.failed] == [("in", ("Failed test 1",))]


def test_a_subtest_that_nothing_closes_is_kept() -> None:
    document = _read("1..2\nok 1\n# Subtest: b\n    ok 1 - in b\n    # Test died")
    assert document.unclosed == ("# Subtest: b", "ok 1 - in b", "# Test died")
    assert document.assertions[0].nested == ()


def test_a_header_without_a_subtest_is_a_comment() -> None:
    document = _read("1..2\nok 1\n# Subtest: none\nok 2\n# Subtest: at the end")
    assert [each.diagnostics for each in document.assertions] == [
        ("Subtest: none",),
        ("Subtest: at the end",),
    ]


def test_counts_what_is_no_tap() -> None:
    document = _read("id|name\n1|Smith\n\n   \n    indented\n1..1\nok 1\n ok 2")
    assert document.unrecognised == 4


def test_strict_mode_names_the_line() -> None:
    document = _read("TAP version 13\npragma +strict\n1..0\noh no")
    assert len(document.parse_errors) == 1
    assert "oh no" in document.parse_errors[0]


def test_parse_errors_are_sentences_with_the_numbers() -> None:
    document = _read("1..3\nok 2\nok 2")
    assert document.parse_errors == (
        "Test 2 came where test 1 was expected.",
        "3 tests were planned, but 2 run.",
    )


def test_numbers_stay_within_a_database_integer() -> None:
    digits = "9" * 5000
    document = _read(f"1..{digits}\nok {digits}\nok 000000000000000000002")
    assert document.planned == LARGEST
    assert [each.number for each in document.assertions] == [LARGEST, 2]


@pytest.mark.parametrize(
    ("text", "claimed"),
    [
        ('not ok 1 - a # TODO b\n# Failed test 1: "a # TODO b"', True),
        ("not ok 1 - a # TODO b\n# more\n# Failed test 1", True),
        ('not ok 1 - a # TODO b\n# Failed (TODO) test 1: "a"', False),
        ("not ok 1 - a # TODO b\n# Failed (TODO) test 1\n# Failed test 9", False),
        ("not ok 1 - a # TODO b", False),
        ("ok 1 - a # TODO b", False),
        ("not ok 1 - a\n# Failed test 1", False),
        ("not ok 1 - a # SKIP b\n# Failed test 1", False),
    ],
)
def test_a_todo_that_only_the_description_claims(text: str, claimed: bool) -> None:
    assert bool(_read(f"1..1\n{text}").claimed_todo) is claimed


FRAGMENTS = st.sampled_from(
    [
        "ok ",
        "not ok ",
        "not",
        "1..",
        "0",
        "7",
        "# ",
        "TODO",
        "SKIP",
        "    ",
        "  ---",
        "...",
        "- ",
        "a:",
        "|",
        "\\",
        "'",
    ]
    + ["TAP version 13", "Bail out!", "pragma +strict", "Subtest: ", "\t", "\r", "\n", "\x00", "\u2028", '"']
)
LINES = st.lists(FRAGMENTS | st.text(max_size=5), max_size=8).map("".join) | st.text()


@given(st.lists(LINES, max_size=30), st.booleans())
def test_nothing_breaks_the_reader(lines: list[str], version_13: bool) -> None:
    document = read((["TAP version 13"] if version_13 else []) + lines)
    assert document.tests_run == len(document.assertions)
    assert [each.position for each in document.assertions] == list(range(1, document.tests_run + 1))
    assert document.good is (not document.parse_errors and not document.failed)
    if document.good:
        assert document.planned == document.tests_run


@pytest.mark.parametrize(
    "line", ["ok" + " " * 50_000 + "\nx", "1..1" + " " * 50_000 + "x", "ok 1 " + "\\" * 50_000 + "#"]
)
def test_no_line_takes_more_than_linear_time(line: str) -> None:
    """A quadratic pattern would need minutes here."""
    assert read([line] * 20).planned is None


def test_a_deeply_nested_block_is_refused() -> None:
    block = ["  ---", *("  " + " " * depth + "-" for depth in range(3000)), "  ..."]
    document = read(["TAP version 13", "1..1", "ok 1", *block])
    assert len(document.parse_errors) == 1


def test_the_plan_declares_each_todo_once() -> None:
    document = _read("1..3 todo 2 3\nok 1\nnot ok 2\nnot ok 2")
    assert [each.directive for each in document.assertions] == [
        Directive.NONE,
        Directive.TODO,
        Directive.NONE,
    ]


def test_an_old_version_has_no_yaml() -> None:
    document = _read("TAP version 12\n1..1\nok 1\n  ---\n  have: 1")
    assert (len(document.parse_errors), document.unrecognised) == (1, 2)


@pytest.mark.parametrize(
    ("plan", "reason"),
    [
        ("1..0 # SKIP no seed data ", "no seed data"),
        ("1..0 # skipped: no seed data", "no seed data"),
        ("1..0 # SKIP", ""),
        ("1..0 no seed data", ""),
        ("TAP version 13\n1..0#SKIP no seed data", "no seed data"),
    ],
)
def test_a_skipped_file_says_why(plan: str, reason: str) -> None:
    document = _read(plan)
    assert (document.skip_all, document.skip_reason, document.good) == (True, reason, True)
