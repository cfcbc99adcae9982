"""Where statements end, and what text they have. Real psql agrees: tests/integration/test_psql_splitting."""

import pytest

from pgassay.parse.psql.steps import Query
from script_steps import reader_of, remaining_steps, steps_of, texts_of


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("", []),
        (" \n\t\r\n", []),
        ("-- nothing\n", []),
        ("/* nothing */", ["/* nothing */"]),
        ("select 1", ["select 1"]),
        ("select 1\n\n\n", ["select 1"]),
        ("select 1\n  \n", ["select 1\n  "]),
        (";;", [";", ";"]),
        ("select 1;select 2;\nselect 3", ["select 1;", "select 2;", "select 3"]),
        ("select ';', \";\";", ["select ';', \";\";"]),
        ("select 'it''s; so';", ["select 'it''s; so';"]),
        (r"select 'a\'; select 2;", [r"select 'a\';", "select 2;"]),
        (r"select e'a\';', E'\\'; select 2;", [r"select e'a\';', E'\\';", "select 2;"]),
        ("select b'0;', X'1;', N'z;', U&'\\0041;', u&\";\";", None),
        ("select $$ ; ' $$, $a$ ; $$ $b$ $a$;", None),
        ("select a$b$c; select $1;$$;$$;", ["select a$b$c;", "select $1;", "$$;$$;"]),
        ("select 1$a$;$a$;", None),
        ("select (1; 2); select ((a;b)); select 3;", ["select (1; 2);", "select ((a;b));", "select 3;"]),
        ("select ((((((1;2)))))); select 3;", ["select ((((((1;2))))));", "select 3;"]),
        ("select 1); select 2;", ["select 1);", "select 2;"]),
        ("/* a /* ; */ ; */ select 1;", None),
        ("select 1 /* ; */ + 1; --;\nselect 2;", ["select 1 /* ; */ + 1;", "select 2;"]),
        ("select 1 -- ;\n+ 2;", None),
        ("select 5 *-- ;\n2 @-/* ; */ 3;", None),
        ("-- one\n  /* two */ -- three\nselect 1;", ["/* two */ -- three\nselect 1;"]),
        ("select 1,\n\n\n 2;", ["select 1,\n 2;"]),
        ("select '\n\n', \"\n\n\",\n\n 1;", ["select '\n\n', \"\n\n\",\n 1;"]),
        ("select $$\n\n$$, /*\n\n*/\n\n 1;", ["select $$\n\n$$, /*\n\n*/\n 1;"]),
        ("select e'\n\n'\n\n;", ["select e'\n\n'\n;"]),
        ("select 1\r\n\r\n, 2;\r\n", None),
        ("\ufeffselect 1;", ["select 1;"]),
        ("select é$a$;", ["select é$a$;"]),
        (r"select 1\; select 2;", ["select 1; select 2;"]),
        (r"select a\:b;", ["select a:b;"]),
        ("select 1e'\\'; select 2;", ["select 1e'\\';", "select 2;"]),
        ("select $e'\\';';", None),
        ("select a::int, b := 1, c[1:2], d[:], :, ::::x;", None),
    ],
)  # fmt: skip
def test_a_script_is_split(script: str, expected: list[str] | None) -> None:
    assert texts_of(script) == ([script.rstrip("\r\n")] if expected is None else expected)


@pytest.mark.parametrize(
    "head",
    [
        "create function f() returns int",
        "CREATE OR REPLACE FUNCTION f()",
        "create procedure p()",
        "create /* a */ or -- b\n 12 'x' replace procedure p()",
    ],
)
def test_the_body_of_a_routine_holds_semicolons(head: str) -> None:
    body = f"{head} begin atomic select case when true then 1 end; select 2; end;"
    assert texts_of(f"{body} select 3;") == [body, "select 3;"]


@pytest.mark.parametrize(
    "script",
    [
        "create table f (a int) begin; select 2;",
        "create view function begin; select 2;",
        "alter function f() begin; select 2;",
        "create or function begin; select 2;",
        'create "function" begin; select 2;',
    ],
)
def test_nothing_else_has_a_body(script: str) -> None:
    assert len(texts_of(script)) == 2


def test_case_and_end_count_only_inside_of_a_body() -> None:
    assert texts_of("create function case end begin; end; select 2;") == [
        "create function case end begin; end;",
        "select 2;",
    ]


def test_begin_in_parentheses_opens_no_body() -> None:
    assert texts_of("create function f(begin int); select 2;") == [
        "create function f(begin int);",
        "select 2;",
    ]


def test_the_body_of_a_routine_may_follow_another_statement_in_a_compound() -> None:
    script = r"select 1\; create function f() begin atomic; end;"
    assert texts_of(script) == [script.replace("\\", "")]


@pytest.mark.parametrize(
    ("script", "keyword", "compound"),
    [
        ("select 1;", "SELECT", False),
        ("  /* a */ bEgin;", "BEGIN", False),
        ("(select 1);", "SELECT", False),
        ("1;", "", False),
        (r"insert into t values (1) \; select 1;", "INSERT", True),
        ("create function f() begin atomic; end;", "CREATE", False),
    ],
)
def test_a_query_knows_its_first_word(script: str, keyword: str, compound: bool) -> None:
    (step,) = steps_of(script)
    assert isinstance(step, Query)
    assert (step.keyword, step.compound) == (keyword, compound)


def test_a_compound_does_not_make_the_next_one_compound() -> None:
    steps = [step for step in steps_of(r"select 1\; select 2; select 3;") if isinstance(step, Query)]
    assert [step.compound for step in steps] == [True, False]


def test_backslashes_escape_in_plain_strings_once_the_server_says_so() -> None:
    reader = reader_of(r"set standard_conforming_strings = off; select 'a\';', b'\', u&'\'; select 2;")
    reader.next_step()

    reader.standard_conforming_strings = False
    rest = remaining_steps(reader)

    assert [step.text for step in rest if isinstance(step, Query)] == [
        r"select 'a\';', b'\', u&'\';",
        "select 2;",
    ]
