"""What programs read of migrations: one JSON document for each command. Fields are only ever added."""

from collections.abc import Iterable

import msgspec

from pgassay.model.migration_plan import MigrationPlan
from pgassay.report.migration.plan import plan_exit
from pgassay.report.migration.record import MigrationRecord
from pgassay.report.migration.standing import Status

_FORMAT = "pgassay.migrate/1"


def records_document(records: Iterable[MigrationRecord], *, exit_: int) -> str:
    """Give the document of operations: of one, or of several that were rehearsed in turn."""
    return _document("operations", [_record(each) for each in records], exit_=exit_)


def plans_document(plans: Iterable[MigrationPlan]) -> str:
    """Give the document of plans."""
    listed = tuple(plans)
    return _document("plans", [_plain(each) for each in listed], exit_=plan_exit(listed))


def status_document(status: Status) -> str:
    """Give the document of where migrations stand."""
    return _document("status", _plain(status), exit_=status.exit)


def _record(record: MigrationRecord) -> object:
    finished = record.finished
    return {
        "run": _plain(record.run),
        "steps": [{"result": _plain(result), "elapsed_s": took} for result, took in record.steps],
        "statements": _plain(record.statements),
        "comparisons": _plain(record.comparisons),
        "warnings": _plain(record.warnings),
        "waited": record.waited.times,
        "parts_committed": record.parts,
        "outcome": finished.outcome if finished is not None else None,
        "sentence": finished.sentence if finished is not None else None,
        "elapsed_s": finished.elapsed_s if finished is not None else None,
        "interrupted": finished.interrupted if finished is not None else True,
        "fingerprint_before": _digest(finished.before if finished is not None else None),
        "fingerprint_after": _digest(finished.after if finished is not None else None),
        "changes": _plain(finished.changes if finished is not None else ()),
        "exit": int(record.exit),
    }


def _digest(catalogs: object) -> str | None:
    return getattr(catalogs, "digest", None)


def _plain(value: object) -> object:
    """Give a value as JSON has it, without the texts of whole files."""
    return _without_texts(msgspec.to_builtins(value))


def _without_texts(value: object) -> object:
    if isinstance(value, dict):
        is_file = "sha256" in value and "path" in value
        return {key: _without_texts(each) for key, each in value.items() if not (is_file and key == "text")}
    if isinstance(value, list | tuple):
        return [_without_texts(each) for each in value]
    return value


def _document(key: str, content: object, *, exit_: int) -> str:
    document = {"format": _FORMAT, key: content, "exit": int(exit_)}
    return msgspec.json.format(msgspec.json.encode(document), indent=2).decode()
