"""A database whose access matrix is known, and the matrix that pgassay finds there."""

import json
from collections.abc import Iterator, Sequence
from threading import Event
from uuid import uuid4

import pytest

from fix_server import fresh_database
from pgassay.checks.access.run import run
from pgassay.checks.access.settings import AccessSettings
from pgassay.model.access import AccessPlan, Action, Cell, Ground
from pgassay.model.events.access import AccessEvent, RelationTried
from pgassay.model.identity import Identity
from pgassay.pg.clock import now
from pgassay.pg.cluster import Server
from pgassay.pg.connection import connect
from pgassay.pg.target import Target
from pgassay.pg.wire import Wire
from repository import ROOT

CASES = ROOT / "tests/cases/access"
ROLES = """
do $$ begin
    create role access_anon; create role access_user; create role access_owner;
    create role access_service bypassrls;
exception when duplicate_object then null;
end $$
"""


def user(name: str, **claims: object) -> Identity:
    """Give a user of the application."""
    return Identity(
        name=name, role="access_user", claims=json.dumps({"role": "access_user", "sub": name, **claims})
    )


PEOPLE = (
    Identity(name="anon", role="access_anon"),
    user("u1", tenant=1),
    user("u2", tenant=2),
    user("nobody", tenant=3),
    Identity(name="owner", role="access_owner"),
    Identity(name="service", role="access_service"),
)


@pytest.fixture
def app(server: Server) -> Iterator[Target]:
    """The database of ``tests/cases/access``, on each server."""
    with fresh_database(server) as target:
        with connect(target) as connection:
            connection.execute(ROLES)
            connection.execute((CASES / "matrix.sql").read_text("utf-8").encode())
            if connection.info.server_version >= 150000:
                connection.execute((CASES / "invoker_view.sql").read_text("utf-8").encode())
        yield target


def events(
    target: Target,
    people: Sequence[Identity] = PEOPLE,
    *,
    ground: Ground = Ground.IN_PLACE,
    settings: AccessSettings | None = None,
) -> list[AccessEvent]:
    """Try everything, and give all that was said."""
    wire = Wire.connect(target, application="pgassay access")
    plan = AccessPlan(
        id=uuid4(),
        started_at=now(),
        target=target.shown,
        database="app",
        server_version="",
        ground=ground,
        identities=tuple(people),
    )
    try:
        return list(run(plan, wire, settings or AccessSettings(), stop=Event()))
    finally:
        wire.close()


def cells_of(said: Sequence[AccessEvent]) -> dict[tuple[str, str, Action], Cell]:
    """Give the cells by relation, identity and action."""
    tried = [each.access for each in said if isinstance(each, RelationTried)]
    return {(each.relation, name, cell.action): cell for each in tried for name, cell in each.cells()}
