"""The JSON documents of a mutation check and of a list of mutants. Their names and shapes are public."""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from pgassay.model.mutate import Killer, Mutant
from pgassay.report.mutation.record import MutationRecord, score

_CHECK = "pgassay.mutate/1"
_LIST = "pgassay.mutants/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreEntry:
    """Counts; ``noticed`` is in percent."""

    mutants: int
    killed: int
    timed_out: int
    survived: int
    excused: int
    undecided: int
    not_applicable: int
    noticed: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MutantEntry:
    """One mutant and what became of it; ``excuse`` is the reason why it may survive."""

    id: str
    kind: str
    object: str
    description: str
    ddl: str
    verdict: str
    killer: Killer | None
    message: str
    excuse: str
    elapsed_s: float
    files_run: int
    remembered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckDocument:
    """A check: ``exit`` is the process's exit code; ``red`` are files that are red without any change."""

    format: str
    check: str
    exit: int
    elapsed_s: float | None
    at_least: float
    red: tuple[str, ...]
    score: ScoreEntry
    kinds: dict[str, ScoreEntry]
    mutants: tuple[MutantEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedEntry:
    """One mutant that would be tried."""

    id: str
    kind: str
    object: str
    description: str
    ddl: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListDocument:
    """The mutants that would be tried."""

    format: str
    mutants: tuple[ListedEntry, ...]


def mutation_document(record: MutationRecord) -> str:
    """Write a check as JSON."""
    kinds = sorted({each.mutant.kind for each in record.results})
    document = CheckDocument(
        format=_CHECK,
        check=str(record.plan.id) if record.plan else "",
        exit=int(record.exit),
        elapsed_s=record.elapsed_s,
        at_least=record.plan.at_least if record.plan else 0.0,
        red=tuple(each.baseline.result.file.path for each in record.red),
        score=_score(record),
        kinds={kind: _score(record, kind) for kind in kinds},
        mutants=tuple(_entries(record)),
    )
    return msgspec.json.encode(document).decode()


def list_document(mutants: Sequence[Mutant]) -> str:
    """Write a list of mutants as JSON."""
    entries = tuple(
        ListedEntry(
            id=each.id, kind=each.kind, object=each.object, description=each.description, ddl=each.ddl
        )
        for each in mutants
    )
    return msgspec.json.encode(ListDocument(format=_LIST, mutants=entries)).decode()


def _score(record: MutationRecord, kind: str = "") -> ScoreEntry:
    results = [each for each in record.results if not kind or each.mutant.kind == kind]
    counts = score(results, record.reasons)
    return ScoreEntry(
        mutants=counts.mutants,
        killed=counts.killed,
        timed_out=counts.timed_out,
        survived=counts.survived,
        excused=counts.excused,
        undecided=counts.undecided,
        not_applicable=counts.not_applicable,
        noticed=counts.noticed,
    )


def _entries(record: MutationRecord) -> list[MutantEntry]:
    return [
        MutantEntry(
            id=each.mutant.id,
            kind=each.mutant.kind,
            object=each.mutant.object,
            description=each.mutant.description,
            ddl=each.mutant.ddl,
            verdict=each.verdict.value,
            killer=each.killer,
            message=each.message,
            excuse=record.reasons.get(each.mutant.id, ""),
            elapsed_s=round(each.elapsed_s, 3),
            files_run=each.files_run,
            remembered=each.remembered,
        )
        for each in record.results
    ]
