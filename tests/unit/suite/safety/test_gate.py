"""The gate: what it lets pass, and that nothing passes any more once a file was stopped."""

import pytest

from pgassay.model.place import Place
from pgassay.model.suite import Problem, Trouble
from pgassay.parse.psql.steps import Connect, Query
from pgassay.parse.sql.policy import Policy
from pgassay.suite.gate import Refusal
from pgassay.suite.safety.catalog import Catalog
from pgassay.suite.safety.gate import SafetyGate
from pgassay.suite.safety.reading import Reading
from pgassay.suite.safety.settings import SafetySettings

PLACE = Place(path="a.sql", line=1)
CATALOG = Catalog(
    routines={},
    relations={},
    schemas=frozenset({"public"}),
    types=frozenset(),
    extensions=frozenset(),
    lesser_roles=frozenset(),
    path=("public",),
    settings=SafetySettings(),
    overrides=Policy(),
)


def _query(text: str, *, compound: bool = False) -> Query:
    return Query(text=text, place=PLACE, end_line=1, keyword=text.split()[0].upper(), compound=compound)


def test_what_does_no_harm_passes_and_is_counted() -> None:
    gate = SafetyGate(Reading(CATALOG))
    gate.admit(_query("select 1"))
    gate.admit(_query("commit"))
    assert gate.admit_computed(_query("; rollback", compound=True)).keyword == "ROLLBACK"
    assert gate.admitted == 3


@pytest.mark.parametrize(
    "step",
    [
        _query("vacuum"),
        _query("select 1; select 2", compound=True),
        _query("prepare transaction 'x'"),
        Connect(arguments=("other",), place=PLACE),
    ],
)
def test_what_does_harm_does_not(step: Query | Connect) -> None:
    gate = SafetyGate(Reading(CATALOG))
    with pytest.raises(Refusal) as caught:
        gate.admit(step)
    assert caught.value.problem.trouble is Trouble.REFUSED
    assert gate.admitted == 0


def test_a_look_is_due_when_the_last_is_long_ago() -> None:
    gate = SafetyGate(Reading(CATALOG))
    assert not gate.due
    gate.looked_at -= 10
    assert gate.due


def test_nothing_passes_once_the_file_was_stopped() -> None:
    gate = SafetyGate(Reading(CATALOG))
    gate.halted = Problem(trouble=Trouble.IN_THE_WAY, message="Stopped.")
    for admit in (gate.admit, gate.admit_computed):
        with pytest.raises(Refusal) as caught:
            admit(_query("select 1"))
        assert caught.value.problem is gate.halted
