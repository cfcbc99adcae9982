import pytest

from pgassay.parse.psql.steps import (
    CommandError,
    Connect,
    Encoding,
    ExecuteResult,
    NeedsPsql,
    OutputFormat,
    Print,
    Query,
    Quit,
    Show,
    Sink,
    StoreVariables,
    Unknown,
    WriteTo,
)
from script_steps import PATH, printed, steps_of, texts_of


@pytest.mark.parametrize(
    ("script", "sink"),
    [
        ("select 1;", Show()),
        ("select 1 \\g", Show()),
        ("select 1 \\gset", StoreVariables()),
        ("select 1 \\gset pre_", StoreVariables(prefix="pre_")),
        ("select 1\n\\gset :p", StoreVariables(prefix="x")),
        ("select 1 \\gexec", ExecuteResult()),
        ("select 1 \\g out.txt", WriteTo(path="out.txt")),
        ("select 1 \\gx 'out file.txt'", WriteTo(path="out file.txt")),
        ("\\o out.txt\nselect 1;", WriteTo(path="out.txt")),
        ("\\o out.txt;\nselect 1 \\g", WriteTo(path="out.txt")),
        ("\\o out.txt\n\\o\nselect 1;", Show()),
    ],
)
def test_a_result_goes_where_it_was_sent(script: str, sink: Sink) -> None:
    (step,) = steps_of(script, variables={"p": "x"})
    assert isinstance(step, Query)
    assert step.sink == sink


def test_only_the_first_result_begins_the_file_anew() -> None:
    steps = steps_of("\\out a\nselect 1; select 2;\n\\o b\nselect 3;")
    assert [step.sink for step in steps if isinstance(step, Query)] == [
        WriteTo(path="a"),
        WriteTo(path="a", append=True),
        WriteTo(path="b"),
    ]


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("select 1 \\g\nselect 2;", ["select 1 ", "select 2;"]),
        ("select 1\n\\g\n\\g", ["select 1", "select 1"]),
        ("select 1; \\gset", ["select 1;", "select 1;"]),
        ("select 1; -- a\n\\gexec", ["select 1;", "select 1;"]),
        ("\\g", [""]),
        ("select 1 \\r\n\\g", [""]),
        ("select 1;\nselect 2 \\r\n\\g", ["select 1;", "select 1;"]),
        ("select (1 \\g\nselect 2;", ["select (1 ", "select 2;"]),
        ("create function f() begin \\g\nselect 2; 3;", ["create function f() begin ", "select 2;", "3;"]),
        ("select 1 \\q\nselect 2;", ["select 1 ", "select 2;"]),
    ],
)
def test_a_statement_is_sent_by_command(script: str, expected: list[str]) -> None:
    assert texts_of(script) == expected


def test_sending_again_keeps_the_place_and_changes_the_sink() -> None:
    first, again = steps_of("\nselect 1;\n\\gset")
    assert isinstance(first, Query)
    assert isinstance(again, Query)
    assert (again.place, again.keyword, again.sink) == (first.place, "SELECT", StoreVariables())


_PLAIN = OutputFormat()


@pytest.mark.parametrize(
    ("commands", "expected"),
    [
        ("", _PLAIN),
        ("\\t", OutputFormat(tuples_only=False)),
        ("\\t off", OutputFormat(tuples_only=False)),
        ("\\t \\t", _PLAIN),
        ("\\pset tuples_only false", OutputFormat(tuples_only=False)),
        ("\\x", OutputFormat(expanded=True)),
        ("\\x on \\x", _PLAIN),
        ("\\x auto", _PLAIN),
        ("\\pset expanded on", OutputFormat(expanded=True)),
        ("\\f ;", OutputFormat(fieldsep=";")),
        ("\\f '\\t'", OutputFormat(fieldsep="\t")),
        ("\\f", _PLAIN),
        ("\\pset fieldsep_zero", OutputFormat(fieldsep="\0")),
        ("\\pset recordsep ' / '", OutputFormat(recordsep=" / ")),
        ("\\pset recordsep_zero", OutputFormat(recordsep="\0")),
        ("\\pset null NULL", OutputFormat(null="NULL")),
        ("\\pset null ''", _PLAIN),
        ("\\pset footer", OutputFormat(footer=False)),
        ("\\pset footer off", OutputFormat(footer=False)),
        ("\\pset title 'A title'", OutputFormat(title="A title")),
        ("\\C title \\C", _PLAIN),
        ("\\pset format unaligned", _PLAIN),
        ("\\pset format U", _PLAIN),
        ("\\pset pager off \\pset border 2 \\pset columns 10 \\T x \\timing", _PLAIN),
        ("\\pset numericlocale off", _PLAIN),
    ],
)
def test_settings_shape_the_output(commands: str, expected: OutputFormat) -> None:
    (step,) = steps_of(f"{commands}\nselect 1;")
    assert isinstance(step, Query)
    assert step.format == expected


