"""Patterns over paths, as ``[suite] exclude`` and ``[suite] critical`` write them.

A pattern without a slash names a file or a folder anywhere (``helpers``, ``*_setup.sql``); one with a
slash is compared from any folder border on (``tests/helpers/*``). A pattern that fits a folder fits
all that is in it. ``*`` and ``?`` stay within a name, ``**`` crosses folders, ``[abc]`` is a class.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import PurePath

_PART = re.compile(r"\*\*/|\*\*|\*|\?|\[!?\]?[^\]/]*\]|.", re.DOTALL)
_MEANING = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}


def fits(path: str, patterns: Iterable[str]) -> bool:
    """Say whether any of the patterns fits the path or a folder that it is in."""
    text = PurePath(path).as_posix()
    return any(_compiled(pattern).match(text) is not None for pattern in patterns)


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> re.Pattern[str]:
    bare = pattern.removeprefix("./").rstrip("/")
    meaning = "".join(_translated(found[0]) for found in _PART.finditer(bare))
    anchor = r"\A" if bare.startswith("/") else r"(?:.*/)?"
    return re.compile(rf"{anchor}{meaning}(?:/.*)?\Z", re.DOTALL)


def _translated(part: str) -> str:
    if part in _MEANING:
        return _MEANING[part]
    if len(part) < 3:
        return re.escape(part)
    negated = part[1] == "!"
    inside = part[2:-1] if negated else part[1:-1]
    return f"(?!/)[{'^' if negated else ''}{_escaped_class(inside)}]"


def _escaped_class(inside: str) -> str:
    return re.sub(r"([\\\[\]^&~|])", r"\\\1", inside)
