"""Tells helpers from tests: a file that others include and that makes no test plan of its own.

Suites keep shared set-up in files that tests include with ``\\i`` or ``\\ir``, often right beside the
tests. Run by itself, such a file would only be reported as having no tests. A file that plans and
finishes is a test, included or not (some suites have one file that includes all the others).
"""

import re
from collections.abc import Mapping
from pathlib import Path

_INCLUDE = re.compile(rb"^[ \t]*\\(?:ir?|include(?:_relative)?)[ \t]+('[^'\n]+'|[^\s']+)", re.MULTILINE)
_PLAN = re.compile(rb"\bplan\s*\(|\bno_plan\s*\(", re.IGNORECASE)
_FINISH = re.compile(rb"\bfinish\s*\(", re.IGNORECASE)
_RUNTESTS = re.compile(rb"\bruntests\s*\(", re.IGNORECASE)


def included_only(scripts: Mapping[Path, bytes]) -> frozenset[Path]:
    """Give the helpers among scripts, by path as typed and content."""
    included = {where for path, text in scripts.items() for where in _included(path, text)}
    return frozenset(
        path
        for path, text in scripts.items()
        if included and not _is_test(text) and path.resolve() in included
    )


def _included(path: Path, text: bytes) -> set[Path]:
    """Where the includes of a script lead, seen from the working directory and from the script."""
    if b"\\i" not in text:
        return set()
    names = {Path(found[1].strip(b"'").decode("utf-8", "replace")) for found in _INCLUDE.finditer(text)}
    places = {name for name in names if "\0" not in str(name)}
    return {where.resolve() for name in places for where in (name, path.parent / name)} - {path.resolve()}


def _is_test(text: bytes) -> bool:
    plans = _PLAN.search(text) is not None and _FINISH.search(text) is not None
    return plans or _RUNTESTS.search(text) is not None
