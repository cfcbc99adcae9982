"""Whatever the library apprise reaches: Teams, Discord, PagerDuty, Telegram and more, one URL a receiver."""

from importlib import import_module
from importlib.util import find_spec

from pgassay.model.notice import Notice
from pgassay.model.urgency import Urgency
from pgassay.notify.settings import NotifySettings
from pgassay.notify.undelivered import Undelivered

_KINDS = {Urgency.CRITICAL: "failure", Urgency.WARNING: "warning", Urgency.INFO: "info"}


def receivers(settings: NotifySettings) -> tuple[str, ...]:
    """Give the URLs, once each."""
    return tuple(dict.fromkeys(settings.apprise))


def send(notice: Notice, receiver: str, settings: NotifySettings) -> None:
    """Let apprise tell one receiver; it says yes or no, and not why.

    Raises:
        Undelivered: the library is missing, it does not know such a URL, or it says no.
    """
    if find_spec("apprise") is None:
        raise Undelivered("The library apprise is missing: pip install 'pgassay[notify]'.")
    library = import_module("apprise")
    service = library.Apprise()
    if not service.add(receiver):
        raise Undelivered("apprise does not know such a URL.", final=True)
    facts = "\n".join(f"{each.name}: {each.value}" for each in notice.facts)
    body = "\n\n".join(part for part in (notice.text, facts, notice.command) if part)
    told = service.notify(title=notice.title, body=body or notice.title, notify_type=_KINDS[notice.urgency])
    if not told:
        raise Undelivered("apprise could not deliver it.")
