"""Keeps what access checks found, and gives back the last one's verdict."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pgassay.model.access import AccessPlan, AccessVerdict, Difference, Reach, RelationAccess
from pgassay.pg.connection import Connection
from pgassay.store.schema import opened


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredAccess:
    """The outcome of a stored access check.

    ``verdict`` is ``same``, ``differs``, ``saved`` or ``no baseline``; ``ground`` is where it was tried, and
    ``opened`` counts the cells that allow more than the baseline does.
    """

    id: UUID
    started_at: datetime
    verdict: str
    ground: str
    verified: int
    not_verified: int
    opened: int


def add_access_run(
    connection: Connection,
    plan: AccessPlan,
    relations: Sequence[RelationAccess],
    verdict: AccessVerdict,
    *,
    elapsed_s: float,
) -> None:
    """Write an access check.

    Raises:
        Unavailable: the store cannot be written.
    """
    differences = verdict.differences
    listed = None if differences is None else json.dumps([_difference(each) for each in differences])
    with opened(connection) as begun:
        begun.run(
            "add_access_run",
            id=plan.id,
            started_at=plan.started_at,
            elapsed_s=elapsed_s,
            target=plan.target,
            database=plan.database,
            server_version=plan.server_version,
            ground=plan.ground.value,
            verdict=_word(verdict),
            baseline=verdict.saved or verdict.baseline or None,
            relations=len(relations),
            identities=[each.name for each in plan.identities],
            verified=verdict.verified,
            not_verified=verdict.not_verified,
            opened=sum(each.opened for each in differences or ()),
            differences=listed,
            matrix=json.dumps(_matrix(relations)),
        )


def last_access_run(connection: Connection, database: str) -> StoredAccess | None:
    """Give the newest access check of a database.

    Raises:
        Unavailable: the store cannot be read.
    """
    with opened(connection) as begun:
        for row in begun.run("last_access_run", database=database):
            id_, started_at, verdict, ground, verified, not_verified, opened_ = row
            return StoredAccess(
                id=id_,
                started_at=started_at,
                verdict=verdict,
                ground=ground,
                verified=verified,
                not_verified=not_verified,
                opened=opened_,
            )
    return None


def _word(verdict: AccessVerdict) -> str:
    if verdict.interrupted:
        return "interrupted"
    if verdict.saved:
        return "saved"
    if verdict.differences is None:
        return "no baseline"
    return "differs" if verdict.differences else "same"


def _difference(found: Difference) -> dict[str, str | bool]:
    return {
        "relation": found.entry.relation,
        "identity": found.entry.identity,
        "action": found.entry.action.value,
        "before": found.before.value,
        "after": found.after.value,
        "opened": found.opened,
    }


def _matrix(relations: Sequence[RelationAccess]) -> dict[str, dict[str, dict[str, str]]]:
    return {
        each.relation: {
            identity: {cell.action.value: cell.reach.value for cell in cells if cell.reach is not Reach.NO}
            for identity, cells in each.rows
        }
        for each in relations
    }
