"""Plans as values: the same for the same plan, whatever it cost."""

import json
from copy import deepcopy
from typing import Any

import pytest

from pgassay.parse.plan import read_plan

SCAN: dict[str, Any] = {
    "Node Type": "Index Scan",
    "Parallel Aware": False,
    "Index Name": "contacts_pkey",
    "Scan Direction": "Forward",
    "Relation Name": "contacts",
    "Schema": "crm",
    "Total Cost": 8.3,
    "Plan Rows": 1,
    "Actual Rows": 1,
    "Shared Hit Blocks": 3,
    "Shared Read Blocks": 1,
}
JOIN: dict[str, Any] = {
    "Node Type": "Nested Loop",
    "Join Type": "Inner",
    "Actual Rows": 7,
    "Shared Hit Blocks": 10,
    "Shared Read Blocks": 4,
    "Temp Written Blocks": 2,
    "Plans": [
        SCAN,
        {"Node Type": "Result", "Parent Relationship": "InitPlan", "Subplan Name": "InitPlan 1"},
    ],
}


def plan(root: dict[str, Any]) -> Any:
    return read_plan(json.dumps([{"Plan": root}]))


def test_a_plan_has_its_nodes_and_what_they_cost() -> None:
    found = plan(JOIN)
    assert [(each.depth, each.what, each.relation) for each in found.nodes] == [
        (0, "Nested Loop Inner", ""),
        (1, "Index Scan contacts_pkey", "crm.contacts"),
        (1, "Result InitPlan 1 (InitPlan)", ""),
    ]
    assert (found.shared_blocks, found.temp_blocks, found.rows) == (14, 2, 7)
    assert (found.relations, found.scanned) == ({"crm.contacts"}, frozenset())


def test_costs_and_counts_do_not_make_another_plan() -> None:
    other = deepcopy(JOIN)
    other["Plans"][0] |= {"Total Cost": 99, "Plan Rows": 5, "Actual Rows": 5, "Shared Hit Blocks": 50}
    assert plan(other).digest == plan(JOIN).digest


@pytest.mark.parametrize(
    "change",
    [
        {"Index Name": "another"},
        {"Node Type": "Seq Scan"},
        {"Parallel Aware": True},
        {"Relation Name": "people"},
        {"Schema": "archive"},
        {"Scan Direction": "Backward"},
    ],
)
def test_what_is_read_and_how_does(change: dict[str, object]) -> None:
    assert plan(SCAN | change).digest != plan(SCAN).digest


def test_an_init_plan_that_is_gone_makes_another_plan() -> None:
    other = deepcopy(JOIN)
    del other["Plans"][1]["Parent Relationship"]
    assert plan(other).digest != plan(JOIN).digest


def test_a_table_read_as_a_whole_is_known() -> None:
    assert plan(SCAN | {"Node Type": "Seq Scan", "Index Name": None}).scanned == {"crm.contacts"}


@pytest.mark.parametrize("text", ["", "{}", "[]", "[{}]", "null", "Seq Scan on x"])
def test_what_is_no_plan_is_said(text: str) -> None:
    with pytest.raises(ValueError, match=r"EXPLAIN|Expecting"):
        read_plan(text)
