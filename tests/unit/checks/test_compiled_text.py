"""The pure parts of compiling checks into SQL."""

import json
from datetime import date
from uuid import UUID

import pytest

from pgassay.checks.compiled.compile import compile_functions
from pgassay.checks.compiled.configuration import configuration
from pgassay.checks.compiled.text import dollar_quoted, placed
from pgassay.checks.load import builtin, parse_check
from pgassay.checks.plan import make_plan
from pgassay.checks.settings import ChecksSettings, GivenParameter, Waiver
from pgassay.model.check import Area
from pgassay.pg.query import parse_query

_RUN = UUID(int=1)
NOW_AND_LATER = """-- title: T
-- level: failed
-- since: 17
-- help: H

select 'a' as object, 'b' as detail;

-- examples: none there is nothing to see
"""


def test_parameters_are_replaced_and_what_looks_like_one_is_not() -> None:
    query = parse_query(
        """select :'a', 'it''s $1', "$1", $$ $1 $$, :'b', :'a' -- $1\n/* $1 */""", name="example"
    )

    text = placed(query, lambda name: f"<{name}>")

    assert text == """select <a>, 'it''s $1', "$1", $$ $1 $$, <b>, <a> -- $1\n/* $1 */"""


def test_a_quoted_text_cannot_end_its_quotes() -> None:
    assert dollar_quoted("a $t$ b $t_$", tag="t") == "$t__$a $t$ b $t_$$t__$"


@pytest.mark.parametrize("major", [14, 15, 16, 17, 18])
def test_there_is_a_function_for_every_area_and_version(major: int) -> None:
    functions = compile_functions(builtin(), major=major)

    assert [each.name for each in functions] == [
        "production_health_check",
        "validate_pre_migration_state",
        "validate_post_migration_state",
    ]
    assert all(
        "@checks@" not in each.definition and "'connectivity'" in functions[0].definition
        for each in functions
    )


def test_a_function_takes_the_variant_for_its_server() -> None:
    older, newer = (compile_functions(builtin(), major=major)[0].definition for major in (16, 17))

    assert "checkpoints_req" in older and "checkpoints_req" not in newer
    assert "pg_stat_checkpointer" in newer and "pg_stat_checkpointer" not in older


def test_a_check_for_other_servers_is_listed_without_a_query() -> None:
    check = parse_check(NOW_AND_LATER, path="checks/later.sql", area=Area.HEALTH)

    definition = compile_functions([check], major=15)[0].definition

    assert "'later'" in definition
    assert "It needs PostgreSQL 17 or later; this is 15." in definition
    assert "'b' as detail" not in definition


def configured(settings: ChecksSettings) -> dict[str, object]:
    """The configuration, read from its JSON."""
    plan = make_plan(builtin(), settings, every=builtin(), run=_RUN)
    return {name: json.loads(value) for name, value in configuration(settings, plan).items()}


def test_what_is_not_set_is_not_told() -> None:
    assert configured(ChecksSettings()) == {}


def test_parameters_and_shared_ones_are_told() -> None:
    given = (
        GivenParameter(check="critical_tables", name="tables", value="a.b, c.d", origin=""),
        GivenParameter(check="required_values", name="columns", value=["a.b.c"], origin=""),
        GivenParameter(check="database_size", name="limit_gb", value=2.5, origin=""),
        GivenParameter(check="matching_values", name="rules", value={"a.b.c": "x"}, origin=""),
    )

    found = configured(ChecksSettings(ignored_schemas=("audit",), parameters=given))

    assert found == {
        "checks.ignored_schemas": ["audit"],
        "checks.critical_tables.tables": '{"a.b","c.d"}',
        "checks.required_values.columns": ["a.b.c"],
        "checks.database_size.limit_gb": 2.5,
        "checks.matching_values.rules": {"a.b.c": "x"},
    }


@pytest.mark.parametrize(
    ("pattern", "expression"),
    [
        ("*", "^.*$"),
        ("shop.log?", r"^shop\.log.$"),
        ("[!ab]x[c-e]", "^[^ab]x[c-e]$"),
        ("a[", r"^a\[$"),
        ("a_b c+", r"^a_b c\+$"),
    ],
)
def test_patterns_become_regular_expressions(pattern: str, expression: str) -> None:
    waiver = Waiver(check="dead_*", object=pattern, reason="r", until=date(2031, 1, 2))

    (found,) = json.loads(json.dumps(configured(ChecksSettings(ignore=(waiver,)))["checks.ignore"]))

    assert found["object"] == expression
    assert (found["check"], found["shown"], found["until"]) == ("^dead_.*$", pattern, "2031-01-02")
