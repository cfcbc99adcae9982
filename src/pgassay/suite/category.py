"""The category of a test file by the folder that it lies in.

``sql/tests/security/rls.sql`` is in category ``security``: the folders below the tests folder say so,
a known category among them first, else the uppermost one. Folders that only say what kind of files
they hold (``supabase/tests/database/``) say nothing, and a number in front of a name (``10-unit``) is
an order, no name.
"""

import re
from collections.abc import Sequence
from pathlib import PurePath

from pgassay.model.suite import CATEGORIES, UNCATEGORISED

_TESTS = {"tests", "test", "t", "pgtap"}
_NEUTRAL = _TESTS | {"database", "databases", "db", "sql", "postgres", "postgresql", "supabase", "schemas"}
_OTHER_NAMES = {
    "migrations": "migration",
    "perf": "performance",
    "integrations": "integration",
    "units": "unit",
}
_ORDER = re.compile(r"\d+[-_.]+(?=\D)")


def category_of(path: str, *, absolute: str = "") -> str:
    """Give the category of the file at ``path``, as typed.

    ``absolute`` is the same file's absolute path: when the typed one names no tests folder, because the
    user stands inside it, only a known category right there counts. What lies further up is not the
    project's.
    """
    folders = _folders(path)
    below = _below_tests(folders)
    if below is not None:
        return _known(below) or next((each for each in below if each not in _NEUTRAL), UNCATEGORISED)
    return _known(folders) or _known(_below_tests(_folders(absolute)) or ()) or UNCATEGORISED


def _folders(path: str) -> list[str]:
    names = [_ORDER.sub("", each.lower(), count=1) for each in PurePath(path).parts[:-1]]
    return [_OTHER_NAMES.get(each, each) for each in names]


def _below_tests(folders: Sequence[str]) -> Sequence[str] | None:
    places = [at for at, each in enumerate(folders) if each in _TESTS]
    return folders[places[0] + 1 :] if places else None


def _known(folders: Sequence[str]) -> str | None:
    return next((each for each in folders if each in CATEGORIES), None)
