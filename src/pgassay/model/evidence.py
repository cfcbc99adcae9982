"""What a test file or a whole run left behind on its target, as values that prove themselves.

Each piece of evidence carries the hash of the one before it, and its own over everything it says: who
changes one afterwards, takes one away or moves one, breaks the chain. What was looked at is the suite's
to know; here is only what it found, and how it is written down so that it can be checked again.
"""

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import TypeVar


class Standing(StrEnum):
    """Whether what should hold does."""

    VERIFIED = "verified"
    VIOLATED = "violated"
    NOT_VERIFIED = "not verified"
    """It could not be looked at; that is never taken for a yes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One thing that should hold, what was found, and in ``detail`` a sentence on how that is known."""

    name: str
    standing: Standing
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TouchedRelation:
    """A table that the file's transaction read or wrote, in rows; rolled-back savepoints count, too."""

    name: str
    scans: int = 0
    inserted: int = 0
    updated: int = 0
    deleted: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SequenceMove:
    """A sequence that the file took values from; no rollback gives them back.

    ``before`` and ``after`` are its last values, ``None`` where the role may not see them or there was
    none. Others may have taken values in between.
    """

    name: str
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """Somebody else's session that waited behind a test, at most ``waited_ms`` long."""

    pid: int
    application: str
    relation: str
    mode: str
    waited_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FileEvidence:
    """What one attempt at a file did to its target. ``number`` counts the evidence of a run from 1.

    ``transaction`` is the id of the transaction around the whole file, and ``status`` what the server
    says became of it; both are empty where that is not known. ``functions`` are only known where the
    server counts calls. ``changed_by_others`` are catalogs that other sessions changed meanwhile.
    """

    run: str = ""
    number: int = 0
    path: str
    attempt: int
    at: str
    backend_pid: int = 0
    transaction: str = ""
    status: str = ""
    claims: tuple[Claim, ...] = ()
    relations: tuple[TouchedRelation, ...] = ()
    functions: tuple[str, ...] = ()
    sequences: tuple[SequenceMove, ...] = ()
    changed_by_others: tuple[str, ...] = ()
    waits: tuple[Wait, ...] = ()
    previous: str = ""
    sha256: str = ""

    @property
    def longest_wait_ms(self) -> int:
        """How long at most anybody waited behind the file, as far as was seen."""
        return max((each.waited_ms for each in self.waits), default=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class RunEvidence:
    """The end of the chain: what holds for the run as a whole, and how many pieces come before it."""

    run: str = ""
    number: int = 0
    at: str
    claims: tuple[Claim, ...] = ()
    previous: str = ""
    sha256: str = ""


Evidence = FileEvidence | RunEvidence
E = TypeVar("E", FileEvidence, RunEvidence)


def standing_of(evidence: Evidence) -> Standing:
    """Sum the claims up: one that is violated outweighs all, and nothing claimed is nothing verified."""
    found = {each.standing for each in evidence.claims}
    if Standing.VIOLATED in found:
        return Standing.VIOLATED
    return Standing.VERIFIED if found == {Standing.VERIFIED} else Standing.NOT_VERIFIED


def document_of(evidence: Evidence) -> str:
    """Write evidence as canonical JSON, without its own hash.

    Keys are sorted, there is no white space, and everything beyond ASCII is escaped: equal evidence has
    equal bytes, in any encoding that a database may have.
    """
    said = asdict(evidence)
    del said["sha256"]
    return json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def hash_of(document: str) -> str:
    """Give the SHA-256 of a canonical document, in hexadecimal digits."""
    return hashlib.sha256(document.encode("ascii", "backslashreplace")).hexdigest()


class Chain:
    """Links the evidence of one run, in the order in which it is said."""

    def __init__(self, run: str) -> None:
        self.run = run
        self.length = 0
        self.head = ""

    def link(self, evidence: E) -> E:
        """Give the same evidence with its place in the chain, the hash before it, and its own."""
        self.length += 1
        placed = replace(evidence, run=self.run, number=self.length, previous=self.head, sha256="")
        self.head = hash_of(document_of(placed))
        return replace(placed, sha256=self.head)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredEvidence:
    """Evidence as a store gives it back: the document to the byte, and the hash that was kept beside it."""

    number: int
    document: str
    sha256: str


def broken_links(run: str, stored: tuple[StoredEvidence, ...]) -> tuple[str, ...]:
    """Check a chain from its start; give a sentence for each place where it does not hold."""
    found: list[str] = []
    head = ""
    for place, each in enumerate(stored, start=1):
        said = _read(each.document)
        if hash_of(each.document) != each.sha256:
            found.append(f"Number {each.number} was changed after it was written.")
        if each.number != place or said.get("number") != place:
            found.append(f"Number {place} is missing, or out of its place.")
        if said.get("previous") != head or said.get("run") != run:
            found.append(f"Number {each.number} does not follow from the one before it.")
        head = each.sha256
    return tuple(found)


def is_closed(stored: tuple[StoredEvidence, ...]) -> bool:
    """Whether the chain has its end; without one the run was interrupted, or the end was taken away."""
    return bool(stored) and "path" not in _read(stored[-1].document)


def _read(document: str) -> dict[str, object]:
    try:
        said = json.loads(document)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}
