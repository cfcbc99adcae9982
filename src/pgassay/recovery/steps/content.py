"""Whether the restored tables hold what the tables held in the snapshot that was dumped."""

from collections.abc import Iterator, Mapping

from pgassay.model.backup import LargeObjects, Manifest, TableContent
from pgassay.model.recovery import RecoveryStep, StepResult
from pgassay.recovery.contents import Reading, read_contents, read_large_objects
from pgassay.recovery.course import Verdict
from pgassay.recovery.snapshot import reading

_VERDICT = Verdict(step=RecoveryStep.CONTENT)
_MOST = 10
_DERIVED = "m"


def compare_content(manifest: Manifest, how: Reading) -> StepResult:
    """Count and hash the restored tables in the way the source's were.

    Raises:
        Unavailable: a table cannot be read.
        Stopped: the user asked for an end.
    """
    methods = {each.name: each.method for each in manifest.tables}
    with reading(how.target, lock_timeout_s=how.lock_timeout_s) as connection:
        tables = read_contents(connection, how, methods=methods)
        objects = read_large_objects(connection)
    return judge_content(manifest, tables, objects)


def judge_content(manifest: Manifest, tables: tuple[TableContent, ...], objects: LargeObjects) -> StepResult:
    """Hold what was restored against the manifest."""
    there = {each.name: each for each in tables}
    found = dict(_wrong(manifest, there))
    wrong = [*found.values(), *_other_objects(manifest.large_objects, objects)]
    if wrong:
        sentence = f"{len(wrong)} of {len(manifest.tables)} tables differ: {wrong[0]}"
        return _VERDICT.broken(sentence, *wrong[1:_MOST], tables=tuple(found) or None)
    if manifest.large_objects.hash is None:
        return _VERDICT.not_verified("The role could not read all large objects when the backup was made.")
    derived = [each.name for each in manifest.tables if _differs(each, there.get(each.name))]
    note = tuple(f"{each} was computed anew, and is another than in the snapshot." for each in derived)
    return _VERDICT.holds(
        f"{len(manifest.tables)} tables with {manifest.rows} rows are as in the snapshot, by content.", *note
    )


def _wrong(manifest: Manifest, there: Mapping[str, TableContent]) -> Iterator[tuple[str, str]]:
    """Give the tables that differ, and how."""
    for each in manifest.tables:
        found = there.get(each.name)
        if found is None:
            yield each.name, f"{each.name} is missing, with {each.rows} rows."
        elif each.kind == _DERIVED:
            continue
        elif found.rows != each.rows:
            yield each.name, f"{each.name} has {found.rows} rows; it had {each.rows}."
        elif found.hash != each.hash:
            yield each.name, f"{each.name} has as many rows as before, but other content."


def _differs(each: TableContent, found: TableContent | None) -> bool:
    return each.kind == _DERIVED and found is not None and found.hash != each.hash


def _other_objects(before: LargeObjects, after: LargeObjects) -> Iterator[str]:
    if before.count != after.count:
        yield f"There are {after.count} large objects; there were {before.count}."
    elif before.hash is not None and before.hash != after.hash:
        yield "Large objects have other content."
