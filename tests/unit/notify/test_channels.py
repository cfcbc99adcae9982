"""Each channel, against a receiver on this machine."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from fix_receivers import Mailbox, Webhook
from pgassay.model.notice import Delivery, Fact, Letter, Notice
from pgassay.model.urgency import Urgency
from pgassay.notify.channels.slack import message
from pgassay.notify.deliver import addresses, deliver, known_channels
from pgassay.notify.settings import NotifySettings

MOMENT = datetime(2026, 5, 4, tzinfo=UTC)
NOTICE = Notice(
    key="incident:1",
    urgency=Urgency.CRITICAL,
    title="orders <!channel> vanish",
    text="since & noon",
    facts=(Fact(name="severity", value="CRITICAL"),),
    command="pgassay incidents show 1f0c",
)


def told(settings: NotifySettings, *, repeated: bool = False) -> list[Delivery]:
    letters = [
        Letter(
            id=UUID(int=number),
            channel=each.channel,
            digest=each.digest,
            notice=NOTICE,
            attempts=1,
            repeated=repeated,
        )
        for number, each in enumerate(addresses(settings))
    ]
    assert letters
    return list(deliver(letters, settings, lambda: MOMENT))


def test_slack_gets_blocks_in_which_nothing_calls_everybody(webhook: Webhook) -> None:
    (delivery,) = told(NotifySettings(slack=webhook.url))
    assert delivery.delivered
    (posted,) = webhook.posted
    assert posted == message(NOTICE)
    assert posted["text"] == "CRITICAL: orders &lt;!channel&gt; vanish"
    kinds = [block["type"] for block in posted["blocks"]]
    assert kinds == ["header", "section", "section", "section", "context"]
    assert posted["blocks"][0]["text"] == {"type": "plain_text", "text": NOTICE.title}
    assert posted["blocks"][1]["text"]["text"] == "since &amp; noon"
    assert posted["blocks"][2]["fields"] == [{"type": "mrkdwn", "text": "*severity*\nCRITICAL"}]


def test_slack_keeps_within_its_limits() -> None:
    long = Notice(
        key="k",
        urgency=Urgency.INFO,
        title="t" * 200,
        text="x" * 9_000,
        facts=tuple(Fact(name=str(number), value="v" * 3_000) for number in range(20)),
    )
    blocks = message(long)["blocks"]
    assert isinstance(blocks, list)
    assert len(blocks[0]["text"]["text"]) == 150
    assert len(blocks[1]["text"]["text"]) == 3_000
    assert [len(each["text"]) for each in blocks[2]["fields"]] == [2_000] * 10


@pytest.mark.parametrize(
    ("status", "final", "wait_s"),
    [(500, False, 0.0), (503, False, 0.0), (429, False, 120.0), (404, True, 0.0), (403, True, 0.0)],
)
def test_an_answer_decides_whether_it_is_tried_again(
    webhook: Webhook, status: int, final: bool, wait_s: float
) -> None:
    webhook.answers.append(status)
    (delivery,) = told(NotifySettings(slack=webhook.url))
    assert delivery.problem == f"The receiver answers {status} (no_service)."
    assert (delivery.delivered, delivery.final, delivery.wait_s) == (False, final, wait_s)


@pytest.mark.parametrize(
    ("url", "final"),
    [
        ("http://127.0.0.1:9/s3cr3t", False),
        ("ftp://s3cr3t", True),
        ("s3cr3t", True),
        ("http://[s3cr3t", True),
    ],
)
def test_a_webhook_that_cannot_be_reached_is_never_named(url: str, final: bool) -> None:
    (delivery,) = told(NotifySettings(slack=url))
    assert not delivery.delivered
    assert delivery.final is final
    assert "s3cr3t" not in f"{delivery!r} {addresses(NotifySettings(slack=url))!r}"


def test_a_receiver_that_says_nothing_is_not_waited_for_long() -> None:
    from fix_receivers import serving_webhook

    with serving_webhook() as silent:
        (delivery,) = told(NotifySettings(slack=silent.url, timeout_s=0.2))
    assert (delivery.delivered, delivery.final) == (False, False)
    assert "in time" in delivery.problem


def test_email_goes_to_each_receiver_once(mailbox: Mailbox) -> None:
    settings = NotifySettings(
        email=("dba@example.com, boss@example.com", "dba@example.com"),
        smtp=mailbox.url,
        sender="pgassay@example.com",
    )
    assert [each.delivered for each in told(settings)] == [True, True]
    first, second = mailbox.messages
    assert (first["To"], second["To"]) == ("dba@example.com", "boss@example.com")
    assert first["From"] == "pgassay@example.com"
    assert first["Subject"] == "[pgassay] CRITICAL: orders <!channel> vanish"
    assert first["Message-ID"] != second["Message-ID"]
    body = str(first.get_payload())
    assert "since & noon" in body
    assert "severity: CRITICAL" in body
    assert "pgassay incidents show 1f0c" in body


def test_a_subject_has_one_line(mailbox: Mailbox) -> None:
    from pgassay.notify.channels.email import compose

    evil = Notice(key="k", urgency=Urgency.INFO, title="a\r\nBcc: all@example.com", text="")
    assert compose(evil, "dba@example.com", sender="x@example.com")["Bcc"] is None


@pytest.mark.parametrize(
    ("receiver", "smtp", "said", "final"),
    [
        ("nobody@example.com", "", "550 no such user", True),
        ("dba@example.com", "smtp://127.0.0.1:9", "refused", False),
        ("dba@example.com", "http://127.0.0.1", "no smtp", True),
        ("dba@example.com", "smtp://[", "no smtp", True),
    ],
)
def test_mail_that_is_not_taken_is_explained(
    mailbox: Mailbox, receiver: str, smtp: str, said: str, final: bool
) -> None:
    (delivery,) = told(NotifySettings(email=(receiver,), smtp=smtp or mailbox.url))
    assert said in delivery.problem
    assert delivery.final is final


def test_apprise_reaches_a_receiver_by_its_url(webhook: Webhook) -> None:
    url = webhook.url.replace("http://", "json://")
    (delivery,) = told(NotifySettings(apprise=(url,)))
    assert delivery.delivered
    (posted,) = webhook.posted
    assert posted["title"] == NOTICE.title
    assert posted["type"] == "failure"
    assert "since & noon" in posted["message"]


def test_apprise_says_what_it_cannot_do(webhook: Webhook) -> None:
    webhook.answers += [500]
    url = webhook.url.replace("http://", "json://")
    refused, unknown = told(NotifySettings(apprise=(url, "s3cr3t")))
    assert (refused.delivered, refused.final) == (False, False)
    assert (unknown.final, "s3cr3t" in unknown.problem) == (True, False)


def test_a_letter_that_may_have_arrived_says_so(webhook: Webhook) -> None:
    told(NotifySettings(slack=webhook.url), repeated=True)
    assert "may be a repetition" in webhook.posted[0]["blocks"][1]["text"]["text"]


def test_a_receiver_that_is_not_configured_any_more_is_given_up(webhook: Webhook) -> None:
    letter = Letter(
        id=UUID(int=1), channel="slack", digest="0" * 12, notice=NOTICE, attempts=1, repeated=False
    )
    (delivery,) = deliver([letter], NotifySettings(slack=webhook.url), lambda: MOMENT)
    assert (delivery.final, webhook.posted) == (True, [])


def test_every_channel_is_found_by_looking() -> None:
    assert set(known_channels()) == {"apprise", "email", "slack"}
    assert addresses(NotifySettings()) == ()
