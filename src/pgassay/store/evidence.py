"""Keeps the evidence of runs that are safe on production, to the byte, and gives it back."""

import json
from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

import msgspec

from pgassay.model.evidence import E, FileEvidence, RunEvidence, StoredEvidence, document_of
from pgassay.pg.connection import Connection
from pgassay.store.rows import Placed
from pgassay.store.schema import opened
from pgassay.store.session import Transaction


def write_evidence(begun: Transaction, run_id: UUID, waiting: Iterable[Placed]) -> None:
    """Write pieces of a run's chain, as part of the transaction that writes what they are about."""
    for each in waiting:
        begun.run(
            "add_evidence",
            run_id=run_id,
            number=each.evidence.number,
            file_position=each.file_position,
            document=document_of(each.evidence),
            sha256=each.evidence.sha256,
        )


def stored_evidence(connection: Connection, run_id: UUID) -> tuple[StoredEvidence, ...]:
    """Give a run's chain as it is stored, in its order; nothing where the run had none.

    Raises:
        Unavailable: the store cannot be read.
    """
    with opened(connection) as begun:
        rows = begun.run("stored_evidence", run_id=run_id)
    return tuple(
        StoredEvidence(number=number, document=document, sha256=sha256) for number, document, sha256 in rows
    )


def file_evidence(begun: Transaction, run_id: UUID, position: int) -> FileEvidence | None:
    """Give the evidence of one attempt, if there is any that can be read; it may have been changed."""
    for document, sha256 in begun.run("file_evidence", run_id=run_id, file_position=position):
        return _read(document, sha256, FileEvidence)
    return None


def closing_evidence(connection: Connection, run_id: UUID) -> RunEvidence | None:
    """Give the end of a run's chain, if it has one that can be read."""
    with opened(connection) as begun:
        for document, sha256 in begun.run("closing_evidence", run_id=run_id):
            return _read(document, sha256, RunEvidence)
    return None


def _read(document: str, sha256: str, kind: type[E]) -> E | None:
    try:
        return replace(msgspec.convert(json.loads(document), kind), sha256=sha256)
    except (ValueError, msgspec.MsgspecError):
        return None
