"""Chooses test files by what they touch, as far as earlier runs recorded that.

A file about which nothing is known is never left out: not knowing is not the same as not touching.
"""

from collections.abc import Callable, Iterable
from difflib import get_close_matches

from pgassay.flows.memory import Memory
from pgassay.model.errors import NothingToRun, UsageError
from pgassay.model.suite import TestFile
from pgassay.model.touch import FileTouches, Object, Snapshot, changed_between, users_of
from pgassay.parse.mentions import split_name
from pgassay.suite.script import NotText, read_script
from pgassay.suite.touch.recording import text_digest

_UNCHANGED = "No test file is left to run: nothing has changed since run {}."


def that_touch(files: tuple[TestFile, ...], names: tuple[str, ...], memory: Memory) -> tuple[TestFile, ...]:
    """Keep the files that touch objects of these names, or objects that use these.

    Raises:
        UsageError: nothing is known of an object of that name.
        NothingToRun: no file touches any.
        Unavailable: the store fails.
    """
    from pgassay.store.touches import last_catalog, touched_by_files

    with memory.connect() as connection:
        snapshot = last_catalog(connection)
        known = touched_by_files(connection, (file.path for file in files))
    if snapshot is None:
        raise UsageError(
            "--touching needs a run that recorded what files touch, and there is none.",
            remedy="pgassay test, with [store] touches = true",
        )
    wanted = frozenset(each for name in names for each in _named(name, snapshot))
    nothing = f"No test file is left to run: of {len(files)}, none touches {' or '.join(names)}."
    return _kept(files, known, users_of(wanted, snapshot), memory, nothing)


def touching_changes(
    files: tuple[TestFile, ...], run: str, memory: Memory, look: Callable[[], Snapshot]
) -> tuple[TestFile, ...]:
    """Keep the files that touch what has changed since a run began.

    Raises:
        UsageError: there is no such run, or what the database was like then was not recorded.
        NothingToRun: nothing has changed, or no file touches it.
        Unavailable: the store or the target fails.
    """
    from pgassay.store.runs import find_run
    from pgassay.store.touches import catalog_of_run, touched_by_files

    with memory.connect() as connection:
        found = find_run(connection, run)
        before = catalog_of_run(connection, found)
        known = touched_by_files(connection, (file.path for file in files))
    if before is None:
        raise UsageError(
            f"What the database was like in run {found} was not recorded.",
            remedy="pgassay test, with [store] touches = true",
        )
    after = look()
    changed = changed_between(before, after)
    none_left = f"No test file is left to run: of {len(files)}, none touches {_shown(changed)}"
    nothing = f"{none_left}, which changed since run {found}." if changed else _UNCHANGED.format(found)
    return _kept(files, known, users_of(changed, before, after), memory, nothing)


def _kept(
    files: tuple[TestFile, ...],
    known: dict[str, FileTouches],
    wanted: frozenset[Object],
    memory: Memory,
    nothing: str,
) -> tuple[TestFile, ...]:
    doubts = {file.path: _doubt(file, known.get(file.path)) for file in files}
    kept = tuple(
        file for file in files if doubts[file.path] or not wanted.isdisjoint(known[file.path].objects)
    )
    if not kept:
        raise NothingToRun(nothing, remedy="Leave out --touching and --changed-since to run all files.")
    unknown = [why for why in doubts.values() if why]
    if unknown:
        counts = ", ".join(f"{unknown.count(why)} {why}" for why in dict.fromkeys(unknown))
        memory.warn(f"What these files touch is not known, so they are run as well: {counts}.", "")
    return kept


def _doubt(file: TestFile, known: FileTouches | None) -> str:
    """Say why it is not known what a file touches; empty where it is."""
    if known is None:
        return "never recorded"
    if known.red:
        return "red when last recorded"
    try:
        text = text_digest(read_script(file.path).text)
    except (NotText, OSError):
        return "unreadable"
    return "" if text == known.text else "changed since"


def _named(text: str, snapshot: Snapshot) -> Iterable[Object]:
    """Give the objects that a person means by a name: whole, or its last parts.

    Raises:
        UsageError: there is none.
    """
    wanted = split_name(text.partition("(")[0])
    found = [each.object for each in snapshot.objects if _is_meant(text, wanted, each.name)]
    if found:
        return found
    names = [each.name.partition("(")[0] for each in snapshot.objects]
    near = get_close_matches(text, [*names, *(split_name(name)[-1] for name in names)], n=1)
    raise UsageError(
        f"No object called {text} was there in the last recorded run.",
        remedy=f"Did you mean {near[0]}?" if near else "Write it as in pgassay coverage.",
    )


def _is_meant(text: str, wanted: tuple[str, ...], name: str) -> bool:
    if text == name:
        return True
    parts = split_name(name.partition("(")[0])
    return "(" not in text and bool(wanted) and (parts[-len(wanted) :] == wanted or parts[-1] == text)


def _shown(changed: frozenset[Object]) -> str:
    names = [str(each) for each in sorted(changed)]
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
