"""What was told to people, and what waits: as lines for a person, and as a JSON document."""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from pgassay.model.notice import Delivery, Waiting
from pgassay.report.words import moment, plural, visible

FORMAT = "pgassay.notify/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One try, as ``--json`` prints it."""

    channel: str
    receiver: str
    title: str
    delivered: bool
    problem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NotifyDocument:
    """Tries, and what waits, as ``--json`` prints them."""

    told: tuple[Told, ...]
    waiting: tuple[Waiting, ...]
    format: str = FORMAT


def notify_document(deliveries: Sequence[Delivery], waiting: Sequence[Waiting] = ()) -> str:
    """Write tries, and what waits, as JSON."""
    told = tuple(
        Told(
            channel=each.letter.channel,
            receiver=each.letter.digest,
            title=each.letter.notice.title,
            delivered=each.delivered,
            problem=each.problem,
        )
        for each in deliveries
    )
    return msgspec.json.encode(NotifyDocument(told=told, waiting=tuple(waiting))).decode()


def notify_text(deliveries: Sequence[Delivery], waiting: Sequence[Waiting] = ()) -> str:
    """Write tries, and what waits, for a person."""
    lines = [_try(each) for each in deliveries]
    lines += [_wait(each) for each in waiting]
    arrived = sum(each.delivered for each in deliveries)
    if deliveries:
        lines.append(f"{arrived} of {plural(len(deliveries), 'notice')} arrived.")
    if waiting or not deliveries:
        lines.append(f"{plural(len(waiting), 'notice')} not delivered.")
    if any(each.failed_at for each in waiting):
        lines.append("What was given up is tried again by `pgassay notify retry ID`, or `--all`.")
    return "\n".join(lines)


def _try(delivery: Delivery) -> str:
    letter = delivery.letter
    result = "arrived" if delivery.delivered else visible(delivery.problem)
    return f"{letter.channel} ({letter.digest}): {visible(letter.notice.title)}: {result}"


def _wait(letter: Waiting) -> str:
    when = (
        f"given up {moment(letter.failed_at)}"
        if letter.failed_at
        else f"next try {moment(letter.next_attempt_at)}"
    )
    tries = plural(letter.attempts, "try", "tries")
    problem = f": {visible(letter.problem)}" if letter.problem else ""
    told = f"{letter.channel} ({letter.receiver}): {visible(letter.title)}"
    return f"{str(letter.id)[:8]} {told} ({tries}, {when}){problem}"
