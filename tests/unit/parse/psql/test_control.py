import pytest

from pgassay.parse.psql.control import Control
from pgassay.parse.psql.steps import Query
from script_steps import steps_of


def _query(statement: str) -> Query:
    (step,) = steps_of(statement)
    assert isinstance(step, Query)
    return step


@pytest.mark.parametrize(
    ("statement", "control"),
    [
        ("begin;", Control.BEGIN),
        ("/* a */ Begin work isolation level serializable;", Control.BEGIN),
        ("start transaction read only;", Control.BEGIN),
        ("start /* a */ -- b\n transaction;", Control.BEGIN),
        ("start slave;", Control.NONE),
        ("commit;", Control.COMMIT),
        ("commit", Control.COMMIT),
        ("end transaction;", Control.COMMIT),
        ("commit work and chain;", Control.COMMIT),
        ("commit prepared 'x';", Control.NONE),
        ("rollback;", Control.ROLLBACK),
        ("abort work;", Control.ROLLBACK),
        ("/* a /* b */ */ rollback;", Control.ROLLBACK),
        ("rollback prepared 'x';", Control.NONE),
        ("rollback to a;", Control.ROLLBACK_TO),
        ("rollback work to savepoint a;", Control.ROLLBACK_TO),
        ("rollback /* a */ transaction -- b\n to a;", Control.ROLLBACK_TO),
        ("savepoint a;", Control.SAVEPOINT),
        ("release a;", Control.RELEASE),
        ("release savepoint a;", Control.RELEASE),
        ("prepare transaction 'x';", Control.PREPARE),
        ("prepare transactions as select 1;", Control.NONE),
        ("prepare x as select 1;", Control.NONE),
        ("select 1;", Control.NONE),
        ("beginning;", Control.NONE),
        ("begin\\; select 1\\; commit;", Control.NONE),
        (";", Control.NONE),
    ],
)
def test_transaction_control_is_told_from_the_first_words(statement: str, control: Control) -> None:
    assert _query(statement).control is control


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("commit and chain;", True),
        ("rollback work and -- a\n chain;", True),
        ("end and no chain;", False),
        ("commit;", False),
        ("select 'and chain';", False),
        ("begin; -- and chain", False),
    ],
)
def test_a_chain_is_told(statement: str, expected: bool) -> None:
    assert _query(statement).chain is expected
