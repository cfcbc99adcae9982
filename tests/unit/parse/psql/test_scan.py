import pytest

from pgassay.parse.psql.includes import resolve
from pgassay.parse.psql.scan import first_need_of_psql

_FILES = {"need.sql": "select 1;\n\\! ls\n", "tests/need.sql": "\n\\d\n", "plain.sql": "select 1;\n"}


def _open(name: str, relative_to: str | None) -> str:
    try:
        return _FILES[resolve(name, relative_to)]
    except KeyError:
        raise FileNotFoundError(2, "No such file or directory") from None


@pytest.mark.parametrize(
    ("script", "place"),
    [
        ("select 1;\n\\! ls", "tests/a.sql:2"),
        ("\\pset format aligned\n\\! ls", "tests/a.sql:1"),
        ("\\if off\n\\d t\n\\endif", "tests/a.sql:2"),
        ("\\if :{?x}\n\\else\n\\watch\n\\endif", "tests/a.sql:3"),
        ("\\echo `date`", "tests/a.sql:1"),
        ("\\i need.sql", "need.sql:2"),
        ("\\ir need.sql", "tests/need.sql:2"),
        ("\\set f need.sql\n\\i :f", "need.sql:2"),
        ("\\i missing.sql\n\\d", "tests/a.sql:2"),
        ("\\else\n\\d", "tests/a.sql:2"),
        ("copy t from stdin;\n'\n\\.\n\\d", "tests/a.sql:4"),
        ("select 1 \\; copy t from stdin;\n'\n\\.\n\\d", "tests/a.sql:4"),
        ("\\copy t from stdin\n'\n\\.\n\\d", "tests/a.sql:4"),
        ("select 1 \\g |cat", "tests/a.sql:1"),
        ("\\unset QUIET", "tests/a.sql:1"),
        ("\\bogus\n\\d", "tests/a.sql:2"),
    ],
)
def test_the_first_need_is_found(script: str, place: str) -> None:
    need = first_need_of_psql(script, "tests/a.sql", _open)
    assert need is not None
    assert str(need.place) == place


@pytest.mark.parametrize(
    "script",
    [
        "select 1;",
        "select '\\d', \"\\d\", $$\\d$$, /*\\d*/ 1; -- \\d",
        "\\set a b\n\\echo a\n\\t\n\\gset\n\\pset null x\n\\bogus",
        "copy t from stdin;\n\\d\n\\.\n",
        "\\copy t from stdin\n\\d\n\\.\n",
        "select '`';\n\\echo a",
        "\\i plain.sql",
        "\\i :unknown",
        "\\q\n\\d",
        "select 'a\n\\d",
        "copy t from stdin;\n\\d\n",
    ],
)
def test_there_may_be_no_need(script: str) -> None:
    assert first_need_of_psql(script, "tests/a.sql", _open) is None
