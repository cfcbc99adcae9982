"""What a block or a procedure sends is not seen before it runs; the rehearsal sees what it does."""

from collections.abc import Iterator

from pgassay.migrate.hazard import Case, Hazard
from pgassay.model.migration_plan import HazardFound
from pgassay.parse.sql.grammar import Node, kind, unwrap
from pgassay.parse.sql.nodes import option_text


def _judge(node: Node, case: Case) -> Iterator[HazardFound]:
    if kind(node) == "CallStmt":
        yield case.caution("What the procedure does is not seen here; it must not commit.")
        return
    text = " ".join(option_text(unwrap(each).arg) for each in node.args if unwrap(each).defname == "as")
    if "execute" in text.lower():
        yield case.caution("The block makes statements as it runs; what they are is not seen here.")


HAZARD = Hazard(title="statements that are not seen", kinds=("DoStmt", "CallStmt"), judge=_judge)
