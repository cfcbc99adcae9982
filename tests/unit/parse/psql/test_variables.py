from collections.abc import Iterator, MutableMapping

import pytest

from pgassay.parse.psql.steps import CommandError, NeedsPsql
from pgassay.parse.psql.variables import LONGEST_VALUE, RefusedValue, Variables, boolean
from script_steps import error_of, printed, steps_of, texts_of

_VALUES = {"v": "a'b\\c\"d", "n": "1", "é": "ü", "two": "1, 2", "empty": ""}


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("select :n, :two;", "select 1, 1, 2;"),
        ("select :'v';", "select  E'a''b\\\\c\"d';"),
        ("select :'two';", "select '1, 2';"),
        ('select :"v";', 'select "a\'b\\c""d";'),
        ("select :{?v}, :{?empty}, :{?zz};", "select TRUE, TRUE, FALSE;"),
        ("select :zz, :'zz', :\"zz\";", "select :zz, :'zz', :\"zz\";"),
        ("select x::n, y:=1, ':n', \":n\", $$:n$$, /*:n*/ e':n';", None),
        ("select a[1:n], 1:n;", "select a[11], 11;"),
        ("select :n:n :é;", "select 11 ü;"),
        ("select :{n}, : n, :n', :n';", "select :{n}, : n, 1', :n';"),
        ("select :'n ';", None),
        ("select :{?n ;", None),
        ("select :::n;", "select ::1;"),
        ("select (:n, (:'n'));", "select (1, ('1'));"),
        ("select :empty;", "select ;"),
    ],
)
def test_variables_are_put_in(script: str, expected: str | None) -> None:
    assert texts_of(script, variables=dict(_VALUES)) == [script if expected is None else expected]


@pytest.mark.parametrize(
    ("value", "script", "expected"),
    [
        ("select 1; select 2;", ":v", ["select 1;", "select 2;"]),
        ("select 1; select", ":v 2;", ["select 1;", "select 2;"]),
        ("'", "select :v it''s';", ["select ' it''s';"]),
        ("$$", "select :v ; :n $$;", ["select $$ ; :n $$;"]),
        ("(", "select :v 1; 2);", ["select ( 1; 2);"]),
        ("-- a", "select :v 1\n;", ["select -- a 1\n;"]),
        ("function", "create :v f() begin; end;", ["create function f() begin; end;"]),
        ("", ":v\n\nselect 1;", ["select 1;"]),
        ("a\n\nb", "select :v\n\n;", ["select a\n\nb\n;"]),
        (":w", "select :v;", ["select 7;"]),
        (":v", "select :v;", ["select :v;"]),
        (":x", "select :v;", ["select :v;"]),
    ],
)
def test_a_value_is_read_like_the_script(value: str, script: str, expected: list[str]) -> None:
    assert texts_of(script, variables={"v": value, "w": "7", "x": ":v"}) == expected


def test_a_value_within_itself_is_warned_of() -> None:
    said = printed("\nselect :v;", variables={"v": ":v"})
    assert said == 'psql:tests/script.sql:2: warning: skipping recursive expansion of variable "v"\n'


def test_a_value_may_begin_a_command_that_goes_on_behind_it() -> None:
    assert printed(":v there\\\\ select 1;", variables={"v": "\\echo hi"}) == "hi there\n"
    assert texts_of("select :v there\\\\ 1;", variables={"v": "2 + \\echo hi"}) == ["select 2 +  1;"]


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        (r"\set a 1 2 'x y' \echo :a", "12x y\n"),
        (r"\set a \echo <:a>:{?a}", "<>TRUE\n"),
        (r"\set a 1 \unset a \echo :a :{?a}", ":a FALSE\n"),
        (r"\set a 1 \set b :a:a \set a 2 \echo :b", "11\n"),
        (r"\set ON_ERROR_STOP \echo :ON_ERROR_STOP", "on\n"),
        (r"\unset ON_ERROR_STOP \echo :ON_ERROR_STOP", "off\n"),
        (r"\unset ON_ERROR_ROLLBACK \unset FETCH_COUNT \echo :ON_ERROR_ROLLBACK :FETCH_COUNT", "off 0\n"),
        (r"\set ON_ERROR_ROLLBACK Interactive \echo :ON_ERROR_ROLLBACK", "Interactive\n"),
        (r"\set VERBOSITY terse \echo :VERBOSITY \unset VERBOSITY \echo :VERBOSITY", "terse\ndefault\n"),
    ],
)
def test_variables_are_set_and_unset(script: str, expected: str) -> None:
    assert printed(script) == expected


