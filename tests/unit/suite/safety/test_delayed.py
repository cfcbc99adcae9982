"""Whoever waited behind a file is let through before the next one, and nobody is waited for twice."""

from pgassay.suite.safety.delayed import Delayed


class _Server:
    """Answers which of the transactions that are asked about are open."""

    def __init__(self, *open_: str) -> None:
        self.open = set(open_)
        self.questions = 0

    def ask(self, name: str, *, transactions: list[str]) -> list[tuple[str]]:
        assert name == "still_open"
        self.questions += 1
        return [(each,) for each in transactions if each in self.open]


def test_nobody_is_waited_for_where_nobody_has_waited() -> None:
    server = _Server("3/7")
    delayed = Delayed(server.ask)
    delayed.look()
    assert not delayed.due(100.0)
    assert server.questions == 0


def test_a_transaction_is_waited_for_until_it_is_over() -> None:
    server = _Server("3/7", "4/1")
    delayed = Delayed(server.ask)
    for transaction in ("3/7", "4/1"):
        delayed.note(transaction)

    delayed.look()
    assert delayed.due(100.1)
    server.open.remove("3/7")
    delayed.look()
    assert delayed.due(100.2)
    server.open.remove("4/1")
    delayed.look()
    assert not delayed.due(100.3)


def test_one_that_goes_on_for_long_is_waited_for_once() -> None:
    server = _Server("3/7")
    delayed = Delayed(server.ask)
    delayed.note("3/7")
    assert delayed.due(100.0)
    delayed.note("3/7")
    assert delayed.due(101.9)
    assert not delayed.due(102.0)

    delayed.look()
    delayed.note("3/7")
    assert not delayed.due(103.1)
    server.open = set()
    delayed.look()
    delayed.note("3/7")
    assert delayed.due(104.1)


def test_its_time_begins_when_it_is_first_waited_for() -> None:
    """It was noted when it began to wait; the file went on for longer than it is waited for."""
    delayed = Delayed(_Server("3/7").ask)
    delayed.note("3/7")
    assert delayed.due(160.0)
    assert delayed.due(161.9)
    assert not delayed.due(162.0)
