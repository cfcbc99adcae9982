"""Roles, databases and configuration belong to the server: a rehearsal on it would change them for all."""

from collections.abc import Iterator

from pgassay.migrate.hazard import Case, Hazard
from pgassay.migrate.transactions import reaches_beyond
from pgassay.model.migration_plan import HazardFound
from pgassay.parse.sql.grammar import Node


def _judge(node: Node, case: Case) -> Iterator[HazardFound]:
    if node in case.statement.nodes and reaches_beyond(node):
        yield case.caution(
            "It changes the server, not only this database, so it is rehearsed on a server of its own.",
            "pgassay migrate rehearse --on embedded",
        )


HAZARD = Hazard(
    title="beyond the database",
    kinds=(
        "CreateRoleStmt",
        "AlterRoleStmt",
        "AlterRoleSetStmt",
        "DropRoleStmt",
        "GrantRoleStmt",
        "AlterSystemStmt",
        "AlterDatabaseStmt",
        "CreatedbStmt",
        "DropdbStmt",
        "CreateTableSpaceStmt",
        "DropTableSpaceStmt",
        "CreateSubscriptionStmt",
        "AlterSubscriptionStmt",
        "DropSubscriptionStmt",
    ),
    judge=_judge,
)