@pytest.mark.parametrize(
    ("script", "message"),
    [
        (r"\set 'a b' 1", 'invalid variable name: "a b"'),
        (r"\set a-b 1", 'invalid variable name: "a-b"'),
        (r"\unset 'a b'", 'invalid variable name: "a b"'),
        (r"\unset", "\\unset: missing required argument"),
        (r"\set ON_ERROR_STOP maybe", 'unrecognized value "maybe" for "ON_ERROR_STOP": Boolean expected'),
        (r"\set FETCH_COUNT x", 'invalid value "x" for "FETCH_COUNT": integer expected'),
        (
            r"\set ON_ERROR_ROLLBACK x",
            'unrecognized value "x" for "ON_ERROR_ROLLBACK"\nAvailable values are: on, off, interactive.',
        ),
        (
            r"\set ECHO 0",
            'unrecognized value "0" for "ECHO"\nAvailable values are: none, errors, queries, all.',
        ),
    ],
)
def test_what_cannot_be_set_is_an_error(script: str, message: str) -> None:
    variables: dict[str, str] = {}
    (step,) = steps_of(script, variables=variables)
    assert isinstance(step, CommandError)
    assert step.message == message
    assert variables == {}


@pytest.mark.parametrize(
    "script", [r"\set", r"\set ECHO all", r"\set QUIET off", r"\unset QUIET", r"\set SINGLELINE"]
)
def test_what_changes_the_reading_or_printing_needs_psql(script: str) -> None:
    (step,) = steps_of(script)
    assert isinstance(step, NeedsPsql)


@pytest.mark.parametrize("value", ["t", "TRUE", "y", "Yes", "on", "1"])
def test_yes(value: str) -> None:
    assert boolean(value, "x") is True


@pytest.mark.parametrize("value", ["f", "False", "n", "no", "of", "OFF", "0"])
def test_no(value: str) -> None:
    assert boolean(value, "x") is False


@pytest.mark.parametrize("value", ["", "o", "2", "01", "truely", " true", "tru e"])
def test_neither(value: str) -> None:
    with pytest.raises(RefusedValue, match="Boolean expected"):
        boolean(value, "x")


class _Counting(MutableMapping[str, str]):
    """Remembers which names were looked up."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __getitem__(self, name: str) -> str:
        self.asked.append(name)
        return "1"

    def __setitem__(self, name: str, value: str) -> None:
        raise AssertionError(name)

    def __delitem__(self, name: str) -> None:
        raise AssertionError(name)

    def __iter__(self) -> Iterator[str]:
        raise AssertionError("iterated")

    def __len__(self) -> int:
        raise AssertionError("counted")


def test_names_are_looked_up_only_where_the_script_uses_them() -> None:
    variables = _Counting()
    steps_of(
        "select ':a', :b;\n\\if false\nselect :c, :'d';\n\\echo :e\n\\endif\n\\echo :f", variables=variables
    )
    assert variables.asked == ["b", "f"]


def test_variables_that_grow_a_statement_without_bounds_are_refused() -> None:
    variables = {"a0": "x"} | {f"a{each}": f":a{each - 1} :a{each - 1}" for each in range(1, 40)}
    doubled = "".join(f"\\set {name} '{value}'\n" for name, value in variables.items())

    error = error_of(f"{doubled}select :a39;")

    assert "without bounds" in error.message
    assert error.place.line == 41


def test_a_value_has_a_longest_length() -> None:
    with pytest.raises(RefusedValue, match="longer than"):
        Variables({}).set("v", "x" * (LONGEST_VALUE + 1))
