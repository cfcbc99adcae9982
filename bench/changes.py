"""A migration beside ``psql -1 -f``: how long it takes, how long an application waits, what is noticed."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Thread

from outage import Prober
from pgassay.pg.connection import connect
from scene import Scene
from suite import Measured, measured

READER_S = 2.0
_UP = """
alter table pgbench_tellers add column note text not null default '';
alter table pgbench_tellers add constraint note_length check (length(note) < 100);
create index tellers_note on pgbench_tellers (note);
create table tills (tid int primary key references pgbench_tellers, opened timestamptz default now());
grant select on tills to pg_monitor;
"""
_DOWN = """
drop table tills;
alter table pgbench_tellers drop column note;
"""
_FORGETFUL = """
alter table pgbench_tellers drop column note;
"""
_LOSSY = """
drop table tills;
alter table pgbench_tellers drop column note;
update pgbench_tellers set tbalance = 1;
"""
_PROBE = "select tbalance from pgbench_tellers where tid = 1"


@dataclass
class Change:
    """What one way came to. ``stall_s`` is of a client, while another one reads for two seconds."""

    measured: Measured = field(default_factory=Measured)
    parts: dict[str, Measured] = field(default_factory=dict)
    stall_s: list[float] = field(default_factory=list)
    right: str = ""
    noticed: str = ""


def changes(scene: Scene, *, rounds: int) -> dict[str, Change]:
    """Let both migrate the database in turn; a first round does not count."""
    found = {name: Change() for name in _WAYS}
    _lay_out(scene, _DOWN)
    for number in range(rounds + 1):
        for name, way in _WAYS.items():
            change = found[name] if number else Change()
            scene.renew()
            with measured(scene.server, change.measured):
                way(scene, change)
            change.right = "yes" if _is_migrated(scene) else "no"
            scene.renew()
            if name == _PGASSAY:
                scene.pgassay("migrate", "rehearse", expected=(0, 1))
            with _reader(scene), Prober(scene.live, _PROBE) as prober:
                _APPLY[name](scene)
            change.stall_s.append(prober.longest_s)
    _notice(scene, found)
    return found


def _notice(scene: Scene, found: dict[str, Change]) -> None:
    """See whether a way back that does not lead back is noticed before it is needed."""
    noticed = 0
    for down in (_FORGETFUL, _LOSSY):
        scene.renew()
        _lay_out(scene, down)
        noticed += scene.pgassay("migrate", "rehearse", expected=(0, 1)).status == 1
    found[_PGASSAY].noticed = f"{noticed} of 2"
    found[_PSQL].noticed = "0 of 2"  # nothing looks at it


def _lay_out(scene: Scene, down: str) -> None:
    (scene.folder / "migrations" / "001_note.sql").write_text(_UP)
    (scene.folder / "migrations" / "001_note.rollback.sql").write_text(down)


def _is_migrated(scene: Scene) -> bool:
    query = "select note, (select count(*) from tills) from pgbench_tellers where tid = 1"
    return scene.ask(query) == [("", 0)]


@contextmanager
def _reader(scene: Scene) -> Iterator[None]:
    """Read the table in a transaction that lasts for two seconds, beside the block."""
    began = Event()

    def read() -> None:
        with connect(scene.live, application="report") as connection, connection.transaction():
            connection.execute("table pgbench_tellers")
            began.set()
            Event().wait(READER_S)

    thread = Thread(target=read)
    thread.start()
    began.wait(10)
    yield
    thread.join()


def _by_pgassay(scene: Scene, change: Change) -> None:
    for part, work in (("rehearse", _rehearse), ("apply", _apply)):
        with measured(scene.server, change.parts.setdefault(part, Measured())):
            work(scene)


def _rehearse(scene: Scene) -> None:
    scene.pgassay("migrate", "rehearse")


def _apply(scene: Scene) -> None:
    scene.pgassay("migrate", "apply", "--yes")


def _by_psql(scene: Scene, _: Change) -> None:
    _psql(scene)


def _psql(scene: Scene) -> None:
    file = scene.folder / "migrations" / "001_note.sql"
    done = scene.tool("psql", "-Xq", "-1", "-v", "ON_ERROR_STOP=1", "-f", file)
    assert done.status == 0, done


_PGASSAY, _PSQL = "pgassay migrate rehearse, apply", "psql -1 -f"
_WAYS: dict[str, Callable[[Scene, Change], None]] = {_PGASSAY: _by_pgassay, _PSQL: _by_psql}
_APPLY: dict[str, Callable[[Scene], None]] = {_PGASSAY: _apply, _PSQL: _psql}
