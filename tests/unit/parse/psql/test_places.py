import pytest

from pgassay.parse.psql.steps import Query
from script_steps import PATH, steps_of


def _queries(script: str, variables: dict[str, str] | None = None) -> list[Query]:
    return [step for step in steps_of(script, variables=variables) if isinstance(step, Query)]


@pytest.mark.parametrize(
    ("script", "first", "last"),
    [
        ("select 1;", 1, 1),
        ("\n\n-- a\nselect\n1\n;", 4, 6),
        ("/* a\n\n*/\n-- b\nselect 1;", 5, 5),
        ("/* a /* b */\n */\nselect 1;", 3, 3),
        ("  'a\n'\n;", 1, 3),
        ("$$\n$$\n;", 1, 3),
        ("\n(\n1)\n;", 2, 4),
        ("\n-1;", 2, 2),
        ("/* only a comment\n*/", 2, 2),
        ("select 1", 1, 1),
        ("select 1\n", 1, 1),
        ("select 1\n\n\n", 1, 3),
        ("\n:'v';", 2, 2),
        ("\n:v;", 2, 2),
        ("/* a */ :v\n;", 1, 2),
        ("\\set w 1\n\\echo :w\nselect 1\n\\g", 3, 4),
    ],
)
def test_a_query_knows_its_lines(script: str, first: int, last: int) -> None:
    (query,) = _queries(script, {"v": "1"})
    assert (query.place.path, query.place.line, query.end_line) == (PATH, first, last)


def test_statements_on_one_line_share_it() -> None:
    assert [each.place.line for each in _queries("\nselect 1; select 2;\nselect 3;")] == [2, 2, 3]


@pytest.mark.parametrize(
    ("script", "word", "line"),
    [
        ("select wrong;", "wrong", 1),
        ("\n/* a\n*/ select\n wrong;", "wrong", 4),
        ("select 1,\n\n\n\n wrong;", "wrong", 5),
        ("select '\n\n',\n\n wrong;", "wrong", 5),
        ("select :v,\n\n wrong;", "wrong", 3),
        ("select :v, wrong;\n", "wrong", 1),
        ("select\n :v\n;", "inserted", 2),
        ("select 1\n\\echo here\n\n, wrong;", "wrong", 4),
        ("select $$\n\n$$ wrong\n\n;", "wrong", 3),
    ],
)
def test_an_offset_has_a_line(script: str, word: str, line: int) -> None:
    (query,) = _queries(script, {"v": "1\n+ inserted\n\n\n"})
    assert query.line_of(query.text.index(word)) == line


def test_an_offset_behind_the_end_is_in_the_last_line() -> None:
    (query,) = _queries("select\n1;")
    assert query.line_of(1000) == 2


def test_lines_go_on_behind_the_data_of_a_copy() -> None:
    assert [each.place.line for each in _queries("copy t from stdin; select 1;\n1\n2\n\\.\nselect 2;")] == [
        1,
        1,
        5,
    ]
