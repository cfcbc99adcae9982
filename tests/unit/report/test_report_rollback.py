"""What a person and a program read of rollbacks."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from pgassay.model.aside import Aside
from pgassay.model.events.rollback import (
    RollbackFinished,
    RollbackStarted,
    RollbackStepFinished,
    RollbackSwapped,
)
from pgassay.model.exits import Exit
from pgassay.model.finding import Finding
from pgassay.model.loss import Loss, TableLoss
from pgassay.model.release import Release, Standing, Trigger, TriggerResult, Verdict
from pgassay.model.rollback import (
    LastRollback,
    RollbackOperation,
    RollbackOutcome,
    RollbackResult,
    RollbackRun,
    RollbackStep,
)
from pgassay.report.rollback.closing import closing_text
from pgassay.report.rollback.document import record_document, release_document, rollbacks_document
from pgassay.report.rollback.listing import Rollbacks, rollbacks_text
from pgassay.report.rollback.loss import loss_text
from pgassay.report.rollback.record import RollbackCollector, RollbackRecord
from pgassay.report.rollback.release import release_exit, release_text

AT = datetime(2026, 8, 1, 12, tzinfo=UTC)
RUN = RollbackRun(
    id=UUID(int=1),
    operation=RollbackOperation.RUN,
    target="shop",
    database="h:1/shop",
    live="shop",
    aside="shop_aside",
    reason="lost\x1b[2J orders",
    started_at=AT,
)


def record(outcome: RollbackOutcome, *, interrupted: bool = False) -> RollbackRecord:
    collector = RollbackCollector()
    result = RollbackResult(step=RollbackStep.SMOKE, finding=Finding.BROKEN, sentence="No.", detail=("why",))
    for event in (
        RollbackStarted(run=RUN),
        RollbackStepFinished(result=result, at=AT, elapsed_s=0.25),
        RollbackSwapped(outage_s=0.12, tries=1, at=AT),
        RollbackFinished(outcome=outcome, sentence="Done.", at=AT, elapsed_s=2.0, interrupted=interrupted),
    ):
        collector.see(event)
    return collector.record()


@pytest.mark.parametrize(
    ("outcome", "interrupted", "expected"),
    [
        (RollbackOutcome.SUCCEEDED, False, Exit.OK),
        (RollbackOutcome.SUCCEEDED, True, Exit.OK),
        (RollbackOutcome.RED, False, Exit.RED),
        (RollbackOutcome.UNCHANGED, False, Exit.RED),
        (RollbackOutcome.UNCHANGED, True, Exit.INTERRUPTED),
    ],
)
def test_only_what_was_done_is_zero(outcome: RollbackOutcome, interrupted: bool, expected: Exit) -> None:
    found = record(outcome, interrupted=interrupted)
    assert found.exit is expected
    assert json.loads(record_document(found))["exit"] == expected


def test_what_never_came_to_its_end_was_interrupted() -> None:
    assert RollbackRecord(run=RUN).exit is Exit.INTERRUPTED
    assert closing_text(RollbackRecord(run=RUN)) == "It did not come to its end."


def test_the_closing_names_each_step_and_the_way_back() -> None:
    text = closing_text(record(RollbackOutcome.RED))
    assert "smoke           BROKEN        No. (250 ms)\n      why" in text
    assert text.splitlines()[-2:] == [
        "RED: Done.",
        "  To take it back: pgassay rollback undo --confirm shop",
    ]
    assert "\x1b" not in text and "lost\\x1b[2J orders" in text


def test_a_loss_is_told_table_by_table() -> None:
    tables = (
        TableLoss(name="public.orders", then=20, now=7),
        TableLoss(name="public.gone", then=5, now=None),
        TableLoss(name="public.new", then=None, now=1),
        TableLoss(name="public.big", then=9_000_000, now=9_500_000, exact=False),
    )
    loss = Loss(since=AT, tables=tables, compared=12)
    text = loss_text("shop", loss, AT + timedelta(minutes=90))
    assert text.splitlines() == [
        "shop would be as of 2026-08-01 12:00:00 UTC: the work of 1 h 30 min would be set aside with it.",
        "  4 tables of 12 would have another number of rows:",
        "    public.orders  7 now, 20 then (+13)",
        "    public.gone    is missing, and would be there again with 5 rows",
        "    public.new     would be gone, with 1 row",
        "    public.big     about 9,500,000 now, 9,000,000 then (-500,000)",
        "  Rows that were only changed are not seen.",
    ]


def test_a_loss_that_is_none_or_cannot_be_counted() -> None:
    assert "each has as many rows as then" in loss_text("shop", Loss(since=AT, compared=3), AT)
    many = tuple(TableLoss(name=f"t{n}", then=0, now=1) for n in range(30))
    assert "… and 10 more tables" in loss_text("shop", Loss(since=AT, tables=many, compared=30), AT)
    assert "cannot be counted: gone" in loss_text("shop", Loss(since=AT, problem="gone"), AT)


@pytest.mark.parametrize(
    ("verdict", "expected"),
    [
        (Verdict.ROLL_BACK, Exit.RED),
        (Verdict.STAY, Exit.OK),
        (Verdict.NOT_VERIFIED, Exit.UNAVAILABLE),
    ],
)
def test_only_a_stay_is_zero_and_only_a_rollback_is_red(verdict: Verdict, expected: Exit) -> None:
    trigger = TriggerResult(
        trigger=Trigger.MANUAL, standing=Standing.FIRED, sentence="Somebody asks.", evidence=("/t",)
    )
    release = Release(target="shop", at=AT, verdict=verdict, triggers=(trigger,))
    assert release_exit(release) is expected
    text = release_text(release)
    assert "manual           FIRED         Somebody asks.\n      /t\n" in text
    assert f"{verdict}: shop" in text
    assert ("pgassay rollback run" in text) is (verdict is Verdict.ROLL_BACK)
    document = json.loads(release_document(release))
    assert (document["format"], document["exit"]) == ("pgassay.release/1", expected)


def test_a_list_says_what_was_done_and_how_to_be_rid_of_what_is_kept() -> None:
    last = LastRollback(
        id=UUID(int=1),
        operation=RollbackOperation.RUN,
        status="interrupted",
        step="swap",
        reason="why",
        sentence="",
        backup="/b",
        aside="",
        started_at=AT,
        finished_at=None,
    )
    aside = Aside(name='shop"_aside', size_bytes=2_500_000, run=RUN, comment=None, finished=True)
    found = Rollbacks(database="shop", operations=(last,), asides=(aside,))
    text = rollbacks_text(found)
    assert "at the step swap" in text and "2.5 MB; pgassay rollback undo puts it back" in text
    assert 'drop database "shop""_aside"' in text
    assert json.loads(rollbacks_document(found))["rollbacks"]["asides"][0]["name"] == 'shop"_aside'
    empty = Rollbacks(database="shop", operations=(), asides=())
    assert rollbacks_text(empty) == "shop was never rolled back."
    assert rollbacks_text(replace(empty, known=False)) == "Nothing is kept aside of shop."
