"""An access matrix as one JSON document. Its names and shapes are public."""

from dataclasses import dataclass

import msgspec

from pgassay.model.access import Cell
from pgassay.report.access.record import AccessRecord
from pgassay.report.access.words import difference_sentence

_FORMAT = "pgassay.access/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class CellEntry:
    """One action: how far it goes, on how many of the rows tried, and what stood in the way."""

    reach: str
    reached: int
    tried: int
    reason: str
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationEntry:
    """One relation: by identity, by action."""

    relation: str
    kind: str
    identities: dict[str, dict[str, CellEntry]]


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityEntry:
    """Who tried."""

    name: str
    role: str
    claims: str
    settings: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferenceEntry:
    """A cell that is not as in the baseline."""

    relation: str
    identity: str
    action: str
    before: str
    after: str
    opened: bool
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessDocument:
    """A check: ``exit`` is the process's exit code, ``differences`` null where there was no baseline."""

    format: str
    check: str
    exit: int
    target: str
    database: str
    server_version: str
    ground: str
    elapsed_s: float
    baseline: str
    saved: str
    verified: int
    not_verified: int
    identities: tuple[IdentityEntry, ...]
    differences: tuple[DifferenceEntry, ...] | None
    warnings: tuple[str, ...]
    relations: tuple[RelationEntry, ...]


def access_document(record: AccessRecord) -> str:
    """Write a check as JSON."""
    plan, verdict = record.plan, record.verdict
    document = AccessDocument(
        format=_FORMAT,
        check=str(plan.id),
        exit=int(verdict.exit),
        target=plan.target,
        database=plan.database,
        server_version=plan.server_version,
        ground=plan.ground,
        elapsed_s=round(record.elapsed_s, 3),
        baseline=verdict.baseline,
        saved=verdict.saved,
        verified=verdict.verified,
        not_verified=verdict.not_verified,
        identities=tuple(
            IdentityEntry(name=each.name, role=each.role, claims=each.claims, settings=dict(each.settings))
            for each in plan.identities
        ),
        differences=_differences(record),
        warnings=tuple(each.sentence for each in record.warnings),
        relations=tuple(
            RelationEntry(
                relation=each.relation,
                kind=each.kind,
                identities={
                    identity: {cell.action.value: _cell(cell) for cell in cells}
                    for identity, cells in each.rows
                },
            )
            for each in record.relations
        ),
    )
    return msgspec.json.encode(document).decode()


def _cell(cell: Cell) -> CellEntry:
    return CellEntry(
        reach=cell.reach,
        reached=cell.reached,
        tried=cell.tried,
        reason=cell.reason,
        statements=tuple(each.statement for each in cell.attempts),
    )


def _differences(record: AccessRecord) -> tuple[DifferenceEntry, ...] | None:
    if record.verdict.differences is None:
        return None
    return tuple(
        DifferenceEntry(
            relation=each.entry.relation,
            identity=each.entry.identity,
            action=each.entry.action,
            before=each.before,
            after=each.after,
            opened=each.opened,
            sentence=difference_sentence(each),
        )
        for each in record.verdict.differences
    )
