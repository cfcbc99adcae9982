"""A file that sets its own limits overrides those that keep an application from waiting."""

from collections.abc import Iterator

from pgassay.migrate.hazard import Case, Hazard
from pgassay.model.migration_plan import HazardFound
from pgassay.parse.sql.grammar import Node

_LIMITS = ("lock_timeout", "statement_timeout", "idle_in_transaction_session_timeout")


def _judge(node: Node, case: Case) -> Iterator[HazardFound]:
    if node.name in _LIMITS:
        yield case.caution(
            f"It sets {node.name} itself; from there on, that counts instead of [migrate].",
            f"Leave it out: [migrate] sets {node.name}, and tries again.",
        )


HAZARD = Hazard(title="limits of its own", kinds=("VariableSetStmt",), judge=_judge)
