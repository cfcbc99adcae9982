"""Finds test files under the paths that a user types, and says so when there are none.

Directories are searched to any depth for ``*.sql`` and ``*.pg``, leaving out names that begin with
``.`` or ``_``; a file named by itself is taken whatever its name. Exclusions hold for all of them. What
is in the files is not this module's business.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import takewhile
from pathlib import Path

from pgassay.model.errors import NothingToRun, UsageError
from pgassay.suite.patterns import fits

SUFFIXES = (".sql", ".pg")
DEFAULT_PLACES = (
    "sql/tests",
    "supabase/tests",
    "tests/db",
    "tests/database",
    "tests/sql",
    "tests/pgtap",
    "test/db",
    "test/sql",
    "test/pgtap",
    "db/tests",
    "database/tests",
    "pgtap",
    "t",
)
"""Where tests are looked for when no path is given; the first that holds a test file is taken."""

_MAGIC = re.compile(r"[*?\[]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A file, spelled as the user would type it, and whether the user named this very file."""

    path: Path
    named: bool = False


def find(paths: Sequence[str], *, exclude: Sequence[str]) -> tuple[Found, ...]:
    """Find all test files under the paths, each once, in the order of the paths.

    Raise :class:`UsageError` for a path that does not exist or cannot be read, and
    :class:`NothingToRun` for one that holds no test file.
    """
    files: dict[Path, Found] = {}
    for path in paths or (_default_place(exclude),):
        for found in _under(path, exclude):
            where = found.path.resolve()
            if where not in files or found.named and not files[where].named:
                files[where] = found
    return tuple(files.values())


def _default_place(exclude: Sequence[str]) -> str:
    for place in DEFAULT_PLACES:
        if Path(place).is_dir() and any(
            not fits(str(each.path), exclude) for each in _walk(Path(place), set())
        ):
            return place
    raise NothingToRun(
        f"No path is given, and no usual place holds a test file: {', '.join(DEFAULT_PLACES)}.",
        remedy="pgassay test PATH…",
    )


def _under(path: str, exclude: Sequence[str]) -> Iterable[Found]:
    try:
        everything = list(_everything(path))
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise UsageError(f"{path!r} cannot be read: {reason}.") from error
    kept = [each for each in everything if not fits(str(each.path), exclude)]
    if everything and not kept:
        raise NothingToRun(
            f"All test files of '{path}' ({len(everything)}) are excluded.",
            remedy="Look at [suite] exclude in the configuration.",
        )
    if not kept:
        raise NothingToRun(
            f"'{path}' holds no test file ({', '.join('*' + each for each in SUFFIXES)}).",
            remedy="Name the files themselves if they are called otherwise.",
        )
    return kept


def _everything(path: str) -> Iterator[Found]:
    here = Path(path)
    if path and here.is_dir():
        yield from _walk(here, set())
    elif path and here.is_file():
        yield Found(path=here, named=True)
    elif path and here.exists():
        raise UsageError(f"'{path}' is neither a file nor a directory.")
    elif _MAGIC.search(path):
        yield from _matching(path)
    else:
        raise UsageError(f"There is no file or directory {path!r}.", remedy=_neighbour(here))


def _walk(directory: Path, seen: set[Path]) -> Iterator[Found]:
    where = directory.resolve()
    if where in seen:
        return
    seen.add(where)
    for entry in sorted(directory.iterdir()):
        if entry.name.startswith((".", "_")):
            continue
        if entry.is_dir():
            yield from _walk(entry, seen)
        elif _is_script(entry, SUFFIXES):
            yield Found(path=entry)


def _matching(pattern: str) -> Iterator[Found]:
    """What a pattern fits: the files with its own ending, or else with the usual ones."""
    whole = Path(pattern)
    suffixes = SUFFIXES if not whole.suffix or _MAGIC.search(whole.suffix) else (whole.suffix.lower(),)
    plain = sum(1 for _ in takewhile(lambda part: not _MAGIC.search(part), whole.parts))
    for here in sorted(Path(whole.anchor).glob(str(whole.relative_to(whole.anchor)))):
        if any(part.startswith((".", "_")) for part in here.parts[plain:]):
            continue
        if here.is_dir():
            yield from _walk(here, set())
        elif _is_script(here, suffixes):
            yield Found(path=here)


def _is_script(path: Path, suffixes: Sequence[str]) -> bool:
    """A link that leads nowhere is one, so that the run reports it; a pipe or a device is none."""
    return path.suffix.lower() in suffixes and (path.is_file() or not path.exists())


def _neighbour(path: Path) -> str:
    if not path.parent.is_dir():
        return ""
    near = get_close_matches(path.name, [each.name for each in path.parent.iterdir()], n=1)
    return f"Did you mean '{path.parent / near[0]}'?" if near else ""
