"""What each kind makes of a body: the changed texts, in order."""

import pytest

from pgassay.mutate.body.text import Body
from pgassay.mutate.kinds import body_kinds


def changed(
    kind: str, text: str, *, language: str = "plpgsql", returns: str = "integer", **more: bool
) -> list[str]:
    body = Body(text=text, language=language, returns=returns, **more)
    operator = {known.name: module for known, module in body_kinds()}[kind]
    return [body.changed(edit) for edit in operator.edits(body)]


def sql(kind: str, text: str) -> list[str]:
    return changed(kind, text, language="sql")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("select a = b", ["select a <> b"]),
        ("select a <> b", ["select a = b"]),
        ("select a != b", ["select a = b"]),
        ("select a < b", ["select a <= b"]),
        ("select a <= b", ["select a < b"]),
        ("select a > b", ["select a >= b"]),
        ("select a >= b", ["select a > b"]),
        ("select a is null", ["select a is not null"]),
        ("select a is not null", ["select a is null"]),
        ("select a is distinct from b", ["select a is not distinct from b"]),
        ("select a is not distinct from b", ["select a is distinct from b"]),
        ("select a is true", []),
        ("select '=' || $$<$$ -- >\n", []),
        ("select f(a => 1)", []),
        ("update t set a = b", []),
        (
            "update t set a = case when b = c then d end, e = f where g = h",
            [
                "update t set a = case when b <> c then d end, e = f where g = h",
                "update t set a = case when b = c then d end, e = f where g <> h",
            ],
        ),
        (
            "merge into t using s on a when matched then update set b = c when d = e then f",
            ["merge into t using s on a when matched then update set b = c when d <> e then f"],
        ),
        (
            "update t set a = b = c, (d, e) = (f = g, h) where i = j",
            [
                "update t set a = b <> c, (d, e) = (f = g, h) where i = j",
                "update t set a = b = c, (d, e) = (f <> g, h) where i = j",
                "update t set a = b = c, (d, e) = (f = g, h) where i <> j",
            ],
        ),
    ],
)
def test_comparisons_are_turned(text: str, expected: list[str]) -> None:
    assert sql("turn_comparison", text) == expected


def test_an_assignment_is_no_comparison() -> None:
    text = "begin a = b; new.c = d = e; t[1] = 2; perform x = y; end"
    assert changed("turn_comparison", text) == [
        "begin a = b; new.c = d <> e; t[1] = 2; perform x = y; end",
        "begin a = b; new.c = d = e; t[1] = 2; perform x <> y; end",
    ]


def test_options_and_diagnostics_are_no_comparisons() -> None:
    text = (
        "begin get diagnostics a = row_count, b = pg_context;"
        " raise exception 'e' using errcode = case when c = d then 'x' end, hint = 'h'; end"
    )
    assert changed("turn_comparison", text) == [text.replace("c = d", "c <> d")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("select a and b", ["select a or b"]),
        ("select a OR b", ["select a and b"]),
        ("select a between b and c", []),
        (
            "select a between b and c and (d between (e and f) and g)",
            [
                "select a between b and c or (d between (e and f) and g)",
                "select a between b and c and (d between (e or f) and g)",
            ],
        ),
        ("create or replace view v as select 'and'", []),
    ],
)
def test_connectives_are_swapped(text: str, expected: list[str]) -> None:
    assert sql("swap_connective", text) == expected


def test_conditions_are_negated() -> None:
    text = "begin if a then b; elsif c or d then e; end if; x := case when f then 1 end; end"
    assert changed("negate_condition", text) == [
        "begin if not (a) then b; elsif c or d then e; end if; x := case when f then 1 end; end",
        "begin if a then b; elsif not (c or d) then e; end if; x := case when f then 1 end; end",
        "begin if a then b; elsif c or d then e; end if; x := case when not (f) then 1 end; end",
    ]


def test_a_simple_case_has_no_condition() -> None:
    assert sql("negate_condition", "select case a when b then c else d end") == []


def test_branches_are_removed() -> None:
    text = "begin if a then b; else c; d; end if; case e when 1 then f; end case; end"
    assert changed("remove_branch", text) == [
        "begin if false then b; else c; d; end if; case e when 1 then f; end case; end",
        "begin if a then b; else null; end if; case e when 1 then f; end case; end",
        "begin if a then b; else c; d; end if; case e when 1 then null; end case; end",
    ]


def test_arms_of_a_case_expression_are_removed() -> None:
    assert sql(
        "remove_branch", "select case a when 1 then (case when b then 2 end) when 2 then 4 else 3 end"
    ) == [
        "select case a  when 2 then 4 else 3 end",
        "select case a when 1 then (case when false then 2 end) when 2 then 4 else 3 end",
        "select case a when 1 then (case when b then 2 end)  else 3 end",
        "select case a when 1 then (case when b then 2 end) when 2 then 4  end",
    ]


def test_the_only_arm_of_a_simple_case_stays_and_so_does_an_else_that_says_nothing() -> None:
    assert sql("remove_branch", "select case a when 1 then 2 else null end") == []


def test_statements_are_removed() -> None:
    text = "begin a := 1; raise notice 'n'; raise exception 'e'; null; perform f(); return a; end"
    assert changed("remove_statement", text) == [
        "begin null; raise notice 'n'; raise exception 'e'; null; perform f(); return a; end",
        "begin a := 1; raise notice 'n'; null; null; perform f(); return a; end",
        "begin a := 1; raise notice 'n'; raise exception 'e'; null; null; return a; end",
    ]


def test_a_row_that_is_added_to_a_result_can_be_left_out() -> None:
    text = "begin return next 1; return query select 2; return; end"
    assert changed("remove_statement", text, many=True) == [
        "begin null; return query select 2; return; end",
        "begin return next 1; null; return; end",
    ]


def test_a_branch_loses_its_only_statement_as_a_branch_alone() -> None:
    assert changed("remove_statement", "begin if a then b := 1; end if; end") == []
    assert changed("remove_statement", "begin while a loop b := 1; end loop; end") == [
        "begin while a loop null; end loop; end"
    ]


def test_sql_has_no_statements_to_remove() -> None:
    assert sql("remove_statement", "delete from t; select 1") == []


@pytest.mark.parametrize(
    ("text", "returns", "expected"),
    [
        ("begin return a or b; end", "boolean", ["begin return not (a or b); end"]),
        ("begin return a; end", "integer", ["begin return null; end"]),
        ("begin return null; end", "integer", []),
        ("begin return; end", "void", []),
        ("begin return new; end", "trigger", []),
    ],
)
def test_what_is_returned_is_changed(text: str, returns: str, expected: list[str]) -> None:
    assert changed("change_return", text, returns=returns) == expected


def test_a_trigger_before_a_row_returns_something_that_matters() -> None:
    assert changed("change_return", "begin return new; end", returns="trigger", before_row=True) == [
        "begin return null; end"
    ]


def test_an_sql_function_returns_its_one_expression() -> None:
    assert changed("change_return", "RETURN (a + 1)", language="sql") == ["RETURN null::integer"]
    assert changed("change_return", "select 1", language="sql") == []


def test_lines_are_counted_from_the_first_that_says_something() -> None:
    body = Body(text="\n\n  begin\n  a := b = c;\nend", language="plpgsql")
    assert body.line(body.text.index("= c")) == 2
