"""A database was harmed, and a backup has to take its place: how long clients wait, what is right then."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from outage import Prober
from pgassay.pg.process import Finished
from scene import LIVE, PRISTINE, Scene
from suite import Measured, measured

_LATER = "create table later as select 'since the backup' as what"


@dataclass
class Rescue:
    """What one way came to. ``outage_s`` has one value a round; the rest is of the last round."""

    measured: Measured = field(default_factory=Measured)
    outage_s: list[float] = field(default_factory=list)
    refused: int = 0
    status: int = 0
    right: str = ""
    kept: bool = False


def rescues(scene: Scene, *, rounds: int) -> dict[str, Rescue]:
    """Let each way bring the database back, in turn; a first round does not count."""
    found = {name: Rescue() for name in _WAYS}
    truth = scene.truth(PRISTINE)
    for number in range(rounds + 1):
        for name, way in _WAYS.items():
            scene.renew()
            backup = way.prepare(scene)
            scene.ask(scene.subject.harm)
            scene.ask(_LATER)
            rescue = found[name] if number else Rescue()
            with Prober(scene.live, scene.subject.probe) as prober, measured(scene.server, rescue.measured):
                done = way.rescue(scene, backup)
            rescue.outage_s.append(prober.longest_s)
            rescue.refused, rescue.status = prober.refused, done.status
            rescue.right = truth.right(scene.truth())
            rescue.kept = _is_kept(scene)
    return found


def _is_kept(scene: Scene) -> bool:
    """Whether what came after the backup is still somewhere on the server."""
    names = scene.on_server("select datname from pg_database where datname like 'live%'")
    query = "select from pg_class where relname = 'later'"
    return any(scene.ask(query, of=scene.server.target.with_database(str(name))) for (name,) in names)


@dataclass(frozen=True)
class _Way:
    prepare: Callable[[Scene], Path]
    rescue: Callable[[Scene, Path], Finished]


def _tested(scene: Scene) -> Path:
    scene.pgassay("recover", "drill", "--fresh")
    return scene.folder


def _plain(scene: Scene) -> Path:
    file = scene.folder / "live.sql"
    scene.tool("pg_dump", "--file", file)
    return file


def _archive(scene: Scene) -> Path:
    file = scene.folder / "live.dump"
    scene.tool("pg_dump", "-Fc", "--file", file)
    return file


def _by_pgassay(scene: Scene, _: Path) -> Finished:
    return scene.pgassay("rollback", "run", "--confirm", LIVE, "--reason", "bench")


def _over_it(scene: Scene, backup: Path) -> Finished:
    return scene.tool("psql", "-Xq", "-f", backup)


def _cleaned(scene: Scene, backup: Path) -> Finished:
    return scene.tool("pg_restore", "-j2", "--clean", "--if-exists", backup)


def _from_nothing(scene: Scene, backup: Path) -> Finished:
    scene.tool("dropdb", "--force", LIVE, database=None)
    scene.tool("createdb", "-T", "template0", LIVE, database=None)
    return scene.tool("psql", "-Xq", "-f", backup)


_WAYS = {
    "pgassay rollback run": _Way(_tested, _by_pgassay),
    "psql -f over it": _Way(_plain, _over_it),
    "pg_restore --clean -j2": _Way(_archive, _cleaned),
    "dropdb; createdb; psql -f": _Way(_plain, _from_nothing),
}
