"""Ways to back up and to restore elsewhere, and which faults of a backup each of them notices."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from shutil import copytree, rmtree

from faults import FAULTS, Lines, into_directory, into_plain
from pgassay.pg.process import Finished
from scene import Scene
from suite import Measured, measured

PGASSAY = "pgassay"
_COPY = "copy"


@dataclass(frozen=True)
class Keeper:
    """A way to back up. ``verify`` looks at the backup without restoring it, ``drill`` restores it elsewhere.

    Both say whether all is well. ``fault`` puts a fault into the backup.
    """

    back_up: Callable[[Scene, Path], object]
    verify: Callable[[Scene, Path], bool]
    drill: Callable[[Scene, Path], bool]
    fault: Callable[[Path, Callable[[Lines], Lines]], None]


@dataclass
class Kept:
    """What one way to back up came to."""

    backup: Measured = field(default_factory=Measured)
    drill: Measured = field(default_factory=Measured)
    seen_by_verify: list[str] = field(default_factory=list)
    seen_by_drill: list[str] = field(default_factory=list)


def keep(where: Scene, *, rounds: int) -> dict[str, Kept]:
    """Let each back up and drill in turn; then see which faults each notices."""
    found = {name: Kept() for name in _KEEPERS}
    for number in range(rounds + 1):
        for name, keeper in _KEEPERS.items():
            kept, place = found[name] if number else Kept(), where.folder / "kept"
            _clear(place)
            with measured(where.server, kept.backup):
                keeper.back_up(where, place)
            with measured(where.server, kept.drill):
                assert keeper.drill(where, place), f"{name} does not take its own backup"
    for name, keeper in _KEEPERS.items():
        _plant(where, keeper, found[name])
    return found


def _plant(where: Scene, keeper: Keeper, into: Kept) -> None:
    place, whole = where.folder / "kept", where.folder / "whole"
    _clear(whole)
    keeper.back_up(where, whole)
    for title, fault in FAULTS.items():
        _clear(place)
        copytree(whole, place) if whole.is_dir() else place.write_bytes(whole.read_bytes())
        keeper.fault(place, fault)
        if not keeper.verify(where, place):
            into.seen_by_verify.append(title)
        if not keeper.drill(where, place):
            into.seen_by_drill.append(title)


def _clear(place: Path) -> None:
    if place.is_dir():
        rmtree(place)
    place.unlink(missing_ok=True)


def _made_by_pgassay(where: Scene, place: Path) -> None:
    where.pgassay("recover", "backup", "--to", str(place))


def _the_one(place: Path) -> Path:
    (found,) = place.iterdir()
    return found


def _verified(where: Scene, place: Path) -> bool:
    return where.pgassay("recover", "verify", str(_the_one(place)), expected=(0, 1)).status == 0


def _drilled(where: Scene, place: Path) -> bool:
    return where.pgassay("recover", "drill", str(_the_one(place)), expected=(0, 1)).status == 0


def _spoilt(place: Path, fault: Callable[[Lines], Lines]) -> None:
    into_directory(_the_one(place) / "archive", fault)


def _restored(where: Scene, restore: Callable[[], Finished]) -> bool:
    """Restore into a fresh database, and count its tables, as is usual; the exit status counts, too."""
    count = "select count(*) from information_schema.tables where table_schema <> all ('{pg_catalog}')"
    where.tool("dropdb", "--if-exists", _COPY, database=None)
    where.tool("createdb", "-T", "template0", _COPY, database=None)
    done = restore()
    there = where.ask(count, of=where.server.target.with_database(_COPY))
    return done.status == 0 and there == where.ask(count)


_KEEPERS = {
    PGASSAY: Keeper(_made_by_pgassay, _verified, _drilled, _spoilt),
    "pg_dump > file, psql -f": Keeper(
        lambda where, place: where.tool("pg_dump", "--file", place),
        lambda _, place: b"PostgreSQL database dump complete" in place.read_bytes()[-500:],
        lambda where, place: _restored(where, lambda: where.tool("psql", "-Xq", "-f", place, database=_COPY)),
        into_plain,
    ),
    "pg_dump -Fd -j2, pg_restore": Keeper(
        lambda where, place: where.tool("pg_dump", "-Fd", "-j2", "--file", place),
        lambda where, place: where.tool("pg_restore", "--list", place, database=None).status == 0,
        lambda where, place: _restored(where, lambda: where.tool("pg_restore", "-j2", place, database=_COPY)),
        into_directory,
    ),
}
