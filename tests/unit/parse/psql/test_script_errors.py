import pytest

from pgassay.model.exits import Exit
from pgassay.parse.psql.script_error import OpenData, ScriptError
from script_steps import error_of, reader_of


@pytest.mark.parametrize(
    ("script", "message", "line"),
    [
        ("select 1;\nselect 'a\n\n", "unterminated quoted string", 2),
        ("select e'a\\'", "unterminated quoted string", 1),
        ("select U&'a", "unterminated quoted string", 1),
        ('\nselect "a;', "unterminated quoted identifier", 2),
        ("select\n$$ a; $b$ ", "unterminated quote $$", 2),
        ("select $b$ a; $$;", "unterminated quote $b$", 1),
        ("select 1;\n/* a /* b */ ;", "unterminated comment", 2),
        ("select 1;\n\n/* a", "unterminated comment", 3),
        ("\\if off\n'\n\\endif", "unterminated quoted string", 2),
        ("select 1;\nselect 'a\0b';", "there is a NUL character", 2),
    ],
)
def test_what_is_never_closed_is_named_by_its_line(script: str, message: str, line: int) -> None:
    error = error_of(script)
    assert (error.message, error.place.line, error.recoverable) == (message, line, False)
    assert str(error) == f"tests/script.sql:{line}: {message}"
    assert error.exit_code is Exit.RED


def test_the_error_stays_the_error() -> None:
    reader = reader_of("select 'a")
    for _ in range(2):
        with pytest.raises(ScriptError, match="unterminated"):
            reader.next_step()


def test_an_open_quote_of_an_included_script_is_named_there() -> None:
    assert error_of("\\i a\n", files={"a": "\n'"}).sentence == "a:2: unterminated quoted string"


def test_data_that_never_end_are_named_by_their_copy() -> None:
    error = error_of("select 1;\ncopy t\nfrom stdin;\n1\n\\..\n")
    assert isinstance(error, OpenData)
    assert (error.place.line, error.data) == (3, "1\n\\..\n")


def test_parentheses_left_open_are_for_the_server_to_refuse() -> None:
    reader = reader_of("select (1;")
    assert reader.next_step() is not None
    assert reader.next_step() is None
