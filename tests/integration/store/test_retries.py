"""Notices that were given up, and are tried again: recorded, and never told twice to whoever has them."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from uuid import UUID

import pytest

from fix_receivers import Mailbox, Webhook, serving_webhook
from pgassay.config.settings import Settings
from pgassay.flows.notices import announce, remedy_of, retry_given_up
from pgassay.model.errors import UsageError
from pgassay.model.notice import Notice
from pgassay.model.urgency import Urgency
from pgassay.notify.deliver import addresses
from pgassay.notify.settings import NotifySettings
from pgassay.pg.connection import Connection, connect
from pgassay.pg.target import Target
from pgassay.store.outbox import waiting
from pgassay.store.retries import retry

NOTICE = Notice(key="incident:1", urgency=Urgency.CRITICAL, title="orders vanish")
ROWS = (
    "select channel, delivered_at is not null, failed_at is not null, replaced_at is not null, retried_by"
    " from prod_test_schema.notification_outbox order by created_at, id"
)


def given_up(store: Connection, webhook: Webhook) -> UUID:
    """Have the webhook say that it is gone."""
    webhook.answers.append(404)
    (delivery,) = announce(store, [NOTICE], NotifySettings(slack=webhook.url))
    (left,) = waiting(store)
    assert left.failed_at is not None
    assert remedy_of(delivery) == f"pgassay notify retry {str(left.id)[:8]}"
    return left.id


def again(database: Target, notify: NotifySettings, *texts: str) -> tuple[list[bool], int]:
    """Try again; give what arrived, and how much is left."""
    sent = retry_given_up(Settings(notify=notify), texts, target=database.conninfo, actor="kim")
    return [each.delivered for each in sent.deliveries], len(sent.waiting)


@pytest.mark.parametrize("named", [True, False])
def test_what_was_given_up_is_told_and_that_is_recorded(
    database: Target, store: Connection, webhook: Webhook, *, named: bool
) -> None:
    identity = given_up(store, webhook)
    texts = (str(identity)[:8],) if named else ()
    assert again(database, NotifySettings(slack=webhook.url), *texts) == ([True], 0)
    assert store.execute(ROWS).fetchall() == [("slack", True, False, False, "kim")]
    assert len(webhook.posted) == 2
    assert waiting(store) == ()


def test_what_arrived_is_never_told_again(database: Target, store: Connection, webhook: Webhook) -> None:
    settings = NotifySettings(slack=webhook.url)
    announce(store, [NOTICE], settings)
    assert again(database, settings) == ([], 0)
    ((identity,),) = store.execute("select id::text from prod_test_schema.notification_outbox").fetchall()
    with pytest.raises(UsageError, match="not given up"):
        again(database, settings, str(identity))
    assert len(webhook.posted) == 1


def test_what_is_refused_again_is_given_up_again(
    database: Target, store: Connection, webhook: Webhook
) -> None:
    given_up(store, webhook)
    webhook.answers.append(404)
    assert again(database, NotifySettings(slack=webhook.url)) == ([False], 1)
    (left,) = waiting(store)
    assert (left.attempts, left.failed_at is not None, left.retried_by) == (2, True, "kim")


def test_a_webhook_that_is_another_now_gets_what_the_old_one_did_not(
    database: Target, store: Connection, webhook: Webhook
) -> None:
    given_up(store, webhook)
    with serving_webhook() as fresh:
        fresh.go_on.set()
        settings = NotifySettings(slack=fresh.url)
        assert again(database, settings) == ([True], 0)
        assert again(database, settings) == ([], 0)
        assert [posted["text"] for posted in fresh.posted] == ["CRITICAL: orders vanish"]
    assert len(webhook.posted) == 1
    assert store.execute(ROWS).fetchall() == [
        ("slack", False, True, True, "kim"),
        ("slack", True, False, False, None),
    ]
    assert waiting(store) == ()


def test_of_a_channel_only_who_has_it_not_is_told(
    database: Target, store: Connection, mailbox: Mailbox
) -> None:
    settings = NotifySettings(email=("dba@example.com", "nobody@example.com"), smtp=mailbox.url)
    told = announce(store, [NOTICE], settings)
    assert sorted(each.delivered for each in told) == [False, True]
    corrected = replace(settings, email=("dba@example.com", "boss@example.com"))
    assert again(database, corrected) == ([True], 0)
    assert [message["To"] for message in mailbox.messages] == ["dba@example.com", "boss@example.com"]


def test_where_nobody_is_there_now_it_stays_and_that_is_said(
    database: Target, store: Connection, webhook: Webhook, mailbox: Mailbox
) -> None:
    identity = given_up(store, webhook)
    elsewhere = NotifySettings(email=("dba@example.com",), smtp=mailbox.url)  # no other channel stands in
    for settings in (NotifySettings(), elsewhere):
        with pytest.raises(UsageError, match="Nobody is told by slack"):
            again(database, settings, str(identity))
        assert again(database, settings) == ([], 1)
    assert mailbox.messages == []


@pytest.mark.parametrize("text", ["xyz", "00000000", ""])
def test_what_names_no_notice_is_said(store: Connection, text: str) -> None:
    with pytest.raises(UsageError, match="notice"):
        retry(store, text, (), actor=None)


def test_who_is_killed_before_sending_leaves_it_due(store: Connection, webhook: Webhook) -> None:
    given_up(store, webhook)
    settings = NotifySettings(slack=webhook.url)
    assert len(retry(store, None, addresses(settings), actor=None)) == 1
    announce(store, [replace(NOTICE, key="incident:2", title="another")], settings)
    told = ["CRITICAL: orders vanish", "CRITICAL: another"]
    assert [posted["text"] for posted in webhook.posted[1:]] == told
    ((by, role),) = store.execute(
        "select retried_by, current_user from prod_test_schema.notification_outbox"
        " where retried_at is not null"
    ).fetchall()
    assert by == role


def test_many_who_try_again_at_once_tell_it_once(
    database: Target, store: Connection, webhook: Webhook
) -> None:
    given_up(store, webhook)
    receivers = addresses(NotifySettings(slack=webhook.url))

    def tried(number: int) -> int:
        with connect(database) as own:
            return len(retry(own, None, receivers, actor=str(number)))

    with ThreadPoolExecutor(5) as pool:
        assert sum(pool.map(tried, range(5))) == 1
