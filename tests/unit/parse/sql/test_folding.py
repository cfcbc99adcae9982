"""The texts that an EXECUTE may have: told exactly, told with holes in quotes, or not told at all."""

import pytest

from pgassay.parse.sql.holes import DIGITS, Texts
from pgassay.parse.sql.text_functions import TEXT_FUNCTIONS
from unit.parse.sql.judging import in_block, stopped

HARM = "truncate app.users"
SELECTED = f"select 1, '{HARM}' into strict n, q from t; execute q;"  # noqa: S608 - it is only read


def block(declarations: str, body: str) -> str:
    return f"do $do$ declare {declarations} begin {body} end $do$"


@pytest.mark.parametrize(
    "expression",
    [
        "'truncate ' || 'app.users'", "concat('trun', 'cate', ' ', 'users')",
        "concat_ws(' ', 'truncate', 'users')", "format('%s %I.%I', 'truncate', 'app', 'users')",
        "format('%2$s %1$s', 'users', 'truncate')", "lower('TRUNCATE USERS')", "upper('truncate users')",
        "btrim('  truncate users  ')", "reverse('sresu etacnurt')", "'truncate' || chr(32) || 'users'",
        "E'trunc\\x61te users'", "U&'trunc\\0061te users'", "$q$truncate users$q$",
        "case when random() > 2 then 'select 1' else 'truncate users' end",
        "coalesce(null, 'truncate users')", "(select 'truncate users')",
        "(select q from (values ('truncate users')) as t (q))", "'truncate users'::varchar(50)",
        "cast('truncate users' as text)", "'truncate users' collate \"C\"",
        "format('truncate %I', any_name)",
        "'truncate ' || any_table::regclass", "'drop table t_' || any_number::int",
        "'drop table t_' || to_char(now(), 'YYYYMMDD')", "format('truncate app.%s', any_number::bigint)",
    ],
)  # fmt: skip
def test_harm_is_found_in_what_is_executed(expression: str) -> None:
    assert "strong_locks" in stopped(in_block(f"execute {expression}"))


@pytest.mark.parametrize(
    "expression",
    [
        "format('select count(*) from %I.%I where a = %L', s, t, v)", "'select ' || quote_literal(v)",
        "'select count(*) from ' || t::regclass", "'select * from app.users limit ' || n::int",
        "'select * from part_' || to_char(now(), 'YYYYMMDD')", "format('select %L::int', v) || ' as a'",
        "'select ' || string_agg(quote_ident(c), ', ') || ' from app.users'",
        "format('select 100 %% %s', 7)",
        "'insert into app.users (name) values (' || quote_nullable(v) || ')'", "format('set role %I', r)",
    ],
)  # fmt: skip
def test_what_is_unknown_may_stand_in_its_quotes(expression: str) -> None:
    assert stopped(in_block(f"execute {expression}")) == set()


@pytest.mark.parametrize(
    "expression",
    [
        "v", "'select ' || v", "format('select %s', v)", "format(v, 'a')",
        "replace('truncate users', 'x', 'y')", "convert_from(decode('eA==', 'base64'), 'UTF8')",
        "translate('a', 'b', 'c')", "current_setting('a.b')", "(select q from app.orders)",
        "to_char(now(), '\"truncate users\"')", "chr(57344)", "U&'\\E000'",
        # A name may have any character: it ends the string, or the dollar quote, that it is put into.
        "format('select f(''%I'')', v)", "format('do $q$ begin perform %L; end $q$', v)",
        "format('select $q$%s$q$', t::regclass)", "format('select $a%s$ $a%s$', n::int, n::int)",
        # A number may be negative, and its sign the second half of what begins a comment.
        "'select 1 -' || n::int || ' || ''' || E'\\n; truncate app.users; select '' --'' '",
        "string_agg('select 1; trunc', 'ate users')", "format('select %I()', v)", "format('set %I = 0', v)",
        "format('update %I set setting = 0', v)", "format('%*s', 3, 'a')", "concat(variadic v)",
    ],
)  # fmt: skip
def test_what_cannot_be_told_is_refused(expression: str) -> None:
    assert stopped(in_block(f"execute {expression}"))


