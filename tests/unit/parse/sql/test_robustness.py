"""No text crashes the reader, and none becomes harmless by being odd."""

from hypothesis import given, settings
from hypothesis import strategies as st

from pgassay.model.place import Place
from pgassay.parse.sql.finding import Verdict
from pgassay.parse.sql.grammar import kind, statements, walk
from pgassay.parse.sql.judge import judge_statement
from unit.parse.sql.judging import in_block, known, stopped

WORDS = st.sampled_from(
    [
        "select",
        "from",
        "where",
        "(",
        ")",
        ",",
        ";",
        "'",
        '"',
        "$$",
        "$a$",
        "--",
        "/*",
        "*/",
        "E'",
        "U&'",
        "\\",
        "commit",
        "begin",
        "end",
        "do",
        "execute",
        "format",
        "if",
        "then",
        "loop",
        "into",
        "values",
        "lives_ok",
        "app.users",
        "truncate",
        ":=",
        "=",
        "::",
        "||",
        "1",
        "null",
        "pg_temp.f",
        "create",
        "function",
        "as",
        "language",
        "plpgsql\n",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(), st.lists(WORDS).map(" ".join)))
def test_any_text_gives_findings(text: str) -> None:
    around = known()
    for each in (text, f"do $do$ begin {text}; end $do$", f"do $do$ begin execute {text}; end $do$"):
        for found in judge_statement(each, place=Place(path="a", line=1), known=around):
            assert found.what


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet=st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=20))
def test_a_comment_or_a_string_in_front_hides_nothing(text: str) -> None:
    comment = text.replace("*/", "").replace("/*", "").rstrip("*/")
    for each in (
        f"/* {comment} */ truncate app.users",
        f"select '{text.replace(chr(39), '')}'; truncate app.users",
    ):
        assert stopped(each), each


def test_what_is_too_much_for_the_parser_is_refused() -> None:
    for text in (
        "select " + "(" * 20000 + "1" + ")" * 20000,
        "select 1\0; commit",
        "select '\ud800'",
        "selec 1",
    ):
        assert stopped(text) == {"unreadable"}


def test_what_is_nested_deeply_is_still_read() -> None:
    deep = "select " + "(select " * 200 + "{}" + ")" * 200
    assert stopped(deep.format(1)) == set()
    assert stopped(deep.format("pg_terminate_backend(1)")) == {"outside_effects"}
    long = " || ".join(["'a'"] * 150)
    assert stopped(f"select is({long}, 'a')") == set()


def test_blocks_in_one_another_have_an_end() -> None:
    text = "null"
    for depth in range(40):
        text = f"do $d{depth}$ begin {text}; end $d{depth}$"
    assert stopped(text) == {"unreadable"}
    assert stopped(in_block("null")) == set()


def test_texts_that_become_too_many_are_refused() -> None:
    columns = " || ".join(f"(case when a then '{n}' else '' end)" for n in range(20))
    assert stopped(in_block(f"execute 'select 1' || {columns}")) == {"unreadable"}


def test_a_walk_meets_each_node_before_what_is_below_it() -> None:
    (node,) = statements("select f(g(1)), (select h(2) from t) from u where i(3)")
    calls = [each.funcname[0].string.sval for each in walk(node) if kind(each) == "FuncCall"]
    assert calls == ["f", "g", "h", "i"]
    assert judge_statement("", place=Place(path="a", line=1), known=known()) == ()
    assert Verdict.REFUSED.severity > Verdict.REWRITTEN.severity > Verdict.ALLOWED.severity
