"""A constraint that is to hold at once has all rows read, while others wait to write."""

from collections.abc import Iterator

from pgassay.migrate.hazard import Case, Hazard, commands, shown
from pgassay.model.migration_plan import HazardFound
from pgassay.parse.sql.grammar import Node
from pgassay.parse.sql.nodes import enum_name

_NOT_VALID = "Add it NOT VALID, and VALIDATE CONSTRAINT in a later migration."
_USING = "CREATE UNIQUE INDEX CONCURRENTLY first, and ADD CONSTRAINT … USING INDEX in a later migration."


def _judge(node: Node, case: Case) -> Iterator[HazardFound]:
    table = shown(node.relation)
    for _, constraint in commands(node, "AT_AddConstraint"):
        what = enum_name(constraint, "contype")
        if what == "CONSTR_FOREIGN" and not constraint.skip_validation:
            other = shown(constraint.pktable)
            sentence = f"Nobody can write to {table} or {other} while all rows of {table} are looked up."
            yield from case.by_size(node.relation, sentence, _NOT_VALID)
        elif what == "CONSTR_CHECK" and not constraint.skip_validation:
            sentence = f"Nobody can use {table} while all of its rows are checked."
            yield from case.by_size(node.relation, sentence, _NOT_VALID)
        elif what in ("CONSTR_UNIQUE", "CONSTR_PRIMARY") and not constraint.indexname:
            sentence = f"Nobody can use {table} while the index of the constraint is built."
            yield from case.by_size(node.relation, sentence, _USING)
        elif what == "CONSTR_EXCLUSION":
            sentence = f"Nobody can use {table} while the index of the constraint is built."
            yield from case.by_size(node.relation, sentence)


HAZARD = Hazard(title="a constraint that is validated at once", kinds=("AlterTableStmt",), judge=_judge)
