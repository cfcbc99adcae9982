"""The evidence of a stored run, checked again: what it says, whether the chain holds, and the verdict.

Everything is taken from the documents as they were stored, and nothing from the run's own tables.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from pgassay.model.evidence import (
    Evidence,
    FileEvidence,
    RunEvidence,
    Standing,
    StoredEvidence,
    broken_links,
    is_closed,
    standing_of,
)
from pgassay.model.exits import Exit
from pgassay.report.words import plural, visible

_FORMAT = "pgassay.evidence/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """A run's chain. ``broken`` has a sentence for each place where it does not hold.

    ``pieces`` are those that can be read.
    """

    run: str
    pieces: tuple[Evidence, ...]
    broken: tuple[str, ...]
    head: str

    @property
    def standing(self) -> Standing:
        """What it all adds up to: one violation outweighs the rest, and a broken chain verifies nothing."""
        found = {standing_of(each) for each in self.pieces}
        if Standing.VIOLATED in found:
            return Standing.VIOLATED
        return (
            Standing.VERIFIED if found == {Standing.VERIFIED} and not self.broken else Standing.NOT_VERIFIED
        )

    @property
    def exit(self) -> Exit:
        """Zero only where everything is verified."""
        return Exit.OK if self.standing is Standing.VERIFIED else Exit.RED


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerDocument:
    """A ledger as ``--json`` prints it."""

    format: str
    run: str
    exit: int
    standing: Standing
    broken: tuple[str, ...]
    sha256: str
    evidence: tuple[Evidence, ...]


def read_ledger(run: str, stored: tuple[StoredEvidence, ...]) -> Ledger:
    """Check a chain, and read what it says."""
    broken = list(broken_links(run, stored))
    if not is_closed(stored):
        broken.append("It has no end: the run was interrupted, or the end was taken away.")
    pieces = [piece for each in stored if (piece := _piece(each)) is not None]
    if len(pieces) < len(stored):
        broken.append("A piece cannot be read.")
    head = stored[-1].sha256 if stored else ""
    return Ledger(run=run, pieces=tuple(pieces), broken=tuple(broken), head=head)


def ledger_document(ledger: Ledger) -> str:
    """Write a ledger as JSON."""
    document = LedgerDocument(
        format=_FORMAT,
        run=ledger.run,
        exit=int(ledger.exit),
        standing=ledger.standing,
        broken=ledger.broken,
        sha256=ledger.head,
        evidence=ledger.pieces,
    )
    return msgspec.json.encode(document).decode()


def ledger_text(ledger: Ledger) -> str:
    """Write a ledger for a person."""
    files = [each for each in ledger.pieces if isinstance(each, FileEvidence)]
    lines = [f"run {ledger.run}: {plural(len(files), 'file')}", ""]
    for each in ledger.pieces:
        lines += _piece_lines(each)
    lines.append("")
    lines += [f"broken: {sentence}" for sentence in ledger.broken]
    lines += [f"sha256 {ledger.head}", str(ledger.standing).upper()]
    return "\n".join(lines)


def touched(evidence: FileEvidence) -> str:
    """Say in a few words what a file touched."""
    written = sum(each.inserted + each.updated + each.deleted for each in evidence.relations)
    parts = [
        plural(len(evidence.relations), "table") if evidence.relations else "",
        f"{plural(written, 'row')} written" if written else "",
        f"{plural(len(evidence.sequences), 'sequence')} advanced" if evidence.sequences else "",
        f"longest wait {evidence.longest_wait_ms} ms" if evidence.waits else "nobody waited",
    ]
    return ", ".join(part for part in parts if part)


def _piece(stored: StoredEvidence) -> Evidence | None:
    kind: type[FileEvidence] | type[RunEvidence]
    try:
        said = json.loads(stored.document)
        kind = FileEvidence if "path" in said else RunEvidence
        return msgspec.convert({**said, "sha256": stored.sha256}, kind)
    except (ValueError, TypeError, msgspec.MsgspecError):
        return None


def _piece_lines(evidence: Evidence) -> Iterator[str]:
    if isinstance(evidence, FileEvidence):
        where = (
            f"{visible(evidence.path)}, attempt {evidence.attempt}"
            if evidence.attempt > 1
            else visible(evidence.path)
        )
        number = f"transaction {evidence.transaction} {evidence.status}".rstrip()
        yield f"{where}: {standing_of(evidence)} ({number}; {touched(evidence)})"
    else:
        yield f"the run as a whole: {standing_of(evidence)}"
    for claim in evidence.claims:
        if claim.standing is not Standing.VERIFIED:
            yield f"  {claim.standing}: {claim.name}: {visible(claim.detail)}"
