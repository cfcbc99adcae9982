"""Looks at a project, and says where its tests and migrations are, or belong.

What the engines take for usual is told by the caller; nothing is changed here.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

_SUPABASE_TESTS = "supabase/tests"
_SUPABASE_MIGRATIONS = "supabase/migrations"
_FURTHER_MIGRATIONS = ("db/migrate", "sql/migrations", "sql")
_TEST_SUFFIXES = (".sql", ".pg")


class LayoutKind(StrEnum):
    """How a project is laid out; also the format of its migrations."""

    SUPABASE = "supabase"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Usual:
    """Where the engines look when nothing is set, the best first, and which names are those of migrations."""

    tests: tuple[str, ...]
    migrations: tuple[str, ...]
    is_migration: Callable[[str], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Where things are in a project, or will be; paths are relative to its folder, with slashes.

    ``migrations_kept``: version control keeps their folder, since there is something in it.
    """

    kind: LayoutKind
    tests: str
    migrations: str
    migrations_kept: bool
    workload: str = "workload"


def detect(root: Path, usual: Usual) -> Layout:
    """Say how a project is laid out; a folder that is empty, or not there yet, gets the first usual places.

    Raises:
        OSError: a folder cannot be read.
    """
    if (root / "supabase" / "config.toml").is_file() or (root / _SUPABASE_MIGRATIONS).is_dir():
        return Layout(
            kind=LayoutKind.SUPABASE,
            tests=_tests(root, (_SUPABASE_TESTS, *usual.tests)),
            migrations=_SUPABASE_MIGRATIONS,
            migrations_kept=any(_files(root / _SUPABASE_MIGRATIONS)),
        )
    migrations = _migrations(root, usual)
    return Layout(
        kind=LayoutKind.PLAIN,
        tests=_tests(root, usual.tests),
        migrations=migrations,
        migrations_kept=any(_files(root / migrations)),
    )


def _tests(root: Path, places: tuple[str, ...]) -> str:
    return next((each for each in places if _holds_tests(root / each)), places[0])


def _holds_tests(folder: Path) -> bool:
    return folder.is_dir() and any(each.suffix in _TEST_SUFFIXES for each in folder.rglob("*"))


def _migrations(root: Path, usual: Usual) -> str:
    """Take the folder that holds migrations; else one whose name means nothing else; else a new one."""
    places = [each for each in usual.migrations if not each.startswith("supabase/")]
    every = (*places, *(each for each in _FURTHER_MIGRATIONS if each not in places))
    holding = (each for each in every if _holds(root / each, usual))
    named = (each for each in every if each != "sql" and (root / each).is_dir())
    return next(holding, None) or next(named, None) or places[0]


def _holds(folder: Path, usual: Usual) -> bool:
    return any(usual.is_migration(each.name) for each in _files(folder))


def _files(folder: Path) -> Iterable[Path]:
    return [each for each in folder.iterdir() if each.is_file()] if folder.is_dir() else []
