"""What the server tells of a statement, message by message."""

import pytest

from pgassay.pg.spent import Spent

DETAIL = """! system usage stats:
!\t{user} s user, {system} s system, {elapsed} s elapsed
!\t[9.065102 s user, 9.018124 s system total]
!\t{peak} kB max resident size
!\t0/1212 [0/2796] page faults/reclaims, 0 [0] swaps"""


def test_the_messages_of_one_statement_are_added_up() -> None:
    spent = Spent()
    for title, numbers in (
        ("PARSE MESSAGE STATISTICS", ("0.001000", "0.000500", "0.002000", "18432")),
        ("BIND MESSAGE STATISTICS", ("0.000250", "0.000000", "0.000500", "18432")),
        ("EXECUTE MESSAGE STATISTICS", ("0.068000", "0.010000", "0.181000", "20480")),
    ):
        user, system, elapsed, peak = numbers
        spent.read(title, DETAIL.format(user=user, system=system, elapsed=elapsed, peak=peak))
    assert spent.cpu_s == pytest.approx(0.07975)
    assert spent.elapsed_s == pytest.approx(0.1835)
    assert spent.peak_mb == 20


def test_what_else_the_server_says_is_not_counted() -> None:
    spent = Spent()
    spent.read("duration: 3.000 ms", "")
    spent.read("1.0 s user, 1.0 s system, 1.0 s elapsed", "1.0 s user, 1.0 s system, 1.0 s elapsed")
    spent.read("QUERY STATISTICS", "in words that are not known")
    assert spent == Spent()


def test_a_server_that_does_not_know_the_peak() -> None:
    spent = Spent()
    spent.read("QUERY STATISTICS", "!\t0.100000 s user, 0.000000 s system, 0.200000 s elapsed")
    assert (spent.cpu_s, spent.peak_mb) == (0.1, None)
