"""How the statements, conditions and branches of a PL/pgSQL body are found."""

import pytest

from pgassay.mutate.body.outline import outline
from pgassay.mutate.body.tokens import Token, tokenize

BODY = """
<<whole>>
declare
    n integer := case when true then 1 else 2 end;
begin
    n := 1;
    if n = case when n > 0 then 1 else 0 end then
        perform f(n);
    elsif n = 2 then
        n := 2; n := 3;
    else
        raise exception 'if; then';
    end if;
    case n when 1 then n := 4; else null; end case;
    case when n = 1 then n := 5; end case;
    <<inner>>
    for i in 1..3 loop
        exit inner when i > 2;
        continue when i = 1;
    end loop inner;
    while n < 9 loop n := n + 1; end loop;
    loop exit; end loop;
    begin
        insert into t values (1); delete from t;
    exception
        when unique_violation or others then
            get stacked diagnostics m = message_text;
    end;
    return (select case when n = 1 then 2 end);
end
"""


def written(tokens: tuple[Token, ...], text: str = BODY) -> str:
    return " ".join(text[tokens[0].start : tokens[-1].end].split())


def test_simple_statements_are_found_at_any_depth() -> None:
    found = [written(each.tokens) for each in outline(tokenize(BODY)).statements]
    assert sorted(found) == sorted(
        [
            "n := 1;",
            "perform f(n);",
            "n := 2;",
            "n := 3;",
            "raise exception 'if; then';",
            "n := 4;",
            "null;",
            "n := 5;",
            "exit inner when i > 2;",
            "continue when i = 1;",
            "n := n + 1;",
            "exit;",
            "insert into t values (1);",
            "delete from t;",
            "get stacked diagnostics m = message_text;",
            "return (select case when n = 1 then 2 end);",
        ]
    )


def test_a_branch_with_one_statement_knows_it() -> None:
    alone = [written(each.tokens) for each in outline(tokenize(BODY)).statements if each.alone]
    assert sorted(alone) == [
        "get stacked diagnostics m = message_text;",
        "n := 4;",
        "n := 5;",
        "null;",
        "perform f(n);",
        "raise exception 'if; then';",
    ]


def test_conditions_are_found_with_what_stands_in_front() -> None:
    found = [(each.keyword, written(each.tokens)) for each in outline(tokenize(BODY)).conditions]
    assert found == [
        ("IF", "n = case when n > 0 then 1 else 0 end"),
        ("ELSIF", "n = 2"),
        ("EXIT WHEN", "i > 2"),
        ("CONTINUE WHEN", "i = 1"),
        ("WHILE", "n < 9"),
    ]


def test_branches_are_found() -> None:
    found = [(each.keyword, written(each.tokens)) for each in outline(tokenize(BODY)).branches]
    assert found == [
        ("ELSE", "raise exception 'if; then';"),
        ("CASE WHEN", "n := 4;"),
        ("ELSE", "null;"),
        ("CASE WHEN", "n := 5;"),
        ("EXCEPTION WHEN", "get stacked diagnostics m = message_text;"),
    ]


@pytest.mark.parametrize("text", ["", "select 1", "begin if true then return 1; end", "begin return 1;"])
def test_what_does_not_read_as_a_block_has_no_outline(text: str) -> None:
    found = outline(tokenize(text))
    assert (found.statements, found.conditions, found.branches) == ([], [], [])
