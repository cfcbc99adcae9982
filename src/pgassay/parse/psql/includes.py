r"""Where ``\i`` and ``\ir`` lead."""

import posixpath
from collections.abc import Callable

OpenFile = Callable[[str, str | None], str]
"""Reads an included file: the name as the script has it, and for ``\\ir`` the path of the including
script (``None`` for ``\\i``: relative to the working directory). Gives the text with its line ends as
they are. Raises OSError where there is no such file."""

DEEPEST = 100
"""The most files that may include one another."""


def resolve(name: str, relative_to: str | None) -> str:
    """Give the path of an included file as psql makes it; ``~`` is left to whoever opens it."""
    if relative_to is None or posixpath.isabs(name):
        return posixpath.normpath(name)
    return posixpath.normpath(posixpath.join(posixpath.dirname(relative_to), name))
