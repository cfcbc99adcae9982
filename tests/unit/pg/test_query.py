from importlib.resources import files

import pytest

from pgassay.pg.query import load, parse_query

_NAMES = sorted({path.name.split(".")[0] for path in files("pgassay.pg").joinpath("sql").iterdir()})


def test_parameters_become_bound_ones_in_order_of_appearance() -> None:
    query = parse_query("select :'b', :'a', :'b'::int", name="q")
    assert query.text == "select $1, $2, $1::int"
    assert query.parameters == ("b", "a")


@pytest.mark.parametrize(
    "text",
    [
        "select 'it''s :''x'''",
        "select \":'x'\"",
        "select 1 -- :'x'",
        "select 1 /* :'x' */",
        "do $$ begin perform ':'; :'x' end $$",
        "select format('%I.%s', 'a', 'b')",
        "select array[1, 2][1:2], 'a'::text",
    ],
)
def test_what_only_looks_like_a_parameter_is_left_alone(text: str) -> None:
    assert parse_query(text, name="q").parameters == ()
    assert parse_query(text, name="q").text == text


def test_a_comment_with_an_apostrophe_hides_no_parameter() -> None:
    assert parse_query("-- it's\nselect :'a'", name="q").parameters == ("a",)


def test_the_header_is_read_and_ends_with_the_first_other_line() -> None:
    query = parse_query("-- title: T\n-- since: 15\n-- until: 17\n--\n-- later: no\n\nselect 1;", name="q")
    assert dict(query.header) == {"title": "T", "since": "15", "until": "17"}
    assert [major for major in range(13, 20) if major in query.versions] == [15, 16, 17]


@pytest.mark.parametrize("major", [14, 15, 16, 17, 18])
@pytest.mark.parametrize("name", _NAMES)
def test_every_query_has_exactly_one_text_for_every_version(name: str, major: int) -> None:
    query = load("pgassay.pg", name, major=major)
    assert query.header["title"]
    assert ":'" not in query.text


def test_a_query_that_is_not_there_is_a_bug() -> None:
    with pytest.raises(LookupError, match="no_such"):
        load("pgassay.pg", "no_such", major=18)