@pytest.mark.parametrize(
    ("declarations", "body", "harm"),
    [
        (f"q text := '{HARM}';", "execute q;", True),
        ("q text;", f"q := '{HARM}'; execute q;", True),
        ("q text := 'select 1';", f"if a then q := '{HARM}'; end if; execute q;", True),
        ("q text := 'select 1';", "execute q;", False),
        ("q constant text not null default 'select 1';", "execute q using 1;", False),
        ("q text := 'a'; r text := q;", "q := r; execute q;", True),
        ("q text;", "execute q;", True),
        ("q text;", "select 'select 1' into q; execute q;", False),
        ("q text;", SELECTED, True),
        ("q text;", "select what into q from app.orders; execute q;", True),
        ("q text; n int;", "execute 'select * from app.users limit ' || n;", False),
        ("q text;", "foreach q in array array['select 1', 'select 2'] loop execute q; end loop;", False),
        ("q text;", f"foreach q in array array['select 1', '{HARM}'] loop execute q; end loop;", True),
        ("q text;", "for q in select format('select %I', a) from t loop execute q; end loop;", False),
        ("q text;", "for q in select a from t loop execute q; end loop;", True),
        ("r record;", "for r in execute 'select 1' loop execute r.q; end loop;", True),
        ("", "for i in 1..3 loop execute 'select * from part_' || i; end loop;", False),
        ("", "for i in 1..3 loop execute 'drop table part_' || i; end loop;", True),
        ("q text := 'select 1';", "get diagnostics q = message_text; execute q;", True),
        ("q text := 'select 1';", "fetch c into q; execute q;", True),
        ("q text := 'select 1';", "execute 'select 2' into q; execute q;", True),
        ("q text := 'select 1';", "call app.other(q); execute q;", True),
    ],
)
def test_a_variable_has_every_value_that_it_is_given_anywhere(
    declarations: str, body: str, harm: bool
) -> None:
    assert bool(stopped(block(declarations, body))) is harm


def test_a_column_that_may_hide_a_variable_makes_it_unknown() -> None:
    body = "declare q text := 'select 1'; begin execute (select q from app.users); end"
    assert stopped(f"do $do$ #variable_conflict use_column {body} $do$") == {"unreadable"}
    body = "select app.run(q) from app.users"
    assert stopped(f"create function pg_temp.f(q text) returns text language sql as $$ {body} $$") == {
        "unreadable"
    }


def test_a_character_that_stands_for_what_is_unknown_is_not_taken_for_it() -> None:
    body = "begin execute U&'select 1 as \\E100; truncate app.users; -- */ y' || q; end"
    make = f"create function pg_temp.f(p text, q text) returns int language plpgsql as $f$ {body} $f$"
    assert stopped(make, "select pg_temp.f('/*', 'z')")


def test_a_column_of_a_list_may_be_that_of_a_table_within() -> None:
    inner = "select (select lives_ok(q) from app.orders) from (values ('select 1')) as t (q)"
    assert stopped(inner) == {"unreadable"}


def test_arguments_that_become_too_many_together_are_refused() -> None:
    body = "begin execute a || b; end"
    make = f"create function pg_temp.f(a text, b text) returns int language plpgsql as $$ {body} $$"
    rows = ", ".join(f"('{n}')" for n in range(100))
    call = "select pg_temp.f('select ' || a, b) from (values {}) as t (a), (values {}) as u (b)"
    assert stopped(make, call.format(rows, rows)) == {"unreadable"}


@pytest.mark.parametrize(
    ("name", "arguments", "expected"),
    [
        ("string_agg", [("a, b",), (" or ",)], ("a, b", "a, b or a, b")),
        ("string_agg", [("a'",), (",",)], None),
        ("string_agg", [("a",), (";",)], None),
        ("string_agg", [("a", "b"), (",",)], None),
        ("to_char", [None, ("YYYY_MM",)], DIGITS),
        ("to_char", [None, ('YYYY"x"',)], None),
        ("to_char", [None, ("YYYY-MM",)], None),
        ("format", [("%%%s %I %L",), ("a",), ('b"c',), ("d'\\",)], ("%a \"b\"\"c\" E'd''\\\\'",)),
        ("format", [("%-5s",), ("a",)], None),
        ("format", [("%s",)], None),
        ("chr", [("0",)], None),
        ("concat_ws", [(", ",), ("a",), ("b", "c")], ("a, b", "a, c")),
        ("lower", [("A",), ("B",)], None),
    ],
)
def test_a_function_gives_what_the_server_gives(
    name: str, arguments: list[Texts | None], expected: Texts | None
) -> None:
    assert TEXT_FUNCTIONS[name](arguments) == expected


def test_rows_of_a_list_are_read_row_by_row() -> None:
    rows = ", ".join(f"('a{n}', 'b{n}', 'c{n}')" for n in range(60))
    text = "select lives_ok(format('select %s, %s from %s', a, b, c)) from (values {rows}) as t (a, b, c)"
    text = text.replace("{rows}", rows)
    assert stopped(text) == set()
    assert stopped(text.replace("'c59'", "'app.users; truncate app.users'")) == {"strong_locks"}