def test_one_result_can_be_shaped_on_its_own() -> None:
    steps = steps_of(
        "select 1 \\gx\nselect 2 \\g (tuples_only=off null=N) out\nselect 3 \\g ( expanded )\nselect 4;"
    )
    assert [(step.format, step.sink) for step in steps if isinstance(step, Query)] == [
        (OutputFormat(expanded=True), Show()),
        (OutputFormat(tuples_only=False, null="N"), WriteTo(path="out")),
        (OutputFormat(expanded=True), Show()),
        (_PLAIN, Show()),
    ]


@pytest.mark.parametrize(
    ("script", "message"),
    [
        ("\\pset foo 1", "\\pset: unknown option: foo"),
        ("\\pset footer x", 'unrecognized value "x" for "footer": Boolean expected'),
        ("\\t x", 'unrecognized value "x" for "tuples_only": Boolean expected'),
        ("\\x x", 'unrecognized value "x" for "expanded"\nAvailable values are: on, off, auto.'),
        ("\\timing x", 'unrecognized value "x" for "\\timing": Boolean expected'),
        ("\\copy t", "\\copy: parse error at end of line"),
        ("\\g (null=x", "\\g: missing right parenthesis"),
        ("\\unrestrict a", "\\unrestrict: not currently in restricted mode"),
    ],
)
def test_wrong_arguments_are_errors_in_the_words_of_psql(script: str, message: str) -> None:
    (step,) = steps_of(f"\n{script}")
    assert isinstance(step, CommandError)
    assert (step.message, str(step.place)) == (message, f"{PATH}:2")


def test_an_error_swallows_the_rest_of_its_line() -> None:
    assert [type(step) for step in steps_of("\\foo a \\echo b\\\\ select 1;\nselect 2;")] == [Unknown, Query]


@pytest.mark.parametrize("name", ["foo", "G", "gfoo", "echoo", "!ls", "", "lz", "ii", "tt"])
def test_what_psql_does_not_have_is_unknown(name: str) -> None:
    (step,) = steps_of(f"\\{name} a")
    assert isinstance(step, Unknown)
    assert step.message == f"invalid command \\{name}"


@pytest.mark.parametrize(
    "command",
    [
        "! ls", "? x", "a", "bind 1", "cd /", "conninfo", "copyright", "crosstabview", "d", "dt+ x", "dfS",
        "e", "edit x", "ef f", "encoding", "errverbose", "gdesc", "getenv a b", "g |cat", "h", "H", "html",
        "l+", "list", "lo_list", "o |cat", "password", "prompt a", "pset", "pset format csv", "pset format a",
        "pset numericlocale on", "s", "setenv a b", "sf+ f", "sv v", "w x", "watch 1", "write x", "z", "zS",
        "parse x", "startpipeline", "copy t from program 'x'", "copy t to program 'x'",
    ],
)  # fmt: skip
def test_what_only_psql_has_needs_psql(command: str) -> None:
    steps = steps_of(f"\n\\{command}")
    (step,) = steps
    assert isinstance(step, NeedsPsql)
    assert (step.command, step.place.line) == ("\\" + command.split()[0], 2)
    assert step.why


@pytest.mark.parametrize("command", ["\\qecho a", "\\copy t to stdout"])
def test_what_would_go_into_the_file_of_o_needs_psql(command: str) -> None:
    (step,) = steps_of(f"\\o out\n{command}")
    assert isinstance(step, NeedsPsql)


def test_connections_encodings_and_the_end_are_steps() -> None:
    steps = steps_of("\\c db user - 5432\n\\connect \"a b\" 'x y'\n\\encoding 'LATIN1'\n\\q\n")
    assert [step for step in steps if isinstance(step, Connect | Encoding)] == [
        Connect(arguments=("db", "user", "-", "5432"), place=steps[0].place),
        Connect(arguments=('"a b"', "x y"), place=steps[1].place),
        Encoding(name="LATIN1", place=steps[2].place),
    ]
    assert steps[3] == Quit(place=steps[3].place)


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("select 1\n\\p\n;", "select 1\n"),
        ("select 1;\n\\p", "select 1;\n"),
        ("\\p", ""),
        ("select 1;\nselect 2 \\r\n\\print", "select 1;\n"),
    ],
)
def test_the_statement_so_far_is_shown(script: str, expected: str) -> None:
    assert printed(script) == expected


def test_no_step_is_lost_before_the_end() -> None:
    steps = steps_of("select 1 \\gset a more\n\\quit more")
    assert [type(step) for step in steps] == [Print, Query, Print, Quit]
