"""What earlier runs teach about durations: an equal share for each machine, and the order of work.

Every machine computes the same shares, without talking to the others: they depend on nothing but the
files and their expected durations. On one machine, the slowest file of a category starts first, so
that no worker is left with a long one at the end.
"""

from collections.abc import Sequence
from dataclasses import replace
from math import isfinite
from statistics import median

from pgassay.model.errors import NothingToRun, UsageError
from pgassay.model.history import FileHistory
from pgassay.model.suite import TestFile, safety_rank


def with_history(files: Sequence[TestFile], history: Sequence[FileHistory]) -> tuple[TestFile, ...]:
    """Note on each file the duration that its history expects; files without one stay as they are."""
    usable = (each for each in history if isfinite(each.expected_s) and each.expected_s >= 0)
    expected = {each.path: each.expected_s for each in usable}
    return tuple(replace(each, expected_s=expected.get(each.path, each.expected_s)) for each in files)


def shard(files: Sequence[TestFile], index: int, count: int) -> tuple[TestFile, ...]:
    """Give shard ``index`` of ``count``, counted from 1, in the order of ``files``.

    Longest processing time first: each file, the longest ones first, goes to the shard that has the
    least to do so far (R. L. Graham, 1969; at worst a third above the best cut). Raise
    :class:`UsageError` for a shard that cannot be, :class:`NothingToRun` for one that gets no file.
    """
    if not 1 <= index <= count:
        raise UsageError(f"There is no shard {index} of {count}.", remedy="The first of four is --shard 1/4.")
    expected = _expected_ms(files)
    loads = [0] * min(count, len(files))
    mine: set[str] = set()
    for path in sorted(expected, key=lambda each: (-expected[each], each)):
        lightest = loads.index(min(loads))
        loads[lightest] += expected[path]
        if lightest == index - 1:
            mine.add(path)
    if not mine:
        raise NothingToRun(f"Shard {index} of {count} has no file: there are only {len(files)} files.")
    return tuple(each for each in files if each.path in mine)


def schedule(files: Sequence[TestFile], *, critical_first: bool = False) -> tuple[TestFile, ...]:
    """Order for the workers: the safest category first, inside it the slowest file, then by path.

    With ``critical_first`` critical files come before the others of their category.
    """
    expected = _expected_ms(files)

    def place(file: TestFile) -> tuple[object, ...]:
        later = critical_first and not file.critical
        return (*_place(file), later, -expected[file.path], file.path)

    return tuple(sorted(files, key=place))


def _place(file: TestFile) -> tuple[int, str]:
    return safety_rank(file.category), file.category


def _expected_ms(files: Sequence[TestFile]) -> dict[str, int]:
    """Give the expected duration by path, in whole milliseconds and at least one.

    A file without history is taken for a median one. Whole numbers add up alike on every machine.
    """
    known = [each.expected_s for each in files if each.expected_s is not None]
    usual = median(known) if known else 1.0
    seconds = {each.path: usual if each.expected_s is None else each.expected_s for each in files}
    return {path: max(1, round(each * 1000)) for path, each in seconds.items()}
