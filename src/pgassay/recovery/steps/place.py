"""Makes the place of a drill: a server that comes and goes with it, or a database on a server that was given.

A server of our own listens on no network and archives nothing, and nothing of the target is in its reach.
It is of the target's own major version where its programs are installed.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from pgassay.model.backup import Manifest
from pgassay.model.errors import Unavailable
from pgassay.pg.clone import clone_name, drop_database, maker
from pgassay.pg.cluster import start
from pgassay.pg.connection import Connection, connect
from pgassay.pg.program import find_program
from pgassay.pg.query import major_version
from pgassay.pg.target import Target
from pgassay.recovery.ask import ask
from pgassay.recovery.steps.database import create_database

_ADMINISTRATIVE = frozenset({"postgres", "template0", "template1"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An empty database to restore into. ``own``: the server is ours.

    ``lacking`` says what it is not like the source in. ``superuser``: objects can get their owners there.
    ``said`` is what it is in words.
    """

    target: Target
    major: int
    own: bool
    superuser: bool
    said: str
    lacking: str = ""


@contextmanager
def make_place(manifest: Manifest, given: Target | None) -> Iterator[Place]:
    """Make it, until the block is left.

    Raises:
        Unavailable: there is no server to be had, or it lacks an extension or a way to sort.
    """
    if given is not None:
        with _database(given, manifest) as place:
            yield place
        return
    programs = find_program("postgres", at_least=manifest.source.major).parent
    with start(programs) as server:
        with connect(server.target, application=maker()) as connection:
            _make_roles(connection, manifest)
            _demand(connection, manifest)
            major = major_version(connection)
        name = manifest.source.name
        name = "restored" if name in _ADMINISTRATIVE else name
        said = f"a server of our own, PostgreSQL {server.version}"
        unsorted = create_database(server.target, name, manifest.source, run=manifest.id)
        yield Place(
            target=server.target.with_database(name),
            major=major,
            own=True,
            superuser=True,
            said=said,
            lacking=unsorted,
        )


@contextmanager
def _database(given: Target, manifest: Manifest) -> Iterator[Place]:
    name = clone_name(manifest.id, "drill")
    with connect(given, application=maker()) as connection:
        superuser = _demand(connection, manifest)
        major = major_version(connection)
    try:
        unsorted = create_database(given, name, manifest.source, run=manifest.id)
        yield Place(
            target=given.with_database(name),
            major=major,
            own=False,
            superuser=superuser,
            said=f"the database {name} on {given.shown}",
            lacking=unsorted,
        )
    finally:
        drop_database(given, name)


def _make_roles(connection: Connection, manifest: Manifest) -> None:
    """Make the source's roles. What is there already, or is not known to this version, is passed over."""
    for statement in manifest.roles:
        try:
            connection.execute(statement.encode())
        except Connection.DatabaseError:
            continue


def _demand(connection: Connection, manifest: Manifest) -> bool:
    """Demand what the archive needs of a server; say whether we are its superuser."""
    ((superuser, icu, available, _),) = ask(connection, "place")
    needed = {each.name for each in manifest.inventory if each.kind == "extension"}
    missing = sorted(needed - set(available))
    remedy = "Name a server that has them: [recovery] server, or the environment variable TEST_RESTORE_DB."
    if missing:
        raise Unavailable(
            f"The server to restore into has no extension {', '.join(missing)}, which the backup needs.",
            remedy=remedy,
        )
    if manifest.source.icu and not icu:
        raise Unavailable(
            "The backup has something that sorts by ICU, which the server to restore into does not know.",
            remedy=remedy,
        )
    return bool(superuser)
