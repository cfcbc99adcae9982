"""What programs read of rollbacks: one JSON document for each command. Fields are only ever added."""

import msgspec

from pgassay.model.release import Release
from pgassay.report.rollback.listing import Rollbacks
from pgassay.report.rollback.record import RollbackRecord
from pgassay.report.rollback.release import release_exit

_RELEASE = "pgassay.release/1"
_ROLLBACK = "pgassay.rollback/1"
_ROLLBACKS = "pgassay.rollbacks/1"


def release_document(release: Release) -> str:
    """Give the document of a verdict."""
    return _document(
        _RELEASE,
        verdict=release.verdict.value,
        release=msgspec.to_builtins(release),
        exit=int(release_exit(release)),
    )


def record_document(record: RollbackRecord) -> str:
    """Give the document of an operation."""
    finished = record.finished
    return _document(
        _ROLLBACK,
        run=msgspec.to_builtins(record.run),
        resumed=record.resumed,
        steps=[
            {"result": msgspec.to_builtins(result), "elapsed_s": elapsed_s}
            for result, elapsed_s in record.steps
        ],
        warnings=msgspec.to_builtins(record.warnings),
        outage_s=record.swapped.outage_s if record.swapped is not None else None,
        outcome=finished.outcome if finished is not None else None,
        sentence=finished.sentence if finished is not None else None,
        elapsed_s=finished.elapsed_s if finished is not None else None,
        exit=int(record.exit),
    )


def rollbacks_document(found: Rollbacks) -> str:
    """Give the document of what was done, and of what is kept."""
    return _document(_ROLLBACKS, rollbacks=msgspec.to_builtins(found), exit=0)


def _document(format_: str, **content: object) -> str:
    return msgspec.json.format(msgspec.json.encode({"format": format_, **content}), indent=2).decode()
