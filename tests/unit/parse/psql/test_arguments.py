"""How backslash commands cut their arguments, seen through what ``\\echo`` prints."""

import pytest

from pgassay.parse.psql.steps import NeedsPsql, Print, Query
from script_steps import PATH, printed, steps_of


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ("", ""),
        ("a   b\tc", "a b c"),
        ("'a  b' 'it''s' ''", "a  b it's "),
        (r"'\n\t\b\r\f\101\x42\q\''", "\n\t\b\r\fABq'"),
        ('"a  b" "" c"d e"f', '"a  b" "" c"d e"f'),
        ("a'b'c", "abc"),
        ("a;b ;", "a;b ;"),
        (":v :'v' :\"v\" :{?v} :{?zz} x:v", "it's 'it''s' \"it's\" TRUE FALSE xit's"),
        (":zz :'zz' :\"zz\" : :: :{ :{?", ":zz :'zz' :\"zz\" : :: :{ :{?"),
        ("':v' \":v\"", ':v ":v"'),
        ("-- no comment /* either */", "-- no comment /* either */"),
        ("$a$ (b", "$a$ (b"),
        ("é\u00a0b", "é\u00a0b"),
        ("a\r", "a"),
    ],
)
def test_arguments_are_cut_and_unquoted(arguments: str, expected: str) -> None:
    assert printed(f"\\echo {arguments}\n", variables={"v": "it's"}) == f"{expected}\n"


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("\\echo -n a b", "a b"),
        ("\\echo -n -n a", "-n a"),
        ("\\echo '-n' a", "-n a\n"),
        ("\\echo a -n", "a -n\n"),
        ("\\echo -n", ""),
        ("\\qecho a", "a\n"),
    ],
)
def test_echo_may_leave_out_the_newline(script: str, expected: str) -> None:
    assert printed(script) == expected


@pytest.mark.parametrize(
    ("script", "output", "queries"),
    [
        ("\\echo a\\\\ select 1;", "a\n", ["select 1;"]),
        ("\\echo a \\\\ select 1;", "a\n", ["select 1;"]),
        ("\\echo a \\echo b", "a\nb\n", []),
        ("select 1 \\echo a\\\\ + 2;", "a\n", ["select 1  + 2;"]),
        ("select 1\n\\echo a\n+ 2;", "a\n", ["select 1\n+ 2;"]),
        ("1\n\\echo a\n  ;", "a\n", ["1\n  ;"]),
        ("select 1\n  \\echo a\n+ 2;", "a\n", ["select 1\n  \n+ 2;"]),
        ("select 1 \\echo a\n\\echo b\n\n+ 2;", "a\nb\n", ["select 1 \n+ 2;"]),
        ("select '\n\\echo no';", "", ["select '\n\\echo no';"]),
    ],
)
def test_commands_stand_among_sql(script: str, output: str, queries: list[str]) -> None:
    steps = steps_of(script)
    assert "".join(step.text for step in steps if isinstance(step, Print)) == output
    assert [step.text for step in steps if isinstance(step, Query)] == queries


def test_warn_prints_to_standard_error() -> None:
    (step,) = steps_of("\\warn -n a")
    assert isinstance(step, Print)
    assert (step.text, step.to_stderr) == ("a", True)


def test_an_open_quote_is_complained_of_and_ends_with_its_line() -> None:
    steps = steps_of("\n\\echo a 'b\nselect 1;")

    assert [step.text for step in steps if isinstance(step, Print | Query)] == [
        f"psql:{PATH}:2: error: unterminated quoted string\n",
        "a\n",
        "select 1;",
    ]


def test_arguments_too_many_are_warned_of() -> None:
    assert printed("\\timing on 'more of it'\n") == (
        f'psql:{PATH}:1: warning: \\timing: extra argument "more of it" ignored\n'
    )


@pytest.mark.parametrize("script", ["\\echo `date`", "\\set a `date`", "\\if `true`\n\\endif"])
def test_backticks_need_psql(script: str) -> None:
    needs = [step for step in steps_of(script) if isinstance(step, NeedsPsql)]
    assert [step.why for step in needs] == ["runs a program in backticks"]
