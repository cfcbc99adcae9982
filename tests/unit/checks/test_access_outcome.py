"""What an answer of the server proves, and what several add up to."""

import pytest

from pgassay.checks.access.outcome import Judged, Outcome, add_up, judge
from pgassay.checks.access.rows import choose
from pgassay.model.access import Reach
from pgassay.model.message import ServerMessage
from pgassay.pg.reply import Reply, Status


def failed(sqlstate: str, routine: str = "", context: str = "") -> Reply:
    message = ServerMessage(
        severity="ERROR", sqlstate=sqlstate, message="it says no", routine=routine, context=context
    )
    return Reply(Status.FATAL_ERROR, error=message)


TRIGGER = "PL/pgSQL function app.f() line 1 at RAISE"


@pytest.mark.parametrize(
    ("reply", "outcome"),
    [
        (Reply(Status.COMMAND_OK, tag="UPDATE 1"), Outcome.REACHED),
        (Reply(Status.COMMAND_OK, tag="UPDATE 0"), Outcome.FILTERED),
        (Reply(Status.COMMAND_OK, tag="INSERT 0 1"), Outcome.REACHED),
        (Reply(Status.TUPLES_OK, tag="SELECT 0"), Outcome.FILTERED),
        (Reply(Status.COMMAND_OK, tag="TRUNCATE TABLE"), Outcome.REACHED),
        (failed("42501", "aclcheck_error"), Outcome.DENIED),
        (failed("42501", "ExecWithCheckOptions"), Outcome.REFUSED),
        (failed("42501", "ExecWithCheckOptions", TRIGGER), Outcome.BLOCKED),
        (failed("42501", "exec_stmt_raise", TRIGGER), Outcome.REFUSED),
        (failed("42501", "aclcheck_error", TRIGGER), Outcome.BLOCKED),
        (failed("44000", "ExecWithCheckOptions"), Outcome.REFUSED),
        (failed("23505", "_bt_check_unique"), Outcome.REACHED),
        (failed("23503", "ri_ReportViolation"), Outcome.REACHED),
        (failed("23514", "ExecConstraints"), Outcome.REACHED),
        (failed("23514", "ExecFindPartition"), Outcome.UNDECIDED),
        (failed("23514", "ExecEvalConstraintCheck"), Outcome.UNDECIDED),
        (failed("23505", "_bt_check_unique", TRIGGER), Outcome.BLOCKED),
        (failed("0A000", "heap_truncate_check_FKs"), Outcome.REACHED),
        (failed("0A000", "elsewhere"), Outcome.BLOCKED),
        (failed("55000"), Outcome.INAPPLICABLE),
        (failed("57014"), Outcome.UNDECIDED),
        (failed("55P03"), Outcome.UNDECIDED),
        (failed("22012", context=TRIGGER), Outcome.BLOCKED),
        (failed("42P17"), Outcome.BLOCKED),
    ],
)
def test_what_an_answer_proves(reply: Reply, outcome: Outcome) -> None:
    assert judge(reply).outcome is outcome


@pytest.mark.parametrize(
    ("outcomes", "reach"),
    [
        ("reached reached", Reach.ALL),
        ("reached filtered", Reach.SOME),
        ("reached refused undecided", Reach.SOME),
        ("filtered refused", Reach.NONE),
        ("denied", Reach.NO),
        ("inapplicable", Reach.NO),
        ("reached undecided", Reach.NOT_VERIFIED),
        ("filtered blocked", Reach.NOT_VERIFIED),
        ("", Reach.NOT_VERIFIED),
    ],
)
def test_what_several_add_up_to(outcomes: str, reach: Reach) -> None:
    assert add_up([Judged(outcome=Outcome(word)) for word in outcomes.split()]).reach is reach


def test_rows_are_chosen_to_show_differences() -> None:
    places = [str(number) for number in range(100)]
    sights = [frozenset({"70", "71", "72"}), frozenset(places) - {"90"}]

    chosen = choose(places, sights, frozenset({"71"}), limit=4)

    assert {"71", "90"} <= set(chosen)
    assert any(place not in sights[0] for place in chosen)
    assert len(choose(places, [], frozenset(), limit=4)) == 4
