"""What programs read of backups and drills: one JSON document a command. Fields are only ever added."""

import msgspec

from pgassay.report.recovery.listing import Backups
from pgassay.report.recovery.record import RecoveryRecord

_FORMAT = "pgassay.recover/1"


def recovery_document(record: RecoveryRecord) -> str:
    """Give the document of a backup, a verification, a drill or a proof."""
    finished, made = record.finished, record.made
    content = {
        "run": _plain(record.run),
        "place": record.place,
        "steps": [{"result": _plain(result), "elapsed_s": took} for result, took in record.steps],
        "warnings": _plain(record.warnings),
        "backup": {
            "id": str(made.id),
            "location": made.location,
            "manifest_sha256": made.manifest_sha256,
            "taken_at": made.manifest.taken_at.isoformat(),
            "lsn": made.manifest.lsn,
            "tables": len(made.manifest.tables),
            "rows": made.manifest.rows,
            "size_bytes": made.manifest.size_bytes,
        }
        if made is not None
        else None,
        "outcome": finished.outcome if finished is not None else None,
        "sentence": finished.sentence if finished is not None else None,
        "elapsed_s": finished.elapsed_s if finished is not None else None,
        "measured": _plain(finished.measured) if finished is not None else None,
        "standing": finished.standing if finished is not None else None,
        "incident": _plain(record.incident),
    }
    return _document("operation", content, exit_=int(record.exit))


def backups_document(found: Backups) -> str:
    """Give the document of a list."""
    listed = [{**_fields(each.backup), "there": each.there, "stored": each.stored} for each in found.listed]
    return _document("backups", listed, exit_=int(found.exit))


def _fields(value: object) -> dict[str, object]:
    found = _plain(value)
    assert isinstance(found, dict)
    return found


def _plain(value: object) -> object:
    return msgspec.to_builtins(value)


def _document(key: str, content: object, *, exit_: int) -> str:
    document = {"format": _FORMAT, key: content, "exit": exit_}
    return msgspec.json.format(msgspec.json.encode(document), indent=2).decode()
