"""The settings of ``[notify]``."""

from dataclasses import dataclass

from pgassay.model.setting import DURATION, SECRET, SECRETS, TEXT, TEXTS, choice, setting
from pgassay.model.urgency import Urgency


@dataclass(frozen=True, slots=True, kw_only=True)
class NotifySettings:
    """Everything that ``[notify]`` may say."""

    slack: str | None = setting(
        None, SECRET, help="A Slack incoming webhook's URL.", environment="SLACK_WEBHOOK_URL"
    )
    email: tuple[str, ...] = setting(
        (), TEXTS, help="Who gets e-mail; in the variable, separated by commas.", environment="EMAIL_ALERTS"
    )
    sender: str | None = setting(None, TEXT, help="The sender of e-mail; not set: the first receiver.")
    smtp: str = setting(
        "smtp://localhost:25",
        SECRET,
        help="The mail server: smtp://, smtp+starttls:// or smtps://USER:PASSWORD@HOST:PORT.",
    )
    apprise: tuple[str, ...] = setting(
        (), SECRETS, help="Further receivers, as URLs of the library apprise (pip install pgassay[notify])."
    )
    at_least: Urgency = setting(
        Urgency.WARNING, choice(Urgency), help="The least urgent notices that are sent."
    )
    timeout_s: float = setting(10.0, DURATION, help="How long a receiver may take to answer.")
