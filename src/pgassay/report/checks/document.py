"""The JSON documents of checks: a run, the catalogue, one check. Their names and shapes are public."""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from pgassay.model.check import CheckInfo, CheckResult, Finding, Level, Proven, Scalar
from pgassay.report.checks.record import CheckRecord
from pgassay.report.checks.verdict import exit_of, verdict_word

_RUN, _LIST, _CHECK = "pgassay.checks/1", "pgassay.checks-list/1", "pgassay.check/1"
_PROOF = "pgassay.checks-proof/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingEntry:
    """One row of a check."""

    check: str
    object: str
    level: str
    detail: str
    remediation: str
    metadata: dict[str, Scalar]
    pending_until: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WaivedEntry:
    """A finding that the settings ignore, until a day (ISO 8601)."""

    finding: FindingEntry
    reason: str
    until: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultEntry:
    """What came of one check."""

    name: str
    title: str
    areas: tuple[str, ...]
    level: str
    broken: bool
    elapsed_ms: float
    findings: tuple[FindingEntry, ...]
    waived: tuple[WaivedEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecksDocument:
    """A run of checks: ``exit`` is the process's exit code, ``counts`` counts checks by level."""

    format: str
    run: str
    exit: int
    verdict: str
    areas: tuple[str, ...]
    target: str
    server_version: str
    unreachable: str
    strict: bool
    started_at: str
    elapsed_s: float
    round_trips: int
    counts: dict[str, int]
    checks: tuple[ResultEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListDocument:
    """The checks that there are."""

    format: str
    checks: tuple[CheckInfo, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckDocument:
    """A check as a whole: one text a variant."""

    format: str
    variants: tuple[CheckInfo, ...]
    texts: tuple[str, ...]


def checks_document(record: CheckRecord) -> str:
    """Write a run as JSON."""
    started, finished = record.started, record.finished
    document = ChecksDocument(
        format=_RUN,
        run=str(started.run) if started else "",
        exit=int(exit_of(record)),
        verdict=verdict_word(record),
        areas=started.areas if started else (),
        target=started.target if started else "",
        server_version=started.server_version if started else "",
        unreachable=started.unreachable if started else "",
        strict=started.strict if started else False,
        started_at=started.at.isoformat() if started else "",
        elapsed_s=finished.elapsed_s if finished else 0.0,
        round_trips=finished.round_trips if finished else 0,
        counts={level.value: record.count(level) for level in Level},
        checks=tuple(_result(each) for each in record.results),
    )
    return msgspec.json.encode(document).decode()


def list_document(checks: Sequence[CheckInfo]) -> str:
    """Write the catalogue as JSON."""
    return msgspec.json.encode(ListDocument(format=_LIST, checks=tuple(checks))).decode()


def check_document(variants: Sequence[CheckInfo], texts: Sequence[str]) -> str:
    """Write one check as JSON."""
    document = CheckDocument(format=_CHECK, variants=tuple(variants), texts=tuple(texts))
    return msgspec.json.encode(document).decode()


def proof_document(proven: Sequence[Proven]) -> str:
    """Write what came of examples as JSON."""
    return msgspec.json.encode({"format": _PROOF, "examples": tuple(proven)}).decode()


def _result(result: CheckResult) -> ResultEntry:
    return ResultEntry(
        name=result.check.name,
        title=result.check.title,
        areas=result.check.areas,
        level=result.level,
        broken=result.broken,
        elapsed_ms=round(result.elapsed_ms, 3),
        findings=tuple(_finding(each) for each in result.findings),
        waived=tuple(
            WaivedEntry(finding=_finding(each.finding), reason=each.reason, until=each.until.isoformat())
            for each in result.waived
        ),
    )


def _finding(finding: Finding) -> FindingEntry:
    return FindingEntry(
        check=finding.check,
        object=finding.object,
        level=finding.level,
        detail=finding.detail,
        remediation=finding.remediation,
        metadata=dict(finding.metadata),
        pending_until=finding.pending_until.isoformat() if finding.pending_until is not None else None,
    )
