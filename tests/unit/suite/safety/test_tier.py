"""A file that fails because nothing may be written is told from one that fails."""

from dataclasses import replace

from pgassay.model.assertion import Assertion
from pgassay.model.place import Place
from pgassay.model.suite import FileResult, Outcome, Problem, Trouble
from pgassay.suite.safety.tier import needs_rollback
from sample_runs import result

PLACE = Place(path="a.sql", line=7)


def _red(*problems: Problem, assertions: tuple[Assertion, ...] = ()) -> FileResult:
    return replace(
        result("a.sql", Outcome.FAILED, passed=0), problems=problems, assertions=assertions, planned=1
    )


def test_a_refused_write_is_no_failure() -> None:
    said = "ERROR: cannot execute INSERT in a read-only transaction"
    problem = Problem(trouble=Trouble.DIED, message=said, place=PLACE, sqlstate="25006")

    judged = needs_rollback(_red(problem))

    assert (judged.outcome, judged.red, judged.problems) == (Outcome.NEEDS_ROLLBACK, False, ())
    assert judged.skip_reason == "cannot execute INSERT in a read-only transaction at a.sql:7"


def test_one_that_an_assertion_caught_is_none_either() -> None:
    caught = Assertion(
        position=1,
        number=1,
        ok=False,
        description="it works",
        diagnostics=("# died: 25006: cannot execute UPDATE in a read-only transaction",),
    )

    judged = needs_rollback(_red(assertions=(caught,)))

    assert judged.outcome is Outcome.NEEDS_ROLLBACK
    assert judged.skip_reason == "cannot execute UPDATE in a read-only transaction"
    assert judged.assertions == ()


def test_other_failures_stay_failures() -> None:
    died = Problem(trouble=Trouble.DIED, message="ERROR: division by zero", sqlstate="22012")
    passed = replace(result("a.sql"), notices=("# caught: 25006: …",))
    for each in (_red(died), passed):
        assert needs_rollback(each) is each
