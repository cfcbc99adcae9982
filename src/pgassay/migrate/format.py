"""The shape of a format: how files are named, and in which table the target remembers what was applied.

A format is one module in ``formats`` with a constant ``FORMAT``, found by looking. Its queries are
``sql/NAME_….sql``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A format.

    ``read`` takes a file's name and gives version and name, ``None`` for a file that is no migration.
    ``rollbacks`` gives the paths at which a migration's rollback may be, the best first. ``expected`` says
    how a file is to be named. ``table`` is the history's name. ``repair`` is how another program, where the
    history is one's, is told that a migration was applied past it.
    """

    name: str
    read: Callable[[str], tuple[str, str] | None]
    rollbacks: Callable[[Path], tuple[Path, ...]]
    claims: Callable[[Path], bool]
    expected: str
    table: str
    repair: str = ""
