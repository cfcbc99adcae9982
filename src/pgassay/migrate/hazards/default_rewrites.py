"""A column whose value differs by row is written into every row, while nobody can read the table."""

from collections.abc import Iterator

from pgassay.migrate.hazard import Case, Hazard, commands, shown
from pgassay.model.migration_plan import HazardFound
from pgassay.parse.sql.grammar import Node, kind, unwrap, walk
from pgassay.parse.sql.nodes import enum_name, last_name

_SAME_FOR_ALL = frozenset(
    {"now", "transaction_timestamp", "statement_timestamp", "current_setting", "lower", "upper", "make_date"}
)
_SERIAL = frozenset({"serial", "bigserial", "smallserial", "serial4", "serial8", "serial2"})
_INSTEAD = "Add the column without it, set the default for new rows, and fill the old ones in batches."


def _judge(node: Node, case: Case) -> Iterator[HazardFound]:
    for _, column in commands(node, "AT_AddColumn"):
        why = _why(column)
        if why:
            sentence = f"Every row of {shown(node.relation)} is written again: {why}."
            yield from case.by_size(node.relation, sentence, _INSTEAD)


def _why(column: Node) -> str:
    if last_name(column.type_name.names) in _SERIAL:
        return f"{column.colname} is numbered"
    for constraint in map(unwrap, column.constraints):
        what = enum_name(constraint, "contype")
        if what == "CONSTR_IDENTITY":
            return f"{column.colname} is numbered"
        if what == "CONSTR_GENERATED" and getattr(constraint, "generated_kind", "s") != "v":
            return f"{column.colname} is computed and stored"
        if what == "CONSTR_DEFAULT" and _differs_by_row(constraint.raw_expr):
            return f"the default of {column.colname} may differ by row"
    return ""


def _differs_by_row(expression: Node) -> bool:
    calls = (each for each in walk(unwrap(expression)) if kind(each) == "FuncCall")
    return any(last_name(each.funcname) not in _SAME_FOR_ALL for each in calls)


HAZARD = Hazard(title="ADD COLUMN that writes every row", kinds=("AlterTableStmt",), judge=_judge)
