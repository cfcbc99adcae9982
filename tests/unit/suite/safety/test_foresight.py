"""A whole file is read before anything of it is sent; what only a query will tell is left for later."""

from pgassay.model.suite import Problem
from pgassay.parse.sql.policy import Policy
from pgassay.parse.sql.surroundings import Relation
from pgassay.suite.safety.catalog import Catalog
from pgassay.suite.safety.foresight import foresee
from pgassay.suite.safety.reading import Reading
from pgassay.suite.safety.settings import SafetySettings
from pgassay.suite.script import Script


def _foreseen(text: str, **variables: str) -> tuple[Problem, ...]:
    catalog = Catalog(
        routines={},
        relations={"t": (Relation(schema="public", name="t"),)},
        schemas=frozenset({"public"}),
        types=frozenset(),
        extensions=frozenset(),
        lesser_roles=frozenset(),
        path=("public",),
        settings=SafetySettings(),
        overrides=Policy(),
    )
    return foresee(Script("a.sql", text), dict(variables), Reading(catalog))


def _lines(text: str, **variables: str) -> list[int]:
    return [each.place.line for each in _foreseen(text, **variables) if each.place is not None]


def test_a_harmless_file_is_foreseen_as_such() -> None:
    assert _lines("begin;\nselect plan(1);\ninsert into t values (1);\nselect ok(true);\nrollback;\n") == []


def test_every_statement_that_does_harm_is_told_with_its_line() -> None:
    assert _lines("begin;\nselect 1;\ntruncate t;\nvacuum;\n") == [3, 4]


def test_known_variables_are_put_in() -> None:
    text = "select 1;\n:what t;\n"
    assert _lines(text, what="truncate") == [2]
    assert _lines(text, what="table") == []


def test_a_value_that_is_not_known_yet_is_left_to_the_gate() -> None:
    assert _lines("select 'truncate t' as what \\gset\n:what;\ntruncate t;\n") == [3]


def test_no_branch_hides_harm() -> None:
    assert _lines("\\if false\ntruncate t;\n\\endif\nselect 1;\n") == [2]


def test_data_are_no_statements() -> None:
    assert _lines("copy t from stdin;\ntruncate t;\n\\.\nvacuum;\n") == [4]


def test_several_statements_in_one_message_and_other_sessions_are_refused() -> None:
    assert _lines("select 1 \\; select 2;\n\\c other\nprepare transaction 'x';\n") == [1, 2, 3]


def test_a_refusal_says_how_to_write_it() -> None:
    (problem,) = _foreseen("truncate t;\n")
    assert problem.detail[0].endswith(".") and "truncate t;" in problem.detail[1]
    assert "strong_locks" in problem.detail[2]
