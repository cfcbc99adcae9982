"""The baseline as text, and what differs from it."""

from uuid import UUID

import pytest

from pgassay.checks.access.baseline import compare, matrix_of, read, write
from pgassay.model.access import (
    AccessPlan,
    AccessVerdict,
    Action,
    Cell,
    Difference,
    Entry,
    Ground,
    Reach,
    RelationAccess,
)
from pgassay.model.errors import UsageError
from pgassay.model.exits import Exit
from pgassay.model.identity import Identity
from pgassay.pg.clock import now


def relation(name: str, **reaches: Reach) -> RelationAccess:
    cells = tuple(Cell(action=Action(action), reach=reach) for action, reach in reaches.items())
    return RelationAccess(relation=name, kind="table", rows=(("anon", cells), ("a user", cells[:1])))


RELATIONS = (
    relation("app.t", select=Reach.SOME, insert=Reach.NO, truncate=Reach.ALL),
    relation('app."Odd ""name"', select=Reach.NOT_VERIFIED),
    relation("app.shut", select=Reach.NO),
)


def entry(name: str, action: Action, identity: str = "anon") -> Entry:
    return Entry(relation=name, identity=identity, action=action)


def text() -> str:
    plan = AccessPlan(
        id=UUID(int=0),
        started_at=now(),
        target="",
        database="app",
        server_version="18.1",
        ground=Ground.COPY,
        identities=(Identity(name="anon", role="web"),),
    )
    return write(plan, RELATIONS)


def test_it_has_a_line_for_each_identity() -> None:
    assert text().splitlines()[2:] == [
        "#   anon: role web",
        "",
        '["app.t"]',
        'anon = "select some, truncate all"',
        '"a user" = "select some"',
        "",
        '["app.\\"Odd \\"\\"name\\""]',
        'anon = "select not verified"',
        '"a user" = "select not verified"',
        "",
        '["app.shut"]',
        'anon = "nothing"',
        '"a user" = "nothing"',
    ]


def test_what_was_written_is_read_without_a_difference() -> None:
    assert compare(read(text(), name="x"), matrix_of(RELATIONS)) == ()


@pytest.mark.parametrize(
    ("before", "after", "opened", "unverified"),
    [
        (Reach.NO, Reach.NONE, True, False),
        (Reach.NONE, Reach.SOME, True, False),
        (Reach.SOME, Reach.ALL, True, False),
        (Reach.ALL, Reach.SOME, False, False),
        (Reach.ALL, Reach.NOT_VERIFIED, False, True),
        (Reach.NOT_VERIFIED, Reach.ALL, False, True),
    ],
)
def test_a_difference_knows_its_direction(
    before: Reach, after: Reach, opened: bool, unverified: bool
) -> None:
    one = entry("app.t", Action.SELECT)

    (found,) = compare({one: before}, {one: after})

    assert found == Difference(entry=one, before=before, after=after)
    assert (found.opened, found.unverified) == (opened, unverified)


def test_what_is_not_named_is_not_allowed() -> None:
    one = entry("app.new", Action.SELECT)

    assert compare({}, {one: Reach.NO}) == ()
    assert compare({}, {one: Reach.SOME})[0].before is Reach.NO
    assert compare({one: Reach.SOME}, {})[0].after is Reach.NO


def test_only_the_actions_that_were_tried_are_compared() -> None:
    before = {entry("app.t", action): Reach.ALL for action in Action}

    found = compare(before, {}, actions=(Action.SELECT,))

    assert [each.entry.action for each in found] == [Action.SELECT]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("a = ", "not valid TOML"),
        ("a = 1", "no table of identities"),
        ("[a]\nb = 'peek all'", "'peek all' in the baseline"),
        ("[a]\nb = 'select most'", "'select most' in the baseline"),
    ],
)
def test_a_bad_baseline_is_a_sentence(words: str, sentence: str) -> None:
    with pytest.raises(UsageError, match=sentence):
        read(words, name="access.toml")


@pytest.mark.parametrize(
    ("verdict", "code"),
    [
        (AccessVerdict(verified=5), Exit.OK),
        (AccessVerdict(verified=5, strict=True), Exit.RED),
        (AccessVerdict(verified=5, strict=True, differences=()), Exit.OK),
        (AccessVerdict(verified=5, not_verified=1, differences=()), Exit.OK),
        (AccessVerdict(verified=5, not_verified=1, strict=True, differences=()), Exit.RED),
        (AccessVerdict(verified=0, not_verified=3), Exit.RED),
        (AccessVerdict(verified=5, saved="access.toml"), Exit.OK),
        (AccessVerdict(verified=5, interrupted=True), Exit.INTERRUPTED),
        (
            AccessVerdict(
                verified=5,
                differences=(Difference(entry=entry("t", Action.SELECT), before=Reach.ALL, after=Reach.NO),),
            ),
            Exit.RED,
        ),
    ],
)
def test_the_exit_code(verdict: AccessVerdict, code: Exit) -> None:
    assert verdict.exit is code
