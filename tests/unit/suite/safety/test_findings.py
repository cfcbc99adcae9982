"""From what was seen to what may be claimed: a yes needs the server's word, and what is unseen is no yes."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from pgassay.model.evidence import Standing, TouchedRelation, Wait
from pgassay.model.execution import SafetyTier
from pgassay.model.suite import Trouble
from pgassay.suite.safety.findings import Seen, evidence_of, held_against
from pgassay.suite.safety.leftovers import Outside
from pgassay.suite.safety.settings import Policy, SafetySettings
from pgassay.suite.safety.surface import Surface
from pgassay.suite.safety.transaction import Inside, Opened
from pgassay.suite.safety.watch import Watch

BEFORE = Surface(catalogs={"pg_class": "1", "pg_proc": "2"}, sequences={"99": 5})
CHANGED = Surface(catalogs={"pg_class": "7", "pg_proc": "2"}, sequences={"99": 6})
WROTE = (TouchedRelation(name="public.items", inserted=1),)
ABORTED = Outside(status="aborted")


def _watch(*, waited_ms: int = 0, strong: bool = False, gap_ms: int = 0) -> Watch:
    watch = Watch(pid=1, halt=lambda _reason: None, longest_gap_ms=gap_ms)
    if waited_ms:
        watch.waits[7] = Wait(pid=7, application="", relation="r", mode="m", waited_ms=waited_ms)
    if strong:
        watch.strong["public.items"] = "ShareLock"
    return watch


GOOD = Seen(
    path="a.sql",
    attempt=1,
    at=datetime(2026, 1, 2, tzinfo=UTC),
    opened=Opened(transaction="123", began="now", pid=1),
    inside=Inside(relations=WROTE, sequences=(("99", "public.s"),)),
    outside=ABORTED,
    before=BEFORE,
    after=BEFORE,
    watch=_watch(),
)
POLICY = Policy(tier=SafetyTier.ROLLBACK, settings=SafetySettings())
VIOLATED, UNKNOWN = Standing.VIOLATED, Standing.NOT_VERIFIED


def _doubts(seen: Seen, policy: Policy = POLICY) -> dict[str, Standing]:
    claims = evidence_of(seen, policy).claims
    return {each.name: each.standing for each in claims if each.standing is not Standing.VERIFIED}


def test_a_file_that_left_nothing_is_verified() -> None:
    assert _doubts(GOOD) == {}
    assert list(held_against(evidence_of(GOOD, POLICY), told=False)) == []


@pytest.mark.parametrize(
    ("seen", "name", "standing"),
    [
        (replace(GOOD, outside=Outside(status="committed")), "its transaction was rolled back", VIOLATED),
        (replace(GOOD, outside=Outside(status="in progress")), "its transaction was rolled back", VIOLATED),
        (replace(GOOD, outside=Outside()), "its transaction was rolled back", UNKNOWN),
        (replace(GOOD, inside=Inside(escaped=True)), "its transaction was rolled back", VIOLATED),
        (replace(GOOD, outside=replace(ABORTED, advisory=1)), "its session held nothing", VIOLATED),
        (replace(GOOD, outside=replace(ABORTED, prepared=1)), "its session held nothing", VIOLATED),
        (replace(GOOD, after=Surface(unseen="gone")), "it changed no object", UNKNOWN),
        (replace(GOOD, lifted=("lock_timeout",)), "its limits held", VIOLATED),
        (replace(GOOD, watch=_watch(strong=True)), "it locked nobody's objects", VIOLATED),
        (replace(GOOD, watch=_watch(waited_ms=301)), "nobody waited longer than 200 ms for it", VIOLATED),
        (replace(GOOD, watch=_watch(gap_ms=301)), "nobody waited longer than 200 ms for it", UNKNOWN),
    ],
)
def test_one_doubt_is_one_claim_that_does_not_stand(seen: Seen, name: str, standing: Standing) -> None:
    assert _doubts(seen) == {name: standing}
    (problem,) = held_against(evidence_of(seen, POLICY), told=False)
    assert problem.trouble is (Trouble.LEFT_TRACES if standing is VIOLATED else Trouble.NOT_VERIFIED)


def test_a_lost_server_verifies_nothing_about_what_is_left() -> None:
    lost = replace(GOOD, inside=Inside(unseen="gone"), outside=Outside(unseen="gone"), blind="gone")
    assert set(_doubts(lost).values()) == {UNKNOWN}
    assert len(_doubts(lost)) == 5


def test_what_others_changed_is_theirs_only_if_our_transaction_is_aborted() -> None:
    meanwhile = replace(GOOD, after=CHANGED)
    assert _doubts(meanwhile) == {}
    assert evidence_of(meanwhile, POLICY).changed_by_others == ("pg_class",)

    unknown = replace(meanwhile, outside=Outside(unseen="gone"))
    assert _doubts(unknown)["it changed no object"] is UNKNOWN
    assert evidence_of(unknown, POLICY).changed_by_others == ()


def test_a_sequence_that_advanced_is_told() -> None:
    (move,) = evidence_of(replace(GOOD, after=CHANGED), POLICY).sequences
    assert (move.name, move.before, move.after) == ("public.s", 5, 6)


def test_whether_a_sequence_advanced_that_the_role_may_not_read_is_not_known() -> None:
    hidden = replace(GOOD, before=replace(BEFORE, sequences={}), after=replace(BEFORE, sequences={}))
    (move,) = evidence_of(hidden, POLICY).sequences
    assert (move.name, move.before, move.after) == ("public.s", None, None)


def test_a_sequence_that_was_never_used_did_not_advance() -> None:
    unused = replace(BEFORE, sequences={"99": None})
    assert evidence_of(replace(GOOD, before=unused, after=unused), POLICY).sequences == ()
    (move,) = evidence_of(replace(GOOD, before=unused, after=CHANGED), POLICY).sequences
    assert (move.before, move.after) == (None, 6)


def test_in_the_read_only_tier_a_written_row_is_a_trace() -> None:
    strict = Policy(tier=SafetyTier.READ_ONLY, settings=SafetySettings())
    assert _doubts(GOOD, strict) == {"it wrote no row": VIOLATED}
    assert _doubts(replace(GOOD, inside=Inside()), strict) == {}


def test_what_a_file_was_stopped_for_is_not_said_twice() -> None:
    slow = replace(GOOD, watch=_watch(waited_ms=900, strong=True), lifted=("lock_timeout",))
    told = held_against(evidence_of(slow, POLICY), told=True)
    assert ["limits" in each.message for each in told] == [True]
