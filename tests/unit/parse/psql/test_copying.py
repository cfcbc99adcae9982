import pytest

from pgassay.parse.psql.script_error import OpenData
from pgassay.parse.psql.steps import ClientCopy, CommandError, Query
from script_steps import error_of, reader_of, steps_of


@pytest.mark.parametrize(
    ("script", "data", "following"),
    [
        ("copy t from stdin;\n1\n2\n\\.\nselect 2;", "1\n2\n", "select 2;"),
        ("copy t from stdin;\n\\.\nselect 2;", "", "select 2;"),
        ("copy t from stdin;\n\\\\.\n \\.\n\\.x\n\\.\nselect 2;", "\\\\.\n \\.\n\\.x\n", "select 2;"),
        ("copy t from stdin;\r\n1\r\n\\.\r\nselect 2;", "1\r\n", "select 2;"),
        ("copy t from stdin;\n'\n$$\n/*\n\\echo\n\\.\nselect 2;", "'\n$$\n/*\n\\echo\n", "select 2;"),
        ("copy t from stdin; select 2;\n1\n\\.\n", "1\n", "select 2;"),
        ("copy t from stdin; select\n1\n\\.\n\n2;", "1\n", "select\n2;"),
        ("copy t from stdin; -- why\n1\n\\.\nselect 2;", "1\n", "select 2;"),
        ("copy t from stdin \\g\n1\n\\.\nselect 2;", "1\n", "select 2;"),
        ("copy t from stdin; \\echo\n1\n\\.\nselect 2;", "1\n", "select 2;"),
        (":c\n1\n\\.\nselect 2;", "1\n", "select 2;"),
        ("copy t from stdin;\n1\n\\.", "1\n", None),
    ],
)
def test_the_data_of_a_copy_are_taken_out(script: str, data: str, following: str | None) -> None:
    reader = reader_of(script, variables={"c": "copy t from stdin;"})
    first = reader.next_step()
    assert isinstance(first, Query)

    assert reader.copy_data() == data

    rest = [step for step in iter(reader.next_step, None) if isinstance(step, Query)]
    assert [step.text for step in rest] == ([] if following is None else [following])


def test_what_is_not_asked_for_is_read_as_sql() -> None:
    texts = [
        step.text
        for step in iter(reader_of("copy t from stdin;\n1;\n").next_step, None)
        if isinstance(step, Query)
    ]
    assert texts == ["copy t from stdin;", "1;"]


def test_a_compound_may_have_several() -> None:
    reader = reader_of("copy a from stdin\\; copy b from stdin;\n1\n\\.\n2\n\\.\nselect 1;")
    reader.next_step()

    assert (reader.copy_data(), reader.copy_data()) == ("1\n", "2\n")
    step = reader.next_step()
    assert isinstance(step, Query)
    assert (step.text, step.place.line) == ("select 1;", 6)


def test_a_line_may_have_several() -> None:
    reader = reader_of("copy a from stdin; copy b from stdin; select 0;\n1\n\\.\n\n\\.\nselect 1;")
    reader.next_step()
    first = reader.copy_data()
    reader.next_step()
    second = reader.copy_data()

    assert (first, second) == ("1\n", "\n")
    rest = [step for step in iter(reader.next_step, None) if isinstance(step, Query)]
    assert [(step.text, step.place.line) for step in rest] == [("select 0;", 1), ("select 1;", 6)]


@pytest.mark.parametrize(
    ("arguments", "statement", "source", "standard"),
    [
        ("t from 'a file.csv'", "COPY  t FROM STDIN ", "a file.csv", False),
        ("t from a.csv csv", "COPY  t FROM STDIN csv", "a.csv", False),
        (
            "t (a,b) from stdin with (format csv)",
            "COPY  t ( a,b ) FROM STDIN with (format csv)",
            "stdin",
            True,
        ),
        ("public . t FROM  'it''s'   csv", "COPY  public.t FROM STDIN   csv", "it's", False),
        ('"a b"."c"(x) from PSTDIN', 'COPY  "a b"."c" ( x ) FROM STDIN ', "pstdin", True),
        ("binary t from x", "COPY binary t FROM STDIN ", "x", False),
        ("t to stdout;", "COPY  t TO STDOUT ;", "stdout", True),
        ("(select ')' , (1)) to 'x' csv", "COPY  ( select ')' , ( 1 ) ) TO STDOUT csv", "x", False),
        ("t to :v", "COPY  t TO STDOUT ", ":v", False),
    ],
)
def test_copy_on_this_side_is_taken_apart(
    arguments: str, statement: str, source: str, standard: bool
) -> None:
    script = f"\\copy {arguments}\n\\.\nselect 1;" if source == "stdin" else f"\\copy {arguments}"
    step = steps_of(script, variables={"v": "x"})[0]
    assert isinstance(step, ClientCopy)
    assert (step.statement, step.source, step.standard) == (statement, source, standard)
    assert step.from_server == ("TO STDOUT" in statement)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("", "arguments required"),
        ("t", "parse error at end of line"),
        ("t into x", 'parse error at "into"'),
        ("t from", "parse error at end of line"),
        ("(select 1 to x", "parse error at end of line"),
        ("t. from x", 'parse error at "x"'),
        ("t (a from x", "parse error at end of line"),
    ],
)
def test_copy_on_this_side_can_be_wrong(arguments: str, message: str) -> None:
    (step,) = steps_of(f"\\copy {arguments}")
    assert isinstance(step, CommandError)
    assert step.message == f"\\copy: {message}"


def test_copy_on_this_side_can_have_its_data_in_the_script() -> None:
    reader = reader_of("\\copy t from stdin csv\n1,2\n\\.\nselect 1;")
    assert isinstance(reader.next_step(), ClientCopy)
    assert reader.copy_data() == "1,2\n"
    assert isinstance(reader.next_step(), Query)
    assert isinstance(error_of("\\copy t from stdin\n1"), OpenData)


def test_the_rest_of_a_script_is_known() -> None:
    reader = reader_of("select 1;\n \nselect 2;\n\n")
    left = []
    while reader.next_step() is not None:
        left.append(reader.leaves_rest)
    assert left == [True, False]
