import pytest

from pgassay.parse.psql.steps import CommandError, Unknown
from script_steps import error_of, printed, reader_of, remaining_steps, steps_of, texts_of


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("\\if true\n1;\n\\endif\n2;", ["1;", "2;"]),
        ("\\if false\n1;\n\\endif\n2;", ["2;"]),
        ("\\if false\n1;\n\\else\n2;\n\\endif", ["2;"]),
        ("\\if true\n1;\n\\else\n2;\n\\endif", ["1;"]),
        ("\\if off\n1;\n\\elif on\n2;\n\\elif on\n3;\n\\else\n4;\n\\endif", ["2;"]),
        ("\\if on\n1;\n\\elif on\n2;\n\\else\n4;\n\\endif", ["1;"]),
        ("\\if off\n1;\n\\elif off\n2;\n\\else\n4;\n\\endif", ["4;"]),
        ("\\if off\n\\if on\n1;\n\\else\n2;\n\\endif\n\\else\n3;\n\\endif", ["3;"]),
        ("\\if on\n\\if off\n1;\n\\endif\n2;\n\\endif", ["2;"]),
        ("\\if :v\n1;\n\\endif", ["1;"]),
        ("\\if :{?nope}\n1;\n\\endif", []),
        ("\\if maybe\n1;\n\\else\n2;\n\\endif", ["2;"]),
        ("\\if\n1;\n\\endif", []),
        ("select\n\\if on\n1\n\\else\n2\n\\endif\n;", ["select\n1\n;"]),
        ("select\n\\if off\n1\n\\else\n2\n\\endif\n;", ["select\n2\n;"]),
        ("select\n\\if off\n((\n\\endif\n1; 2;", ["select\n1;", "2;"]),
        ("\\if off\nselect (\n\\endif\n1; 2;", ["1;", "2;"]),
        ("\\if off\n1; 2\n\\endif\n3;", ["3;"]),
        ("\\if off\n1", []),
    ],
)
def test_the_branch_that_holds_is_read(script: str, expected: list[str]) -> None:
    if not script.endswith(("\\endif", ";")):
        script += "\n\\endif"
    assert texts_of(script, variables={"v": "yes"}) == expected


@pytest.mark.parametrize(
    "command",
    [
        "\\set a b", "\\echo a", "\\q", "\\i missing.sql", "\\g", "\\r", "\\! ls", "\\copy t from x",
        "\\c other", "\\o |cat", "\\pset format aligned", "\\echo `date`", "\\t", "\\encoding latin1",
    ],
)  # fmt: skip
def test_other_branches_do_nothing(command: str) -> None:
    variables: dict[str, str] = {}
    assert steps_of(f"\\if off\n{command}\n\\endif", variables=variables) == []
    assert variables == {}


def test_an_unknown_command_is_an_error_even_there() -> None:
    (step,) = steps_of("\\if off\n\\foo\n\\endif")
    assert isinstance(step, Unknown)


@pytest.mark.parametrize(
    "script",
    ["\\if off \\echo a \\else \\echo b \\endif", "\\if off\n\\copy a \\else\n\\else\n\\echo b\n\\endif"],
)
def test_commands_of_a_branch_may_share_a_line(script: str) -> None:
    assert printed(script) == "b\n"


@pytest.mark.parametrize(
    ("script", "message", "line"),
    [
        ("\n\\else", "\\else: no matching \\if", 2),
        ("\\elif on", "\\elif: no matching \\if", 1),
        ("\\endif", "\\endif: no matching \\if", 1),
        ("\\if on\n\\else\n\\else\n\\endif", "\\else: cannot occur after \\else", 3),
        ("\\if on\n\\else\n\\elif on\n\\endif", "\\elif: cannot occur after \\else", 3),
        ("\n\\if on\n\\if off\n\\endif\n", "this \\if is not closed by an \\endif", 2),
    ],
)
def test_wrong_nesting_is_an_error(script: str, message: str, line: int) -> None:
    error = error_of(script)
    assert (error.message, error.place.line, error.recoverable) == (message, line, True)


def test_reading_can_go_on_behind_wrong_nesting() -> None:
    reader = reader_of("\\else ignored\nselect 1;\n\\if on\nselect 2")
    with pytest.raises(Exception, match="no matching"):
        reader.next_step()
    assert reader.next_step() is not None
    assert reader.next_step() is not None
    with pytest.raises(Exception, match="not closed"):
        reader.next_step()
    assert remaining_steps(reader) == []


def test_a_condition_that_is_none_is_told_as_psql_tells_it() -> None:
    said = printed("\\if 1 more\n\\elif x\n\\endif").splitlines()
    assert said == [
        'psql:tests/script.sql:1: error: unrecognized value "1 more" for "\\if expression": Boolean expected',
        'psql:tests/script.sql:2: error: unrecognized value "x" for "\\elif expression": Boolean expected',
    ]


def test_restricted_mode_allows_no_other_command() -> None:
    steps = steps_of("\\restrict key\n\\echo a\nselect 1;\n\\unrestrict other\n\\unrestrict key\n\\echo b")
    errors = [step.message for step in steps if isinstance(step, CommandError)]
    assert errors == [
        "backslash commands are restricted; only \\unrestrict is allowed",
        "\\unrestrict: wrong key",
    ]
    assert len(steps) == 4
