"""Which statements commit by themselves, and so can neither be in a transaction nor be rolled back."""

from collections.abc import Callable

from pgassay.parse.sql.grammar import Node
from pgassay.parse.sql.nodes import enum_name, options

DETACHES = "DETACH PARTITION CONCURRENTLY commits on its own"


def _index(node: Node) -> str:
    return "CREATE INDEX CONCURRENTLY commits on its own, more than once" if node.concurrent else ""


def _drop(node: Node) -> str:
    return "DROP INDEX CONCURRENTLY commits on its own" if node.concurrent else ""


def _reindex(node: Node) -> str:
    if any(name == "concurrently" for name, _ in options(node.params)):
        return "REINDEX CONCURRENTLY commits on its own, more than once"
    whole = enum_name(node, "kind").removeprefix("REINDEX_OBJECT_")
    return f"REINDEX {whole} commits after each table" if whole in ("SCHEMA", "SYSTEM", "DATABASE") else ""


def _cluster(node: Node) -> str:
    return "" if node.HasField("relation") else "CLUSTER of every table commits after each of them"


COMMITS_ALONE: dict[str, Callable[[Node], str]] = {
    "IndexStmt": _index,
    "DropStmt": _drop,
    "ReindexStmt": _reindex,
    "ClusterStmt": _cluster,
}
"""By the kind of a statement, what says in a clause why this one does; empty where it does not."""
