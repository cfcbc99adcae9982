"""Tell people what happened, and look after what could not be told yet."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import uuid4

from pgassay.config.settings import Settings
from pgassay.flows.remembered import store_of
from pgassay.model.errors import UsageError
from pgassay.model.notice import Delivery, Letter, Notice, Waiting
from pgassay.model.urgency import Urgency
from pgassay.notify.deliver import addresses, deliver
from pgassay.notify.settings import NotifySettings
from pgassay.pg.clock import now
from pgassay.pg.connection import Connection
from pgassay.store import outbox, retries


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What was sent just now, and what still waits or was given up."""

    deliveries: tuple[Delivery, ...]
    waiting: tuple[Waiting, ...]


def announce(
    connection: Connection, notices: Iterable[Notice], settings: NotifySettings
) -> tuple[Delivery, ...]:
    """Tell everybody who is configured, and give what was tried; what failed is tried again later.

    ``connection`` leads to the store. A notice below ``[notify] at_least`` is not told.

    Raises:
        Unavailable: the store cannot be written, so that nothing was told.
    """
    known = addresses(settings)
    posted = [
        outbox.post(connection, each, known)
        for each in notices
        if known and each.urgency.rank >= settings.at_least.rank
    ]
    return _deliver(connection, settings) if sum(posted) else ()


def send_waiting(settings: Settings, *, target: str | None) -> Sent:
    """Try all again that waits, without waiting for its next turn."""
    with store_of(settings, target) as connection:
        deliveries = _deliver(connection, settings.notify, at_once=True)
        return Sent(deliveries=deliveries, waiting=outbox.waiting(connection))


def retry_given_up(
    settings: Settings, texts: Sequence[str], *, target: str | None, actor: str | None
) -> Sent:
    """Try again what was given up: the notices that ``texts`` name; all of them, where there are none.

    Raises:
        UsageError: there is no such notice, it was not given up, or nobody is told by its channel now.
    """
    known = addresses(settings.notify)
    with store_of(settings, target) as connection:
        again = {
            each for text in texts or (None,) for each in retries.retry(connection, text, known, actor=actor)
        }
        deliveries = _deliver(connection, settings.notify)
        left = outbox.waiting(connection)
        return Sent(
            deliveries=deliveries,
            waiting=tuple(each for each in left if not texts or each.id in again),
        )


def remedy_of(delivery: Delivery) -> str:
    """Say how a notice that did not arrive is told: it is tried again anyway, unless it was given up."""
    return f"pgassay notify retry {str(delivery.letter.id)[:8]}" if delivery.final else "pgassay notify send"


def list_waiting(settings: Settings, *, target: str | None) -> tuple[Waiting, ...]:
    """Give what did not arrive yet, or was given up."""
    with store_of(settings, target) as connection:
        return outbox.waiting(connection)


def send_test(settings: Settings) -> tuple[Delivery, ...]:
    """Send a notice to everybody who is configured, without the store.

    Raises:
        UsageError: nobody is.
    """
    known = addresses(settings.notify)
    if not known:
        raise UsageError(
            "Nobody is told anything: no receiver is configured.",
            remedy="Set SLACK_WEBHOOK_URL or EMAIL_ALERTS, or [notify] apprise.",
        )
    notice = Notice(
        key=f"test:{uuid4()}",
        urgency=Urgency.INFO,
        title="A test of pgassay's notifications",
        text="Nothing is wrong. Whoever reads this will be told when something is.",
    )
    letters = (
        Letter(
            id=uuid4(), channel=each.channel, digest=each.digest, notice=notice, attempts=1, repeated=False
        )
        for each in known
    )
    return tuple(deliver(letters, settings.notify, now))


def _deliver(
    connection: Connection, settings: NotifySettings, *, at_once: bool = False
) -> tuple[Delivery, ...]:
    # Twice the time that a receiver may take, and some for the store: then whoever claimed it is gone.
    letters = outbox.due_letters(connection, lease_s=2 * settings.timeout_s + 60, at_once=at_once)
    deliveries = []
    for each in deliver(letters, settings, now):
        outbox.settle(connection, each)
        deliveries.append(each)
    return tuple(deliveries)
