"""What a person at the terminal agrees to, and which tier of safety the command line asks for."""

import sys

import typer

from pgassay.model.consent import Consent, NameConsent
from pgassay.model.errors import UsageError
from pgassay.model.execution import SafetyTier


def consent(*, yes: bool) -> Consent:
    """Give what was agreed to already, and a way to ask where somebody is there to answer."""
    there = sys.stdin is not None and sys.stdin.isatty()
    return Consent(given=yes, ask=_ask if there else None)


def name_consent(given: str) -> NameConsent:
    """Give the name of the database that is agreed to, and a way to ask for it where somebody is there."""
    there = sys.stdin is not None and sys.stdin.isatty()
    return NameConsent(given=given, ask=_ask_name if there else None)


def tier(text: str | None) -> SafetyTier | None:
    """Read the value of ``--production-safe``.

    Raises:
        UsageError: there is no such tier.
    """
    try:
        return SafetyTier(text) if text is not None else None
    except ValueError:
        tiers = " or ".join(SafetyTier)
        raise UsageError(f"{text!r} is no tier of safety.", remedy=f"Write {tiers}.") from None


def _ask_name(question: str) -> str:
    return str(typer.prompt(question, err=True, default="", show_default=False))


def _ask(question: str) -> bool:
    return typer.confirm(question, err=True)
