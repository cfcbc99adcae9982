"""Slack, through an incoming webhook: blocks as its Block Kit defines them.

Limits are those of Slack's reference for Block Kit: a header takes 150 characters, a section 3,000, its
fields 2,000 each and 10 of them.
"""

import json

from pgassay.model.notice import Fact, Notice
from pgassay.model.urgency import Urgency
from pgassay.notify.settings import NotifySettings

_HEADER = 150
_SECTION = 3_000
_FIELD = 2_000
_FIELDS = 10
_MARKS = {
    Urgency.CRITICAL: ":red_circle:",
    Urgency.WARNING: ":large_orange_circle:",
    Urgency.INFO: ":white_circle:",
}


def receivers(settings: NotifySettings) -> tuple[str, ...]:
    """Give the webhook, if there is one."""
    return (settings.slack,) if settings.slack else ()


def send(notice: Notice, receiver: str, settings: NotifySettings) -> None:
    """Post a notice to the webhook.

    Raises:
        Undelivered: Slack does not answer with a yes.
    """
    from pgassay.notify.http import post  # urllib.request loads slowly, and most commands send nothing

    post(receiver, json.dumps(message(notice)).encode(), timeout_s=settings.timeout_s)


def message(notice: Notice) -> dict[str, object]:
    """Give the body of the request. ``text`` is what a phone shows."""
    blocks: list[dict[str, object]] = [
        {"type": "header", "text": {"type": "plain_text", "text": _cut(notice.title, _HEADER)}}
    ]
    if notice.text:
        blocks.append(_section(_escaped(notice.text)))
    if notice.facts:
        fields = [_field(each) for each in notice.facts[:_FIELDS]]
        blocks.append({"type": "section", "fields": fields})
    if notice.command:
        blocks.append(_section(f"`{_escaped(notice.command)}`"))
    words = f"{_MARKS[notice.urgency]} {notice.urgency} · pgassay"
    blocks.append({"type": "context", "elements": [{"type": "mrkdwn", "text": words}]})
    return {"text": _escaped(f"{notice.urgency}: {notice.title}"), "blocks": blocks}


def _section(text: str) -> dict[str, object]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": _cut(text, _SECTION)}}


def _field(fact: Fact) -> dict[str, str]:
    return {"type": "mrkdwn", "text": _cut(f"*{_escaped(fact.name)}*\n{_escaped(fact.value)}", _FIELD)}


def _escaped(text: str) -> str:
    """Keep what was typed from becoming a link, a mention or a call to everybody."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
