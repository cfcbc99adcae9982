"""The catalogs are looked at again unless the server's own word is that nothing was committed since."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from fix_production import Live
from pgassay.pg.wire import Wire
from pgassay.suite.safety.asking import ask
from pgassay.suite.safety.surface import Surface, look_around, questions, surface_of

REMEMBERED = {"pg_class": "as it was before"}
"""No number that the server could give: where it comes back, the catalogs were not looked at."""
MANY = "do $$ begin for n in 1..600 loop perform pg_current_xact_id(); commit; end loop; end $$"


@pytest.fixture
def wires(live: Live) -> Iterator[tuple[Wire, Wire]]:
    """A session that looks, and somebody else's."""
    found = [Wire.connect(live.project.target, application="a test") for _ in range(2)]
    yield found[0], found[1]
    for wire in found:
        wire.close()


def _before(wire: Wire) -> Surface:
    return replace(look_around(wire), catalogs=REMEMBERED)


def _after(wire: Wire, before: Surface) -> Surface:
    return surface_of(wire, before, *ask(wire, *questions(wire, before)))


def _run(wire: Wire, *statements: str) -> None:
    for statement in statements:
        assert wire.run(statement)[-1].error is None, statement


@pytest.mark.parametrize(
    "statements",
    [
        (),
        ("begin", "create table made (a int)", "savepoint s", "drop table parts", "rollback"),
        ("begin", "create table made (a int)"),
    ],
)
def test_what_was_not_committed_is_not_looked_for(
    wires: tuple[Wire, Wire], statements: tuple[str, ...]
) -> None:
    looks, other = wires
    before = _before(looks)
    _run(other, *statements)
    assert _after(looks, before).catalogs == REMEMBERED


@pytest.mark.parametrize(
    "statements",
    [
        ("create table made (a int)",),
        ("begin; savepoint s; create table made (a int); release s; commit",),
        ("begin; savepoint s; create table made (a int); rollback to s; create table other (); commit",),
        ("insert into items (name) values ('nail')",),
        (MANY,),
    ],
)
def test_after_a_commit_the_catalogs_are_looked_at(
    wires: tuple[Wire, Wire], statements: tuple[str, ...]
) -> None:
    looks, other = wires
    before = _before(looks)
    _run(other, *statements)
    after = _after(looks, before)
    assert set(after.catalogs) > {"pg_class", "pg_proc"}
    assert after.catalogs == look_around(looks).catalogs


def test_a_transaction_that_was_under_way_and_commits_is_seen(wires: tuple[Wire, Wire]) -> None:
    looks, other = wires
    whole = look_around(looks)
    _run(other, "begin", "create table made (a int)")
    _run(looks, "select pg_current_xact_id()")  # so that a later one has ended before
    before = replace(look_around(looks), catalogs=REMEMBERED)
    assert _after(looks, before).catalogs == REMEMBERED
    _run(other, "commit")
    after = _after(looks, before).catalogs
    assert after == look_around(looks).catalogs
    assert after["pg_class"] != whole.catalogs["pg_class"]


def test_without_a_snapshot_the_catalogs_are_looked_at(wires: tuple[Wire, Wire]) -> None:
    looks, _other = wires
    before = replace(_before(looks), snapshot="")
    assert _after(looks, before).catalogs == look_around(looks).catalogs
