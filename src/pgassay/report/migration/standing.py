"""What a person reads of where migrations stand, and what it adds up to."""

from collections.abc import Iterator
from dataclasses import dataclass

from pgassay.model.exits import Exit
from pgassay.model.fingerprint import Difference
from pgassay.model.migration import MigrationStanding, Standing
from pgassay.report.migration.closing import change_lines
from pgassay.report.words import moment, visible

_FINE = frozenset({Standing.APPLIED, Standing.ADOPTED, Standing.PENDING})


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """Where all migrations of a target stand.

    ``drift`` is what was changed since pgassay last left it, ``None`` where that is not known. ``halfway``
    says what is under way, or was interrupted, one sentence each.
    """

    target: str
    table: str
    migrations: tuple[MigrationStanding, ...]
    halfway: tuple[str, ...] = ()
    drift: tuple[Difference, ...] | None = None
    drift_note: str = ""

    @property
    def exit(self) -> Exit:
        """The exit code: red where something is not as the files and the history say."""
        wrong = any(each.standing not in _FINE for each in self.migrations)
        return Exit.RED if wrong or self.halfway or self.drift else Exit.OK


def status_text(status: Status) -> str:
    """Give the whole text."""
    return "\n".join(_lines(status))


def _lines(status: Status) -> Iterator[str]:
    yield f"{visible(status.target)} · {status.table}"
    for each in status.migrations:
        yield f"  {visible(each.version):<16} {visible(each.name):<28} {each.standing}{_remarks(each)}"
        if each.note:
            yield f"      {visible(each.note)}"
    if not status.migrations:
        yield "  There are no migrations."
    yield from (f"  HALFWAY: {visible(each)}" for each in status.halfway)
    if status.drift:
        yield f"  CHANGED SINCE: {visible(status.drift_note)}"
        yield from change_lines(status.drift)
    elif status.drift_note:
        yield f"  {visible(status.drift_note)}"


def _remarks(each: MigrationStanding) -> str:
    remarks = []
    if each.at is not None:
        remarks.append(moment(each.at))
    if each.rehearsed is not None:
        remarks.append(f"rehearsed {moment(each.rehearsed)}")
    if each.reversible is False:
        remarks.append("no rollback file")
    return f" ({', '.join(remarks)})" if remarks else ""
