"""Keeps notices on their way: each to each receiver once, until it arrives or is refused for good.

A letter is claimed before it is sent and settled afterwards. Whoever is killed in between leaves a claim that
runs out; the next one sends the letter again, and says that it may be a repetition.
"""

from collections.abc import Iterable, Iterator
from uuid import UUID

from pgassay.model.notice import Address, Delivery, Letter, Notice, Waiting
from pgassay.pg.connection import Connection
from pgassay.store.schema import opened
from pgassay.store.session import Row
from pgassay.store.values import cleaner, from_json, to_json

_FIRST_WAIT_S = 30.0
_LONGEST_WAIT_S = 3_600.0


def post(connection: Connection, notice: Notice, receivers: Iterable[Address]) -> int:
    """Put a notice on its way, and say to how many receivers that have not got it yet.

    Raises:
        Unavailable: the store cannot be written.
    """
    text = to_json(notice, cleaner(connection.info.parameter_status("server_encoding") or ""))
    with opened(connection) as begun:
        return sum(
            len(
                begun.run(
                    "post_letter", key=notice.key, channel=each.channel, receiver=each.digest, notice=text
                )
            )
            for each in receivers
        )


def due_letters(connection: Connection, *, lease_s: float, at_once: bool = False) -> Iterator[Letter]:
    """Give the letters that are due, one by one, each claimed for ``lease_s`` seconds and given once.

    ``at_once``: those, too, that are to wait for their next try.
    """
    tried: list[UUID] = []
    while True:
        with opened(connection) as begun:
            found = begun.run("claim_letter", at_once=at_once, tried=tried, lease_s=lease_s)
        if not found:
            return
        tried.append(found[0][0])
        yield _letter(found[0])


def settle(connection: Connection, delivery: Delivery) -> None:
    """Write down what became of a letter."""
    wait_s = min(_FIRST_WAIT_S * 2.0 ** (delivery.letter.attempts - 1), _LONGEST_WAIT_S)
    with opened(connection) as begun:
        begun.run(
            "settle_letter",
            id=delivery.letter.id,
            delivered=delivery.delivered,
            final=delivery.final,
            problem=delivery.problem,
            wait_s=max(wait_s, delivery.wait_s),
        )


def waiting(connection: Connection, *, most: int = 100) -> tuple[Waiting, ...]:
    """Give what did not arrive yet, or was given up, the oldest first."""
    with opened(connection) as begun:
        rows = begun.run("letters", most=most)
    return tuple(map(_waiting, rows))


def _waiting(row: Row) -> Waiting:
    identity, channel, receiver, notice, since, attempts, next_attempt_at, failed_at, problem, *retried = row
    retried_at, retried_by = retried
    return Waiting(
        id=identity,
        channel=channel,
        receiver=receiver,
        title=from_json(notice, Notice).title,
        since=since,
        attempts=attempts,
        next_attempt_at=next_attempt_at,
        failed_at=failed_at,
        problem=problem,
        retried_at=retried_at,
        retried_by=retried_by,
    )


def _letter(row: Row) -> Letter:
    identity, channel, receiver, notice, attempts, repeated = row
    return Letter(
        id=identity,
        channel=channel,
        digest=receiver,
        notice=from_json(notice, Notice),
        attempts=attempts,
        repeated=repeated,
    )
