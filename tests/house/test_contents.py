"""What no file of the repository may contain."""

import re
from pathlib import Path

import pytest

from pgassay.checks.contract import SqlCheck
from pgassay.checks.load import builtin
from repository import ROOT, files, place, text_of

PGTAP_FUNCTIONS = (
    "plan|no_plan|finish|ok|is|isnt|pass|fail|diag|todo"
    "|throws_ok|lives_ok|performs_ok|has_table|has_column|results_eq"
)
A_PGTAP_FUNCTION = re.compile(
    rf"create\s+(?:or\s+replace\s+)?function\s+(?:[\w@\"]+\.)?({PGTAP_FUNCTIONS})\s*\(", re.IGNORECASE
)
A_HOME = re.compile(r"/(?:home|Users)/[a-z][\w.-]*/")
A_REGISTRY = re.compile(r"\b(?:files\.pythonhosted|pypi|registry\.npmjs|deb\.debian)\.org\b")


def test_no_file_names_the_machine_it_was_written_on() -> None:
    here = (f"{ROOT}/", f"{Path.home()}/")
    found = [
        place(path)
        for path in files()
        if any(name in text_of(path) for name in here) or A_HOME.search(text_of(path))
    ]
    assert found == []


def test_no_file_names_the_host_of_a_package_registry() -> None:
    """Which registry is asked is for the machine's own settings to say."""
    assert [place(path) for path in files() if A_REGISTRY.search(text_of(path))] == []


def test_what_is_sent_to_any_server_is_ascii() -> None:
    """A database in another encoding than UTF-8 refuses a statement for a dash in its comment."""
    sent = {
        place(path): text_of(path)
        for path in files()
        if path.suffix == ".sql" and place(path).startswith("src/pgassay/")
    }
    elsewhere = ("src/pgassay/demo/", "src/pgassay/scaffold/", "src/pgassay/checks/catalogue/")
    assert [
        name for name, text in sent.items() if not text.isascii() and not name.startswith(elsewhere)
    ] == []
    assert [
        each.info.path for each in builtin() if isinstance(each, SqlCheck) and not each.query.text.isascii()
    ] == []


def test_no_file_holds_the_text_of_pgtap() -> None:
    assert [place(path) for path in files() if _looks_like_pgtap(text_of(path))] == []


def _looks_like_pgtap(text: str) -> bool:
    """One such function may be an example of an overload; several are pgTAP."""
    return len({found.lower() for found in A_PGTAP_FUNCTION.findall(text)}) > 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "CREATE OR REPLACE {0} plan( integer )\ncreate {0} ok (boolean) create {0} s.is(",
            True,
        ),
        ("create {0} plan(integer) create {0} plan(text) create {0} planned(int)", False),
        ("select plan(3); select ok(true); select is(1, 1);", False),
    ],
)
def test_pgtap_is_recognised(text: str, expected: bool) -> None:
    assert _looks_like_pgtap(text.format("function")) is expected
