"""What a cleanup did, for a person and as JSON."""

from collections.abc import Iterator

import msgspec

from pgassay.model.cleanup import Cleaned, Cleanup, Fate
from pgassay.model.exits import Exit
from pgassay.report.words import plural, visible

FORMAT = "pgassay.cleanup/1"


def cleanup_exit(done: Cleanup) -> Exit:
    """Red where a row should have been removed and was not."""
    return Exit.RED if done.left else Exit.OK


def cleanup_document(done: Cleanup) -> str:
    """Write a cleanup as JSON, without a line break at its end."""
    document = {
        "format": FORMAT,
        "exit": int(cleanup_exit(done)),
        "dry": done.dry,
        "rows": done.rows,
    }
    return msgspec.json.encode(document).decode()


def cleanup_text(done: Cleanup) -> str:
    """Write a cleanup for a person, a line a row and one that sums up."""
    lines = [line for each in done.rows for line in _lines(each)]
    return "\n".join((*lines, _closing(done)))


def _lines(row: Cleaned) -> Iterator[str]:
    entity = row.entity
    yield f"{row.fate}: {visible(str(entity))} ({visible(entity.test_name)})"
    if row.reason:
        yield f"  {visible(row.reason)}"
    for note in row.notes:
        yield f"  {visible(note)}"


def _closing(done: Cleanup) -> str:
    if not done.rows:
        return "No test data is registered that is not removed already."
    counts = (f"{done.count(fate)} {fate}" for fate in Fate if done.count(fate))
    return f"{plural(len(done.rows), 'registered row')}: {', '.join(counts)}"
