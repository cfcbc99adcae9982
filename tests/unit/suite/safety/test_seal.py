"""The seal: what a file's own transaction control becomes, and what is sent around its statements."""

import pytest

from pgassay.model.place import Place
from pgassay.parse.psql.control import Control
from pgassay.parse.psql.steps import Query
from pgassay.suite.safety.seal import ReadOnly, Sealed, bared

PLACE = Place(path="a.sql", line=1)
RELEASED = "rollback to savepoint pgassay_block; release savepoint pgassay_block"


def query(text: str, *, compound: bool = False) -> Query:
    keyword = "" if compound else text.split()[0].rstrip(";").upper()
    return Query(text=text, place=PLACE, end_line=1, keyword=keyword, compound=compound)


def test_a_block_is_a_savepoint_and_never_commits() -> None:
    seal = Sealed()
    sent = [
        seal.translate(query(text))
        for text in ("begin;", "select 1;", "commit;", "begin;", "end and chain;", "rollback;", "commit;")
    ]
    assert sent == [
        "savepoint pgassay_block",
        "select 1;",
        f"set constraints all immediate; {RELEASED}",
        "savepoint pgassay_block",
        f"set constraints all immediate; {RELEASED}; savepoint pgassay_block",
        RELEASED,
        "",
    ]
    assert len(seal.rolled_back) == 3


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("commit", Control.COMMIT),
        ("; ;\n commit", Control.COMMIT),
        ("/* a */ -- b\n /* c */; rollback", Control.ROLLBACK),
        ("/**/ /***/ END", Control.COMMIT),
        ("/*/ */ abort", Control.ROLLBACK),
        ("select 'commit'", Control.NONE),
        ("/* /* nested */ */ commit", Control.PREPARE),
        ("/* open", Control.PREPARE),
        ("", Control.NONE),
        ("prepare transaction 'x'", Control.PREPARE),
        ("Start\tTransaction", Control.BEGIN),
    ],
)
def test_what_is_computed_shows_its_first_word(text: str, expected: Control) -> None:
    assert bared(query(text, compound=True)).control is expected


def test_what_gives_locks_back_is_not_sent_ahead() -> None:
    for seal in (Sealed(), ReadOnly()):
        assert not seal.may_fly(query("rollback to savepoint s;"))
    assert Sealed().may_fly(query("release savepoint s;"))


def test_a_read_only_file_may_write_its_plan_and_nothing_else() -> None:
    seal = ReadOnly()
    looked = ("savepoint pgassay_look; set transaction read only", "release savepoint pgassay_look")
    steps = {
        "begin;": ("", "", False),
        "select count(*) from t;": (*looked, False),
        "select pgtap.plan(3);": ("", "set transaction read only", False),
        "select ok(true);": ("", "", True),
        "savepoint s;": ("", "", True),
        "release s;": ("", "set transaction read only", False),
        "rollback;": ("", "set transaction read only", False),
    }
    for text, (before, after, flies) in steps.items():
        each = query(text)
        assert seal.may_fly(each) is flies, text
        assert (seal.before(each), seal.after(each)) == (before, after), text
