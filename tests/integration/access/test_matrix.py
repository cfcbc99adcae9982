"""The matrix of a database whose every cell is known, on each server."""

import json
from dataclasses import replace

import pytest

from fix_access import PEOPLE, cells_of, events
from pgassay.checks.access.settings import AccessSettings
from pgassay.model.access import Action, Cell, Ground, Reach
from pgassay.model.errors import Unavailable
from pgassay.model.events.access import AccessFinished, AccessStarted, AccessWarned
from pgassay.model.identity import Identity
from pgassay.pg.connection import connect
from pgassay.pg.target import Target

# relation, identity, and the reach of SELECT, INSERT, UPDATE, MOVE, DELETE, TRUNCATE; for views without MOVE
# and TRUNCATE. What is not here is "no" in every cell. "?" is not verified.
KNOWN = """
plain      u1      some some some none some no
plain      u2      some some some none some no
plain      nobody  none none none none none no
plain      service all  all  all  all  all  all
leaky      u1      some no   some all  no   no
leaky      u2      some no   some all  no   no
leaky      nobody  none no   none none no   no
blind      u1      some no   all  all  some no
blind      u2      some no   all  all  some no
blind      nobody  none no   all  all  none no
columns    u1      some some some none no   no
columns    u2      some some some none no   no
columns    nobody  none none none none no   no
owned      owner   all  all  all  all  all  all
forced     owner   none none none none none all
walled     u1      some some some none some no
walled     u2      some some some none some no
walled     nobody  none some none none none no
failing    u1      ?    no   no   no   ?    no
failing    u2      ?    no   no   no   ?    no
failing    nobody  ?    no   no   no   ?    no
triggered  u1      some some none none some no
triggered  u2      some some none none some no
triggered  nobody  none none none none none no
parted     u1      some some some none some no
parted     u2      some some some none some no
parted     nobody  none none none none none no
parted_2   u1      all  no   no   no   no   no
parted_2   u2      all  no   no   no   no   no
parted_2   nobody  all  no   no   no   no   no
parent     u1      some some some none some no
parent     u2      some some some none some no
parent     nobody  none none none none none no
keyless    u1      some some some none some no
keyless    u2      some some some none some no
keyless    nobody  none none none none none no
empty      u1      some some some none some no
empty      u2      some some some none some no
empty      nobody  some some some none some no
open       anon    all  all  no   no   no   all
closed     anon    none none none none none no
as_owner   anon    all  no   no   all
as_owner   u1      all  no   no   all
as_owner   u2      all  no   no   all
as_owner   nobody  all  no   no   all
mine       u1      some no   no   no
mine       u2      some no   no   no
mine       nobody  none no   no   no
stored     u1      all
stored     u2      all
stored     nobody  all
"""
INVOKER = """
as_invoker u1      some no   no   no
as_invoker u2      some no   no   no
as_invoker nobody  none no   no   no
"""
TABLE = tuple(Action)
VIEW = (Action.SELECT, Action.INSERT, Action.UPDATE, Action.DELETE)


def known(text: str) -> dict[tuple[str, str, Action], Reach]:
    found = {}
    for line in filter(None, text.splitlines()):
        relation, identity, *words = line.split()
        actions = {6: TABLE, 4: VIEW, 1: VIEW[:1]}[len(words)]
        for action, word in zip(actions, words, strict=True):
            reach = Reach.NOT_VERIFIED if word == "?" else Reach(word)
            found[f"app.{relation}", identity, action] = reach
    return found


def reaches(cells: dict[tuple[str, str, Action], Cell]) -> dict[tuple[str, str, Action], Reach]:
    return {key: cell.reach for key, cell in cells.items()}


def test_every_cell_is_as_it_is_known(app: Target) -> None:
    said = events(app)

    found = reaches(cells_of(said))
    with connect(app) as connection:
        invoker = connection.info.server_version >= 150000
    expected = known(KNOWN + (INVOKER if invoker else ""))
    assert {key: reach for key, reach in found.items() if key in expected} == expected
    assert {key for key, reach in found.items() if reach is not Reach.NO} <= set(expected)
    assert isinstance(said[0], AccessStarted) and isinstance(said[-1], AccessFinished)


def test_a_statement_without_a_row_is_for_those_whom_policies_hold_to_it(app: Target) -> None:
    """For anybody else it would write the whole table."""
    cells = cells_of(events(app))

    service = [each for action in Action for each in cells["app.plain", "service", action].attempts]
    assert service and not any(each.limited for each in service)
    writes = [cells["app.plain", "u1", action] for action in (Action.UPDATE, Action.MOVE, Action.DELETE)]
    assert all(each.limited and each.row for cell in writes for each in cell.attempts)


def test_nothing_of_it_stays(app: Target) -> None:
    facts = (
        "select array_agg(t order by t) from (select 'app.plain' || p::text from app.plain as p"
        " union all select 'app.empty' || e::text from app.empty as e"
        " union all select polname::text from pg_policy"
        " union all select conname::text from pg_constraint where connamespace = 'app'::regnamespace"
        ") as everything (t)"
    )
    with connect(app) as connection:
        before = connection.execute(facts).fetchall()
        events(app)
        assert connection.execute(facts).fetchall() == before


