"""Patterns over paths, as ``[suite] exclude`` and ``[suite] critical`` write them.

A pattern is compared name by name, from any folder on: ``helpers`` and ``*_setup.sql`` name files or
folders anywhere, ``tests/helpers/*`` names what is in such a folder anywhere. One that fits a folder
fits all that is in it. ``*``, ``?`` and ``[abc]`` stay within a name, ``**`` stands for any number of
folders. A pattern that begins with ``/`` is compared from the root on.
"""

from collections.abc import Iterable
from fnmatch import fnmatchcase
from pathlib import PurePath

_Names = tuple[str, ...]


def fits(path: str, patterns: Iterable[str]) -> bool:
    """Say whether any of the patterns fits the path or a folder that it is in."""
    names = PurePath(path).parts
    return any(_fits_anywhere(names, PurePath(pattern).parts) for pattern in patterns)


def _fits_anywhere(names: _Names, pattern: _Names) -> bool:
    if not pattern:
        return False
    return any(_fits_from(names[start:], pattern) for start in range(len(names)))


def _fits_from(names: _Names, pattern: _Names) -> bool:
    if not pattern:
        return True
    if pattern[0] == "**":
        return any(_fits_from(names[skipped:], pattern[1:]) for skipped in range(len(names)))
    return bool(names) and fnmatchcase(names[0], pattern[0]) and _fits_from(names[1:], pattern[1:])
