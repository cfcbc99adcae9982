"""Reads what ``EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, FORMAT JSON)`` prints.

What makes two plans the same is which nodes read what, through which index, in which order, joined how; not
what they cost, and not how many rows came.
"""

import json
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from pgassay.model.perf import Plan, PlanNode

_TELLING = (
    "Strategy",
    "Join Type",
    "Scan Direction",
    "Index Name",
    "CTE Name",
    "Function Name",
    "Subplan Name",
)


def read_plan(text: str) -> Plan:
    """Read the one plan in a document.

    Raises:
        ValueError: it is no such document.
    """
    document = json.loads(text)
    try:
        root = document[0]["Plan"]
    except (TypeError, KeyError, IndexError) as error:
        raise ValueError("not what EXPLAIN prints as JSON") from error
    nodes = tuple(_nodes(root, 0))
    shape = "\n".join(f"{each.depth} {each.what} {each.relation}" for each in nodes)
    return Plan(
        digest=sha256(shape.encode()).hexdigest()[:16],
        nodes=nodes,
        shared_blocks=int(root.get("Shared Hit Blocks", 0)) + int(root.get("Shared Read Blocks", 0)),
        temp_blocks=int(root.get("Temp Written Blocks", 0)),
        rows=int(root.get("Actual Rows", 0)),
    )


def _nodes(node: dict[str, Any], depth: int) -> Iterator[PlanNode]:
    yield PlanNode(depth=depth, what=_what(node), relation=_relation(node))
    for child in node.get("Plans", ()):
        yield from _nodes(child, depth + 1)


def _what(node: dict[str, Any]) -> str:
    words = ["Parallel"] if node.get("Parallel Aware") else []
    words.append(node["Node Type"])
    words += [str(node[key]) for key in _TELLING if node.get(key) not in (None, "Forward", "Plain")]
    if (kind := node.get("Parent Relationship")) in ("InitPlan", "SubPlan"):
        words.append(f"({kind})")
    return " ".join(words)


def _relation(node: dict[str, Any]) -> str:
    name = node.get("Relation Name")
    return f"{node['Schema']}.{name}" if name and "Schema" in node else str(name or "")
