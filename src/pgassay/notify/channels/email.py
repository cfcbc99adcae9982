"""E-mail over SMTP: plain text, one message a receiver."""

import smtplib
import ssl
from contextlib import suppress
from email.message import EmailMessage
from hashlib import sha256
from urllib.parse import SplitResult, unquote, urlsplit

from pgassay.model.notice import Notice
from pgassay.notify.settings import NotifySettings
from pgassay.notify.undelivered import Undelivered

_PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}


def receivers(settings: NotifySettings) -> tuple[str, ...]:
    """Give everybody who gets e-mail, once."""
    given = (part.strip() for each in settings.email for part in each.split(","))
    return tuple(dict.fromkeys(each for each in given if each))


def send(notice: Notice, receiver: str, settings: NotifySettings) -> None:
    """Hand a message to the mail server.

    Raises:
        Undelivered: the server does not take it.
    """
    try:
        with _connected(_server(settings.smtp), settings.timeout_s) as session:
            session.send_message(compose(notice, receiver, sender=settings.sender or receiver))
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused) as error:
        raise Undelivered(f"The mail server refuses the message: {_said(error)}", final=True) from None
    except (OSError, smtplib.SMTPException) as error:
        raise Undelivered(f"The mail server does not take the message: {_said(error)}") from None


def compose(notice: Notice, receiver: str, *, sender: str) -> EmailMessage:
    """Write the message. Its id is the same at every try, so that a mailbox may show it once."""
    message = EmailMessage()
    message["From"], message["To"] = sender, receiver
    message["Subject"] = " ".join(f"[pgassay] {notice.urgency}: {notice.title}".split())
    digest = sha256(f"{notice.key} {receiver}".encode()).hexdigest()[:32]
    message["Message-ID"] = f"<{digest}@pgassay.invalid>"
    facts = [f"{each.name}: {each.value}" for each in notice.facts]
    parts = [notice.title, notice.text, "\n".join(facts), notice.command]
    message.set_content("\n\n".join(part for part in parts if part) + "\n")
    return message


def _server(url: str) -> SplitResult:
    with suppress(ValueError):
        server = urlsplit(url)
        if server.scheme in _PORTS and server.hostname and server.port != 0:
            return server
    raise Undelivered("[notify] smtp is no smtp, smtp+starttls or smtps URL.", final=True)


def _connected(server: SplitResult, timeout_s: float) -> smtplib.SMTP:
    host, port = server.hostname or "", server.port or _PORTS[server.scheme]
    if server.scheme == "smtps":
        session: smtplib.SMTP = smtplib.SMTP_SSL(
            host, port, timeout=timeout_s, context=ssl.create_default_context()
        )
    else:
        session = smtplib.SMTP(host, port, timeout=timeout_s)
    if server.scheme == "smtp+starttls":
        session.starttls(context=ssl.create_default_context())
    if server.username:
        session.login(unquote(server.username), unquote(server.password or ""))
    return session


def _said(error: Exception) -> str:
    match error:
        case smtplib.SMTPResponseException():
            words = error.smtp_error
            text = words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)
            return f"{error.smtp_code} {text}"
        case smtplib.SMTPRecipientsRefused():
            code, words = next(iter(error.recipients.values()))
            return f"{code} {words.decode('utf-8', 'replace')}"
        case _:
            return getattr(error, "strerror", None) or str(error) or type(error).__name__
