"""Another type means other bytes in every row, written while nobody can read the table."""

import re
from collections.abc import Iterator

from pgassay.migrate.hazard import Case, Hazard, commands, shown
from pgassay.model.migration_plan import HazardFound
from pgassay.parse.sql.grammar import Node, unwrap
from pgassay.parse.sql.nodes import last_name

_LENGTH = re.compile(r"character varying(?:\((\d+)\))?")
_INSTEAD = "Add a column of the new type, fill it in batches, and change over in a later migration."


def _judge(node: Node, case: Case) -> Iterator[HazardFound]:
    for command, column in commands(node, "AT_AlterColumnType"):
        if not _shares_bytes(case.facts.type_of(node.relation, command.name), column):
            sentence = f"Every row of {shown(node.relation)} is written again for {command.name}."
            yield from case.by_size(node.relation, sentence, _INSTEAD)


def _shares_bytes(before: str | None, column: Node) -> bool:
    """Whether a text gets a type of text that takes as much or more."""
    found = _LENGTH.fullmatch(before or "")
    name = last_name(column.type_name.names)
    if name not in ("text", "varchar") or not (found or before == "text"):
        return False
    limits = [unwrap(each).ival.ival for each in column.type_name.typmods]
    if not limits:
        return True
    return found is not None and found[1] is not None and int(found[1]) <= limits[0]


HAZARD = Hazard(title="ALTER COLUMN … TYPE that writes every row", kinds=("AlterTableStmt",), judge=_judge)
