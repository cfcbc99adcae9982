import pytest

from pgassay.parse.psql.includes import DEEPEST, resolve
from pgassay.parse.psql.script_error import ScriptError
from pgassay.parse.psql.steps import CommandError, NeedsPsql, Query, Quit
from script_steps import error_of, reader_of, remaining_steps, steps_of, texts_of


@pytest.mark.parametrize(
    ("name", "relative_to", "expected"),
    [
        ("a.sql", None, "a.sql"),
        ("./x/../a.sql", None, "a.sql"),
        ("../a.sql", None, "../a.sql"),
        ("a.sql", "tests/b.sql", "tests/a.sql"),
        ("../a.sql", "tests/db/b.sql", "tests/a.sql"),
        ("/x/a.sql", "tests/b.sql", "/x/a.sql"),
        ("a.sql", "b.sql", "a.sql"),
    ],
)
def test_names_are_resolved(name: str, relative_to: str | None, expected: str) -> None:
    assert resolve(name, relative_to) == expected


@pytest.mark.parametrize(
    ("command", "path"),
    [
        ("\\i part.sql", "part.sql"),
        ("\\include part.sql;", "part.sql"),
        ("\\ir part.sql", "tests/part.sql"),
        ("\\include_relative 'part.sql'", "tests/part.sql"),
        ("\\ir :dir/part.sql", "tests/sub/part.sql"),
        ("\\i part';';;", "part;"),
    ],
)
def test_scripts_are_included(command: str, path: str) -> None:
    steps = steps_of(f"select 1;\n{command}\nselect 3;", files={path: "\nselect 2"}, variables={"dir": "sub"})
    assert [(step.text, str(step.place)) for step in steps if isinstance(step, Query)] == [
        ("select 1;", "tests/script.sql:1"),
        ("select 2", f"{path}:2"),
        ("select 3;", "tests/script.sql:3"),
    ]


def test_relative_names_are_relative_to_the_script_that_has_them() -> None:
    files = {
        "tests/sub/a.sql": "\\ir b.sql\n\\i tests/c.sql",
        "tests/sub/b.sql": "1;",
        "tests/c.sql": "\\ir d.sql",
    }
    assert texts_of("\\ir sub/a.sql", files=files | {"tests/d.sql": "2;"}) == ["1;", "2;"]


def test_a_statement_goes_on_around_an_include() -> None:
    assert texts_of("select 1 \\i a\n+ 2;", files={"a": "select 3"}) == ["select 3", "select 1 \n+ 2;"]


def test_variables_are_shared_and_branches_are_not() -> None:
    files = {"a": "\\set v 7\n\\if on\n", "b": "select :v;"}
    reader = reader_of("\\if on\n\\i a\n\\endif\n\\i b", files=files)
    with pytest.raises(ScriptError, match="a:2: this"):
        reader.next_step()
    assert [step.text for step in remaining_steps(reader) if isinstance(step, Query)] == ["select 7;"]


def test_quitting_an_included_script_ends_only_that() -> None:
    steps = steps_of("\\i a\nselect 2;\\q\nselect 3;", files={"a": "select 1 \\q\nselect 9;"})
    assert [step.text for step in steps if isinstance(step, Query)] == ["select 1 ", "select 2;", "select 3;"]
    assert [step.place.line for step in steps if isinstance(step, Quit)] == [2]


def test_data_of_a_copy_come_from_the_script_that_has_it() -> None:
    assert texts_of("\\i a\nselect 2;", files={"a": "copy t from stdin;\nx\n\\.\n"}) == [
        "copy t from stdin;",
        "select 2;",
    ]


def test_a_missing_script_is_an_error_behind_which_reading_goes_on() -> None:
    reader = reader_of("select 1;\n\\i a/missing.sql\nselect 2;")
    reader.next_step()
    with pytest.raises(ScriptError, match=r"tests/script.sql:2: a/missing.sql: No such file") as caught:
        reader.next_step()
    assert caught.value.recoverable
    assert len(remaining_steps(reader)) == 1


@pytest.mark.parametrize(
    ("files", "circle"),
    [
        ({"a": "\\i b", "b": "\\i a"}, "a -> b -> a"),
        ({"a": "\\i a"}, "a -> a"),
        ({"a": "\\ir tests/script.sql"}, "tests/script.sql -> a -> tests/script.sql"),
    ],
)
def test_a_circle_is_named(files: dict[str, str], circle: str) -> None:
    error = error_of("\\i a", files=files)
    assert error.message == f"scripts include one another in a circle: {circle}"
    assert not error.recoverable


def test_depth_is_limited() -> None:
    files = {f"f{each}": f"\\i f{each + 1}" for each in range(DEEPEST + 2)}
    error = error_of("\\i f0", files=files)
    assert "more than 100 deep" in error.message
    assert error.place.path == f"f{DEEPEST - 1}"


def test_one_script_may_be_included_often() -> None:
    assert len(texts_of("\\i a\n" * 300, files={"a": "select 1;"})) == 300


def test_include_wants_a_name() -> None:
    (step,) = steps_of("\\i\n")
    assert isinstance(step, CommandError)
    assert step.message == "\\i: missing required argument"


def test_standard_input_is_left_to_psql() -> None:
    (step,) = steps_of("\\i -")
    assert isinstance(step, NeedsPsql)
