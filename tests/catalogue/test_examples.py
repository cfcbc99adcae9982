"""Every check of the catalogue proves itself on its own examples, on each version of the server."""

from collections.abc import Iterator

import pytest

from pgassay.checks.contract import SqlCheck
from pgassay.checks.load import builtin
from pgassay.checks.prove import prove
from pgassay.parse.check_file import CheckExample
from pgassay.pg.cluster import Server
from pgassay.pg.wire import Wire

QUERIES = [each for each in builtin() if isinstance(each, SqlCheck)]
EXAMPLES = [
    pytest.param(check, example, id=f"{check.info.path.removeprefix('pgassay.checks/catalogue/')}:{number}")
    for check in QUERIES
    for number, example in enumerate(check.examples, start=1)
]


@pytest.fixture(scope="module")
def wire(bare_server: Server) -> Iterator[Wire]:
    """One connection for all examples: each is undone."""
    connection = Wire.connect(bare_server.target, application="pgassay tests")
    yield connection
    connection.close()


@pytest.mark.parametrize(("check", "example"), EXAMPLES)
def test_example(check: SqlCheck, example: CheckExample, wire: Wire) -> None:
    if not check.info.fits(wire.version // 10_000):
        pytest.skip(f"{check.info.path} is for other versions")

    assert prove(wire, check, example).fault == ""


def test_there_are_checks_of_each_kind_of_example() -> None:
    kinds = {example.expect is None for check in QUERIES for example in check.examples}

    assert kinds == {True, False}
