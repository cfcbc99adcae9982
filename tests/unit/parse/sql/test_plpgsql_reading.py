"""PL/pgSQL taken apart: nothing that runs is missed, and what does not fit is never skipped."""

import pytest

from pgassay.parse.sql.grammar import Unreadable
from pgassay.parse.sql.plpgsql.pieces import PieceKind
from pgassay.parse.sql.plpgsql.reader import read_body

S, E, D, C = PieceKind.STATEMENT, PieceKind.EXPRESSION, PieceKind.DYNAMIC, PieceKind.CONTROL


def pieces(statement: str, declarations: str = "") -> list[tuple[PieceKind, str]]:
    text = f"declare {declarations} begin {statement} end" if declarations else f"begin {statement} end"
    return [(each.kind, " ".join(each.text.split())) for each in read_body(text).pieces]


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("null;", []),
        ("insert into a values (1);", [(S, "insert into a values (1)")]),
        ("perform f(1), 2 from b;", [(S, "SELECT f(1), 2 from b")]),
        ("select a, b into strict x, y.z from t where c;", [(S, "select a, b from t where c")]),
        ("insert into a values (1) returning b into x;", [(S, "insert into a values (1) returning b")]),
        ("with a as (select 1) select * into x from a;", [(S, "with a as (select 1) select * from a")]),
        ("execute 'a' || b into strict x using 1, f(2);", [(D, "'a' || b"), (E, "1"), (E, "f(2)")]),
        ("execute 'a' using 1 into x;", [(D, "'a'"), (E, "1")]),
        ("x := 1 + f(2);", [(E, "1 + f(2)")]),
        ("x = y = 1;", [(E, "y = 1")]),
        ("x.y := 1;", [(E, "1")]),
        ("x[f(1)] := 2;", [(E, "x[f(1)]"), (E, "2")]),
        ("x.y[1].z := count(*) from t;", [(E, "x.y[1].z"), (E, "count(*) from t")]),
        ("if a then b(); end if;", [(E, "a"), (S, "b()")]),
        ("if (case when a then b end) then null; elsif c then commit; else d := 1; end if;",
            [(E, "(case when a then b end)"), (E, "c"), (C, "commit"), (E, "1")]),
        ("case when a then b := 1; end case;", [(E, "a"), (E, "1")]),
        ("case a when 1, 2 then null; else rollback and chain; end case;",
            [(E, "a"), (E, "1"), (E, "2"), (C, "rollback and chain")]),
        ("<<l>> loop exit l when a; continue; end loop l;", [(E, "a")]),
        ("while a < b loop null; end loop;", [(E, "a < b")]),
        ("for i in reverse 10..f(1) by 2 loop null; end loop;", [(E, "10"), (E, "f(1)"), (E, "2")]),
        ("for a, b in select 1, 2 loop null; end loop;", [(S, "select 1, 2")]),
        ("for r in execute q using 1 loop null; end loop;", [(D, "q"), (E, "1")]),
        ("for r in c loop null; end loop;", []),
        ("for r in c(f(1), 2) loop null; end loop;", [(E, "(f(1), 2)")]),
        ("for r in delete from a returning b loop null; end loop;", [(S, "delete from a returning b")]),
        ("foreach x slice 1 in array f(a) loop null; end loop;", [(E, "f(a)")]),
        ("return;", []),
        ("return next f(1);", [(E, "f(1)")]),
        ("return query select 1;", [(S, "select 1")]),
        ("return query execute q using f(1);", [(D, "q"), (E, "f(1)")]),
        ("return case when a then 1 else 2 end;", [(E, "case when a then 1 else 2 end")]),
        ("raise notice '% %', a, f(b);", [(E, "'% %'"), (E, "f(b)")]),
        ("raise exception using errcode = 'x', message = f(1);", [(E, "'x'"), (E, "f(1)")]),
        ("raise sqlstate '22012'; raise division_by_zero; raise;", []),
        ("assert f(1), 'a' || b;", [(E, "f(1)"), (E, "'a' || b")]),
        ("get stacked diagnostics x = message_text, y := pg_context;", []),
        ("open c; open c(1, b := f(2)); close c;", [(E, "1"), (E, "f(2)")]),
        ("open c no scroll for select 1;", [(S, "select 1")]),
        ("open c for execute 'a' using 2;", [(D, "'a'"), (E, "2")]),
        ("fetch next from c into x; move forward all in c;", []),
        ("call p(1); do $q$begin end$q$;", [(S, "call p(1)"), (S, "do $q$begin end$q$")]),
        ("begin a(); exception when others or sqlstate '22012' then b(); end;", [(S, "a()"), (S, "b()")]),
        ("declare x int := f(1); begin null; end;", [(E, "f(1)")]),
        ("-- commit;\n /* execute 'a'; */ null;", []),
        ("merge into a using b on true when matched then delete;",
            [(S, "merge into a using b on true when matched then delete")]),
        ("begin_ := 1; end_ := 2; if_ := 3;", [(E, "1"), (E, "2"), (E, "3")]),
    ],
)  # fmt: skip
def test_a_statement_is_taken_apart(statement: str, expected: list[tuple[PieceKind, str]]) -> None:
    assert pieces(statement) == expected


def test_declarations_are_read() -> None:
    body = read_body(
        '#print_strict_params on\n<<here>> declare a int; b constant text collate "C" not null := f(1);'
        ' c cursor (k int) for select g(k); d alias for $1; "E" t%rowtype = h(2); begin end here;'
    )
    assert [each.text for each in body.pieces] == ["f(1)", "select g(k)", "h(2)"]
    assert body.aliases == {"d": "$1"}
    assert body.types["a"] == "int"
    assert body.values == {"a": [], "b": ["f(1)"], "c": [None], "E": ["h(2)"]}


@pytest.mark.parametrize(
    "body",
    [
        "", "begin", "begin null; end; commit;", "begin if a; end", "select 1", "begin ; end",
        "begin loop null; end if; end", "begin select a into b[f(1)] from c; end", "begin 'a; end",
        "begin fetch f(1) from c; end", "begin get diagnostics a[f(1)] = row_count; end",
        "begin if case when a then b end then null; end if; end; begin", "declare a int begin end",
        "begin null f(1); end", "begin close c f(1); end",
    ],
)  # fmt: skip
def test_what_does_not_fit_is_unreadable(body: str) -> None:
    with pytest.raises(Unreadable):
        read_body(body)


def test_lines_are_counted_within_the_body() -> None:
    assert [each.line for each in read_body("begin\n  a();\n\n  b();\nend").pieces] == [1, 3]
