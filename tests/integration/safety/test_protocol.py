"""The protocol itself keeps a statement from carrying another behind it; no text has to be read for that."""

from collections.abc import Iterator

import pytest

from fix_production import Live
from pgassay.parse.psql.reader import ScriptReader
from pgassay.pg.reply import Transaction
from pgassay.pg.wire import Wire
from pgassay.suite.native.player import Player
from pgassay.suite.native.stage import Stage
from pgassay.suite.native.variables import Variables
from pgassay.suite.output import Broke, ScriptOutput
from pgassay.suite.safety.seal import Sealed


@pytest.fixture
def wire(live: Live) -> Iterator[Wire]:
    opened = Wire.connect(live.project.target, application="pgassay test")
    yield opened
    opened.close()


def _play(wire: Wire, text: str) -> list[ScriptOutput]:
    """Play a script in a sealed transaction, past every gate."""

    def nowhere(arguments: tuple[str, ...]) -> Wire:
        raise AssertionError(arguments)

    wire.run("begin")
    variables = Variables({"ON_ERROR_STOP": "1"})
    stage = Stage(wire, variables, Sealed(), nowhere)
    reader = ScriptReader(text, path="a.sql", variables=variables, open_file=lambda name, _: name)
    return list(Player(stage, reader).play())


@pytest.mark.parametrize(
    "text",
    [
        "select 1 \\; commit;",
        "select $$rollback; create table escaped (a int)$$ \\gexec\n",
        "select 1 \\; rollback \\; create table escaped (a int);",
    ],
)
def test_a_message_with_two_statements_is_refused_by_the_server(wire: Wire, live: Live, text: str) -> None:
    *_, last = _play(wire, "\n".join(("insert into items (name) values ('x');", text, "")))

    assert isinstance(last, Broke)
    assert "multiple commands" in last.problem.message
    assert wire.transaction is Transaction.INERROR
    assert live.project.ask("select count(*), to_regclass('escaped') from items") == [(2, None)]


def test_a_parameter_is_a_value(wire: Wire) -> None:
    (reply,) = wire.ask_alone("select $1::text || $2::text", "a'", ";b")
    assert reply.rows == (("a';b",),)
