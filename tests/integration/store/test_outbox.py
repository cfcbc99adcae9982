"""Notices on their way: nothing is lost, nothing is sent twice."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from fix_receivers import Webhook, serving_webhook
from pgassay.flows.notices import announce
from pgassay.model.notice import Notice
from pgassay.model.urgency import Urgency
from pgassay.notify.deliver import addresses
from pgassay.notify.settings import NotifySettings
from pgassay.pg.connection import Connection, connect
from pgassay.pg.target import Target
from pgassay.store.outbox import due_letters, post, waiting

NOTICE = Notice(key="incident:1", urgency=Urgency.CRITICAL, title="orders vanish")


def pass_time(store: Connection) -> None:
    """Make all tries due, and all claims run out."""
    store.execute(
        "update prod_test_schema.notification_outbox"
        " set next_attempt_at = now() - interval '1 s', claimed_until = now() - interval '1 s'"
        " where claimed_until is not null or next_attempt_at > now()"
    )


def test_a_notice_is_told_once(store: Connection, webhook: Webhook) -> None:
    settings = NotifySettings(slack=webhook.url)
    assert [each.delivered for each in announce(store, [NOTICE], settings)] == [True]
    assert announce(store, [NOTICE], settings) == ()
    assert len(webhook.posted) == 1
    assert waiting(store) == ()


def test_what_fails_is_tried_again_later_and_arrives(store: Connection, webhook: Webhook) -> None:
    settings = NotifySettings(slack=webhook.url)
    webhook.answers += [500, 500]
    assert [each.delivered for each in announce(store, [NOTICE], settings)] == [False]
    (left,) = waiting(store)
    assert (left.attempts, left.failed_at) == (1, None)
    assert left.problem == "The receiver answers 500 (no_service)."
    assert (left.next_attempt_at - left.since).total_seconds() > 20
    second = replace(NOTICE, key="incident:2")
    announce(store, [second], settings)  # the first is not due; the second fails now
    assert len(webhook.posted) == 2
    store.execute("update prod_test_schema.notification_outbox set next_attempt_at = now() - interval '1 s'")
    announce(store, [replace(NOTICE, key="incident:3")], settings)
    assert len(webhook.posted) == 5
    assert waiting(store) == ()


def test_what_is_refused_for_good_stays_visible(store: Connection, webhook: Webhook) -> None:
    webhook.answers.append(404)
    announce(store, [NOTICE], NotifySettings(slack=webhook.url))
    (left,) = waiting(store)
    assert left.failed_at is not None
    assert list(due_letters(store, lease_s=1, at_once=True)) == []


def test_many_at_once_tell_it_once(database: Target, store: Connection) -> None:
    with serving_webhook() as slow:
        settings = NotifySettings(slack=slow.url)

        def tell(number: int) -> int:
            with connect(database) as own:
                return len(announce(own, [NOTICE], settings))

        with ThreadPoolExecutor(5) as pool:
            told = [pool.submit(tell, number) for number in range(5)]
            assert slow.arrived.wait(60)
            slow.go_on.set()
            assert sum(each.result() for each in told) == 1
        assert len(slow.posted) == 1


def test_a_letter_whose_sender_died_is_sent_again_and_says_so(store: Connection, webhook: Webhook) -> None:
    settings = NotifySettings(slack=webhook.url)
    post(store, NOTICE, addresses(settings))
    letter = next(due_letters(store, lease_s=60))
    assert not letter.repeated
    assert announce(store, [NOTICE], settings) == ()  # it is claimed
    pass_time(store)
    announce(store, [replace(NOTICE, key="another")], settings)
    texts = [str(posted) for posted in webhook.posted]
    assert [("repetition" in text) for text in texts] == [True, False]


@pytest.mark.parametrize(("urgency", "told"), [(Urgency.INFO, 0), (Urgency.WARNING, 1)])
def test_what_is_not_urgent_enough_is_not_told(
    store: Connection, webhook: Webhook, urgency: Urgency, told: int
) -> None:
    announce(store, [replace(NOTICE, urgency=urgency)], NotifySettings(slack=webhook.url))
    assert len(webhook.posted) == told


def test_no_address_is_stored(store: Connection, webhook: Webhook) -> None:
    webhook.answers.append(500)
    announce(store, [NOTICE], NotifySettings(slack=webhook.url))
    ((text,),) = store.execute("select to_jsonb(o)::text from prod_test_schema.notification_outbox as o")
    assert "s3cr3t" not in text
    assert "127.0.0.1" not in text
