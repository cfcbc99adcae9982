"""No script makes the reader fail in a way of its own, or take more time than its length explains."""

import re

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pgassay.parse.psql.script_error import ScriptError
from pgassay.parse.psql.steps import Query, Step
from script_steps import reader_of, steps_of, wants_data

_PIECES = (
    "select", "1", " ", "\n", "\n\n", "\r\n", ";", ",", "'", "''", "'a;b'", '"', '"x;"', "$$", "$a$",
    "$1", "a$b$", "(", ")", "--", "-- c;\n", "/*", "*/", "/* ; */", "E'", "e'a\\'b'", "\\;", "\\:",
    "\\", "\\\\", "\\echo a", "\\echo 'a\n", "\\p\n", "\\r\n", "\\g\n", "\\gset p_\n", "\\gx",
    "\\if on\n", "\\if :v\n", "\\elif on\n", "\\else\n", "\\endif\n", ":v", ":'v'", ':"v"', ":{?v}",
    "::", ":=", "\\set v ';'\n", "\\set v '''' q\n", "\\set w :v:w\n", ":w", "\\set v '\\\\echo :w'\n",
    "\\unset v\n", "create", "or", "replace", "function", "begin", "end", "case", "u&'", "b'", "`",
    "\\q\n", "\\i loop\n", "\\i part\n", "\\ir missing\n", "\\zzz\n", "copy t from stdin;", "1\t2\n",
    "\\.\n", "\\copy t from stdin\n", "\\copy (", "\\pset null x\n", "\\o f\n", "\\t\n",
    "\\restrict a\n", "\\unrestrict a\n", "\ufeff", "é", "\0", "\\encoding\n", "\\c\n", "[1:v]", "\f",
    "\x1f",
)  # fmt: skip
_FILES = {"part": "select :v; \\set v 1\n\\if on\n", "loop": "select 1;\n\\i loop\n", "tests/part": "'"}

scripts = st.lists(st.sampled_from(_PIECES) | st.text(max_size=8), max_size=40).map("".join)


def _read(script: str, *, standard: bool) -> list[Step]:
    """Read as far as can be, and check what holds for every script on the way."""
    reader = reader_of(script, variables={"v": "1"}, files=dict(_FILES))
    reader.standard_conforming_strings = standard
    steps: list[Step] = []
    for _ in range(3 * len(script) + 1000):
        try:
            step = reader.next_step()
            if step is None:
                return steps
            if wants_data(step):
                reader.copy_data()
        except ScriptError as error:
            assert error.place.line >= 1
            if not error.recoverable:
                return steps
        else:
            steps.append(step)
    raise AssertionError("there is no end to the steps")


def _check(script: str, *, standard: bool) -> None:
    try:
        steps = _read(script, standard=standard)
    except ScriptError as error:
        assert "NUL" in error.message
        return
    lines = script.count("\n") + 1
    for step in steps:
        assert 1 <= step.place.line <= lines + 10
        if isinstance(step, Query):
            assert step.place.line <= step.end_line or step.place.path != "tests/script.sql"
            assert all(step.line_of(offset) >= 1 for offset in range(0, min(len(step.text), 400), 7))
            assert step.control is not None


@given(scripts, st.booleans())
@example("copy t from stdin;\\copy t from stdin\n\\.\n\\.\n", True)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_script_can_be_read(script: str, standard: bool) -> None:
    _check(script, standard=standard)


@pytest.mark.soak
@given(scripts, st.booleans())
@settings(max_examples=50_000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_script_can_be_read_for_long(script: str, standard: bool) -> None:
    _check(script, standard=standard)


_SQL = (
    "select", " ", "\n", ";", ";\n", "1", "'a;\n\nb'", '"x;"', "$$;\n\n$$", "$a$'$a$", "(", ")",
    "-- c;\n", "/* ; */", "/*/*;*/*/", "e'a''b'", "a$b$", "::", "create function", "begin", "end",
    "u&'x'", "--\n", ":", ":zz", "\t",
)  # fmt: skip


def _sql_only(script: str) -> str:
    """Drop white space and line comments, which may go; all else must stay."""
    return re.sub(r"\s+|--[^\n]*", "", script)


@given(st.lists(st.sampled_from(_SQL), max_size=60).map(" ".join))
@settings(max_examples=150, deadline=None)
def test_no_sql_is_lost(script: str) -> None:
    try:
        steps = steps_of(script)
    except ScriptError:
        return
    texts = [step.text for step in steps if isinstance(step, Query)]

    assert len(texts) == len(steps)
    assert _sql_only("".join(f"{text}\n" for text in texts)) == _sql_only(script)


_UNITS = (
    "(", ")", "'", '"', "/*", "*/", "\\", "\\\n", ":'", ":", "$", "$a", "$$", "$a$ ", "e'", "e'\\",
    "--", "-", "/", "a", "(a,", "('", "((a)", "(/*", "($a$", "\n\n", "x\n\n", "1e", "é", ":a", ":{?",
    "u&'", "[", "\r", "x \\echo\n", "create function f() begin ", "\\;", "\\if on\n", "\\else\n",
    "\\echo 'a\n",
)  # fmt: skip


@pytest.mark.parametrize("unit", _UNITS)
def test_long_repetition_is_read_to_its_end(unit: str) -> None:
    """Reading is linear: what went back over the text at each step would not end within hours."""
    _check(unit * (100_000 // len(unit)), standard=True)


@pytest.mark.soak
@pytest.mark.parametrize("unit", _UNITS)
def test_very_long_repetition_is_read_to_its_end(unit: str) -> None:
    _check(unit * (1_000_000 // len(unit)), standard=False)
