"""What is code in a body, and what only looks like it."""

import pytest

from pgassay.mutate.body.tokens import Sort, tokenize


def texts(code: str) -> list[str]:
    return [token.text for token in tokenize(code)]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("a = b", ["a", "=", "b"]),
        ("a -- = and\n<> b", ["a", "<>", "b"]),
        ("a /* = /* and */ or */ <= b", ["a", "<=", "b"]),
        ("a /* never closed", ["a"]),
        ("'it''s = and'", ["'it''s = and'"]),
        (r"E'\'= and' = b", [r"E'\'= and'", "=", "b"]),
        (r"'\' = b", [r"'\'", "=", "b"]),
        ('"odd ""and"" name" = 1', ['"odd ""and"" name"', "=", "1"]),
        ("$$ a = b $$ = c", ["$$ a = b $$", "=", "c"]),
        ("$q$ a $$ = $q$ = c", ["$q$ a $$ = $q$", "=", "c"]),
        ("$1 = $2", ["$1", "=", "$2"]),
        ("a$b = 1", ["a$b", "=", "1"]),
        ("a=-1", ["a", "=", "-", "1"]),
        ("a @- b", ["a", "@-", "b"]),
        ("a=--and\nb", ["a", "=", "b"]),
        ("x := a->>'k'", ["x", ":=", "a", "->>", "'k'"]),
        ("a::text<>b", ["a", "::", "text", "<>", "b"]),
        ("f(p => 1)", ["f", "(", "p", "=>", "1", ")"]),
        ("<<outer>>", ["<<", "outer", ">>"]),
        ("größe >= 1", ["größe", ">=", "1"]),
        ("U&'d\\0061t' = 1", ["U&'d\\0061t'", "=", "1"]),
    ],
)
def test_code_is_cut_where_the_server_cuts_it(code: str, expected: list[str]) -> None:
    assert texts(code) == expected


def test_places_lead_back_to_the_text() -> None:
    code = "select 'and', $$or$$ -- and\n from t where a and (b or c)"
    assert all(code[token.start : token.end] == token.text for token in tokenize(code))


def test_depth_counts_open_parentheses() -> None:
    depths = {token.text: token.depth for token in tokenize("a (b [c] d) e")}
    assert depths == {"a": 0, "(": 0, "b": 1, "[": 1, "c": 2, "]": 1, "d": 1, ")": 0, "e": 0}


def test_what_is_quoted_is_no_word() -> None:
    (token,) = tokenize('"AND"')
    assert (token.sort, token.word) == (Sort.QUOTED, "")
