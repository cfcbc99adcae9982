"""The reader against the real psql: the same messages to the server, the same words to the user.

No PostgreSQL runs here. The psql of each version at hand talks to a server that only takes notes, so text
that no server would accept is compared as well.
"""

import re
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from psql_reading import END_WITHOUT_ENDIF, read_script
from psql_wire import run_psql
from versions import VERSIONS, programs_of

_CASES = Path(__file__).parents[1] / "cases" / "psql"
_SCRIPT = "script.sql"
_TIMES = re.compile(r"^Time: [0-9.]+ ms\n", re.MULTILINE)
"""What ``\\timing`` prints is no part of a test's output."""

_OF_THE_ENGINE = frozenset({
    "error_variables_after_error.sql",  # the variables that tell of the last error
    "meta_fetch_count.sql",  # uses a cursor, where psql before 17 does
    "meta_include_directory.sql",  # opens files
    "var_autocommit_off.sql",  # begins transactions of its own
    "var_autocommit_off_at_end.sql",
    "var_client_version.sql",  # the variables that psql has from the start
    "var_defaults.sql",
    "var_special.sql",
})  # fmt: skip
"""Scripts of the corpus that show what the engine does, not the reader: a new one of these goes here."""


@pytest.fixture(scope="module", params=VERSIONS)
def psql(request: pytest.FixtureRequest) -> Path:
    """The real psql of each version."""
    program = programs_of(request.param) / "psql"
    if not program.exists():
        pytest.skip(f"psql {request.param} is not installed")
    return program


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A private copy of the corpus, because some of its scripts write files."""
    return shutil.copytree(_CASES, tmp_path_factory.mktemp("corpus"), dirs_exist_ok=True)


def _compare(psql: Path, script: str, *, folder: Path, stop: bool = True) -> None:
    theirs = run_psql(psql, script, folder=folder, stop=stop)
    ours, complete = read_script(script, folder=folder, stop=stop)
    if not complete:
        # The reader handed over to psql, or refused to guess what was left open: so far, all is the same.
        assert theirs.messages[: len(ours.messages)] == ours.messages
        assert _TIMES.sub("", theirs.output).startswith(ours.output)
        return
    assert ours.messages == theirs.messages
    assert ours.output == _TIMES.sub("", theirs.output)
    assert ours.complaints == END_WITHOUT_ENDIF.sub("", theirs.complaints)


@pytest.mark.parametrize(
    "script",
    [
        "-- lead\n  /* c */ -- d\nselect 1 -- x\n\n  , 2;\n\n;; \n/* trailing */",
        "select 1\n\\echo hi\n+ 2;\nselect 1\n  \\echo hi\n+2;\n",
        "select E'a'\n'b''c', E'a'\n'b\\'; select 1;\n",
        "\\set q 'a\\\\b''c\"d'\nselect :'q', :\"q\", :{?q}, :{?nope}, :nope, :'nope';\n",
        "\\set v 'select 1; select 2;'\n:v\n:v select 3;\n",
        "\\set q '\\''\nselect :q abc';\n",
        "\\set c '\\\\echo hello'\n:c world\nselect :c\\\\ 1;\n\n:c\n",
        "\\set r ':r x'\nselect :r;\n",
        "copy t from stdin; select 1;\\echo a\n1\n2\n\\.\n\nselect 2;\n",
        "select boom;\nselect 1;\n",
        "copy boom from stdin;\n1;\n\\.\nselect 1;",
        "select 1; \\gset\nselect 2 \\g\n\\g\n",
        "select boom \\gset\n\\echo :ERROR :SQLSTATE :x\nselect 1 \\gset p_\n\\echo :ERROR :p_x :ROW_COUNT\n",
        "\\if false\n\\foo\nselect 1;\n\\endif\nselect 2;\n",
        "select \\if false 1 \\else 2 \\endif ;\n",
        "\\if true\nselect 1;\n",
        "select 1;\n\\else\nselect 1;\n\\elif 1\n\\endif x",
        "\\if true\n\\else\n\\elif true\n\\else\n\\endif\nselect 1;",
        "\\if maybe\nselect 1;\n\\elif 1 a\n\\else\nselect 2;\n\\endif\n",
        "\\if false\n\\echo `date`\n\\set x 'unterminated\nselect :x ;\n\\endif\nselect 1;\n",
        "\\if false\nselect (\n\\endif\nselect 1;select 2;\n",
        "create function f() begin atomic; select case when true then 1 end; select 2; end; select 9;\n",
        "create or replace procedure p() begin atomic select (1;2); end; select 9;\n",
        "create function begin case end; select 1;\n",
        "create function f() begin select 1; \\g\nselect 2; select 3;\n",
        "create /*c*/ or 12 'x' replace function f begin atomic; end; select 2;\n",
        "create schema s create function f() begin atomic; end; select 2;\n",
        "select 1\\; select 2;\nselect a[1:2], b::text, c := :d;\nselect 1 \\;\n",
        "select 1;\nselect 'open;\n",
        "select 1\n   \n",
        "select 1\n\n\n",
        "select '\n\n', $$\n\n$$, /*\n\n*/ \"\n\n\"\n\n;\n",
        "select 1 -- c\rselect 2;\n",
        "select 1\r\n\r\n, 2;\r\n\\echo x\r\n",
        "\ufeffselect é;",
        "/* a /* b */ c */ select 1; /* x\n*/ ; --\n;",
        "select $a$ ;$a$, $1, a$b$c; $b$ ;\n $b$; 1$a$;$a$;",
        "select (1; 2); select ((((((3;4)))))); select 5;\n)select 6;\n",
        "select 1e'\\'; select 2; select $e'\\';'; select 5*-- ;\n@-/*;*/1;",
        "\\copy t (a,b) from stdin with csv\n1,2\n\\.\nselect 1;\n",
        "\\copy (select (1) where a = 'b;c)') to stdout\n",
        "\\copy binary t from stdin  csv;\n\\.\n\\copy \"a b\".\"c\"(x) from stdin with (a)\n\\.\n",
        "\\copy public . t from stdin;\n\\.\n\\copy t foo\n\\copy\n\\copy t\n\\copy t. from x\n",
        "\\echo -n -n a\n\\echo a -n\n\\echo '-n' b\n\\echo -n a 'b  c' \"d e\" :{?x};\n",
        "\\echo a\\\\ select 1;\n\\echo 'it''s' '\\n\\x41\\101' a'b'c \"\" ''\n\\echo a\\n b\nselect 1;\n",
        "\\echo 'abc\nselect 1;\n\\set a 1 2 'x y' \"q\"\n\\echo :a\n\\set 'b c' 1\n",
        "\\set ON_ERROR_STOP maybe\n\\set ON_ERROR_ROLLBACK foo\n\\set ECHO 0\n",
        "\\set FETCH_COUNT x\n\\set VERBOSITY x\n",
        "\\set ON_ERROR_STOP\n\\echo :ON_ERROR_STOP\n\\unset ON_ERROR_STOP\n\\echo :ON_ERROR_STOP\n\\unset\n",
        "\\pset format x\n\\pset foo\n\\pset footer x\n\\t foo\n\\x foo\n",
        "\\timing foo\n\\timing on x\nselect 1;",
        "\\t\nselect 1;\n\\pset footer off\n\\C title\nselect 1;\n\\x\nselect 1;\n",
        "\\f =\n\\x\nselect 1;\n\\t\nselect 1;",
        "select 1 \\g (tuples_only=off)\nselect 1 \\gx\nselect 2 \\g (x=1 null=N)\n",
        "select 3 \\gset pre_\n\\echo :pre_x\n",
        "select 'a' \\gexec\nselect 4 \\gexec foo\n",
        "\\p\nselect 1\n\\p\n;\\p\n\\r\n\\p\nselect 2\n\\r\n;\n",
        "select 1 \\q\nselect 2;",
        "select 1;\\q now\nselect 2;",
        "\\i nope.sql\n\\ir sub/nope.sql\n\\i\nselect 1;",
        "\\restrict abc\n\\echo hi\nselect 1;\n\\unrestrict abc\n\\echo ho",
        "\\\nselect 1;\n\\ x\nselect 2;\n\\foo\\bar\nselect 3;\n\\warn -n oops\n\\qecho hi",
        "\\encoding latin1\nselect 1;",
    ],
)  # fmt: skip
@pytest.mark.parametrize("stop", [True, False], ids=["stop", "go_on"])
def test_a_script_is_read_as_psql_reads_it(psql: Path, script: str, stop: bool, tmp_path: Path) -> None:
    (tmp_path / _SCRIPT).write_bytes(script.encode())
    _compare(psql, _SCRIPT, folder=tmp_path, stop=stop)


def test_included_scripts_are_read_as_psql_reads_them(psql: Path, tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    scripts = {
        _SCRIPT: "select 1 \\i a.sql\n + 2;\n\\ir sub/b.sql\nselect :v;\n\\i sub/d.sql\nselect 7;",
        "a.sql": "select 3;\nselect 4",
        "sub/b.sql": "\\set v 5\n\\ir c.sql\nselect 6 \\q\nselect no;\n",
        "sub/c.sql": "copy t from stdin;\n1\n\\.\n\\else\n\\i sub/nope.sql\n",
        "sub/d.sql": "select 'a;\n",
    }
    for name, text in scripts.items():
        (tmp_path / name).write_text(text)
    _compare(psql, _SCRIPT, folder=tmp_path, stop=False)


@pytest.mark.parametrize("script", sorted({each.name for each in _CASES.glob("*.sql")} - _OF_THE_ENGINE))
def test_the_corpus_is_read_as_psql_reads_it(psql: Path, corpus: Path, script: str) -> None:
    _compare(psql, script, folder=corpus)


_PIECES = (
    "select", "1", "\n", "\n\n", ";", "'", "''", "'a;b'", '"', '"x;"', "$$", "$a$", "$a$;$a$", "$1",
    "a$b$", "(", ")", "--", "-- c;\n", "/*", "*/", "/* ; */", "E'", "e'a\\'b'", "\\;", "\\:",
    "\\echo hi", "\\echo 'a b'\n", "\\\\", "\\p\n", "\\r\n", "\\g\n", "\\gset p_\n", "\\if true\n",
    "\\if false\n", "\\elif on\n", "\\else\n", "\\endif\n", ":v", ":'v'", ':"v"', ":{?v}", ":{?zz}",
    ":zz", "::", ":=", "\\set v 'x y'\n", "\\set v ';'\n", "\\set v '''' q\n", "\\set v '\\\\echo w'\n",
    "\\unset v\n", "\\set w :v :v\n", ":w", "create", "or", "replace", "function", "procedure", "begin",
    "end", "case", "f()", "atomic", "\t", "\r\n", "é", "u&'", 'U&"', "b'", "x'1'", "n'z'", "\\t on\n",
    "\\x bad\n", "\\qecho `", "|", "@-", "+", "/", "*", "<", "\\q\n", "1e'", "\\warn w\n", "\\i no\n",
    "\\zzz\n", "copy t from stdin;", "1\t2\n", "\\.\n", "[1:2]", "{", "boom",
)  # fmt: skip
_scripts = st.lists(st.sampled_from(_PIECES), min_size=2, max_size=25).map(" ".join) | st.lists(
    st.sampled_from(_PIECES), min_size=2, max_size=25
).map("".join)
_fixtures_hold = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@given(script=_scripts, stop=st.booleans())
@settings(max_examples=60, deadline=None, suppress_health_check=_fixtures_hold)
def test_any_script_is_read_as_psql_reads_it(psql: Path, script: str, stop: bool, tmp_path: Path) -> None:
    (tmp_path / _SCRIPT).write_bytes(script.encode())
    _compare(psql, _SCRIPT, folder=tmp_path, stop=stop)


@pytest.mark.soak
@given(script=_scripts, stop=st.booleans())
@settings(max_examples=10_000, deadline=None, suppress_health_check=_fixtures_hold)
def test_many_scripts_are_read_as_psql_reads_them(
    psql: Path, script: str, stop: bool, tmp_path: Path
) -> None:
    (tmp_path / _SCRIPT).write_bytes(script.encode())
    _compare(psql, _SCRIPT, folder=tmp_path, stop=stop)