@pytest.mark.parametrize(
    ("change", "opened"),
    [
        (
            "alter policy own on app.plain using (true)",
            {("u1", action) for action in Action if action is not Action.TRUNCATE},
        ),
        ("alter policy own on app.plain with check (true)", {("u1", Action.INSERT), ("u1", Action.MOVE)}),
        ("create policy look on app.plain for select using (true)", {("u1", Action.SELECT)}),
        ("grant select on app.plain to access_anon", {("anon", Action.SELECT)}),
        ("grant truncate on app.plain to access_anon", {("anon", Action.TRUNCATE)}),
        (
            "alter table app.plain disable row level security",
            {("u1", action) for action in Action if action is not Action.TRUNCATE},
        ),
        ("create policy remove on app.plain for delete using (true)", {("u1", Action.DELETE)}),
        ("create policy add on app.plain for insert with check (true)", {("u1", Action.INSERT)}),
    ],
)
def test_what_is_opened_shows_in_its_cells_and_no_others(
    app: Target, change: str, opened: set[tuple[str, Action]]
) -> None:
    people = [each for each in PEOPLE if each.name in ("anon", "u1")]
    settings = AccessSettings(schemas=("app",))
    before = reaches(cells_of(events(app, people, settings=settings)))
    with connect(app) as connection:
        connection.execute(change.encode())

    after = reaches(cells_of(events(app, people, settings=settings)))

    differing = {key for key in after if after[key] != before[key] and key[0] == "app.plain"}
    assert differing == {("app.plain", name, action) for name, action in opened}
    assert {key for key in after if after[key] != before[key]} - differing <= {
        key for key in after if key[0] in ("app.mine", "app.as_invoker")
    }


def test_read_only_it_tries_reading_and_nothing_else(app: Target) -> None:
    found = reaches(cells_of(events(app, ground=Ground.READ_ONLY)))

    expected = known(KNOWN)
    selects = {key: reach for key, reach in expected.items() if key[2] is Action.SELECT}
    without_rows = {"app.empty", "app.columns"}
    sure = {key: reach for key, reach in selects.items() if key[0] not in without_rows}
    assert {key: found[key] for key in sure} == sure
    assert {found[key] for key in selects if key[0] in without_rows} == {Reach.NOT_VERIFIED}
    assert {reach for key, reach in found.items() if key[2] is not Action.SELECT} == {Reach.NOT_VERIFIED}


def test_a_statement_that_is_not_let_through_is_never_done_as_ourselves(app: Target) -> None:
    """A role that cannot be taken on stops the check before anything is tried."""
    with connect(app) as connection:
        connection.execute("create role access_other nologin")
    people = [Identity(name="other", role="access_other", settings=(("row_security", "perhaps"),))]
    try:
        with pytest.raises(Unavailable, match="Nothing can be tried as other"):
            events(app, people)
    finally:
        with connect(app) as connection:
            connection.execute("drop role access_other")


def test_a_role_that_owns_little_verifies_little(app: Target) -> None:
    """Where policies keep rows from pgassay's own role, what others see of all rows is not known."""
    with connect(app) as connection:
        connection.execute("drop role if exists access_weak")
        connection.execute("create role access_weak login in role access_user, access_anon")
    people = [each for each in PEOPLE if each.name in ("anon", "u1")]
    try:
        found = cells_of(events(app.changed({"user": "access_weak"}), people))
    finally:
        with connect(app) as connection:
            connection.execute("drop role access_weak")

    assert found["app.plain", "u1", Action.SELECT].reach is Reach.NOT_VERIFIED
    assert found["app.plain", "u1", Action.UPDATE].reach is Reach.NOT_VERIFIED
    assert "sees only a part" in found["app.plain", "u1", Action.UPDATE].reason
    assert found["app.plain", "anon", Action.SELECT].reach is Reach.NO
    assert found["app.open", "anon", Action.SELECT].reach is Reach.ALL


def test_sequences_that_advance_in_place_are_told(app: Target) -> None:
    with connect(app) as connection:
        connection.execute("create table app.numbered (id serial primary key, note text)")
        connection.execute("grant insert (note) on app.numbered to access_anon")
        connection.execute("grant usage on sequence app.numbered_id_seq to access_anon")
    said = events(app)

    assert cells_of(said)["app.numbered", "anon", Action.INSERT].reach is Reach.ALL
    (warning,) = [each.sentence for each in said if isinstance(each, AccessWarned)]
    assert "app.numbered_id_seq" in warning


def test_claims_reach_policies_and_settings_do(app: Target) -> None:
    with connect(app) as connection:
        connection.execute("create table app.by_setting (id int primary key, team text not null)")
        connection.execute("alter table app.by_setting enable row level security")
        connection.execute("grant select on app.by_setting to access_user")
        connection.execute(
            "create policy own on app.by_setting using (team = current_setting('app.team', true))"
        )
        connection.execute("insert into app.by_setting values (1, 'red'), (2, 'blue')")
    claims = json.dumps({"role": "access_user", "sub": "x"})
    red = Identity(name="red", role="access_user", claims=claims, settings=(("app.team", "red"),))
    green = replace(red, name="green", settings=(("app.team", "green"),))

    found = cells_of(events(app, [red, green]))

    assert found["app.by_setting", "red", Action.SELECT].reach is Reach.SOME
    assert found["app.by_setting", "green", Action.SELECT].reach is Reach.NONE
