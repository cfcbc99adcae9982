"""Decides what a command may do to a target. Values in, a refusal out; nothing is asked of any server.

A production target is one that the settings or ``--production`` call so, and every other name of the same
database. What only reads, or writes to the store's own two schemas, is allowed there. Test files are
only when the run is safe on production; everything else is refused.
"""

from enum import StrEnum

from pgassay.model.consent import Consent
from pgassay.model.errors import Refused
from pgassay.pg.target import Target


class Deed(StrEnum):
    """What is about to be done to a target."""

    REMEMBER = "remember"
    """Read or write the store's own two schemas: report, replay, evidence, store."""
    TEST_SAFELY = "test safely"
    """Run test files such that nothing stays."""
    TEST = "test"
    """Run test files as they are."""
    CHANGE = "change"
    """Anything else: clone it, put faults into it, change its schema."""


_ON_PRODUCTION = frozenset({Deed.REMEMBER, Deed.TEST_SAFELY})
_WHY_NOT = {
    Deed.TEST: (
        "The target {} is production, and test files may do anything to it.",
        "pgassay test --production-safe, or run them on a copy: pgassay --target COPY test",
    ),
    Deed.CHANGE: (
        "The target {} is production, and this would change it or burden it.",
        "Do it on a copy: pgassay --target COPY …",
    ),
}


def check(target: Target, deed: Deed, consent: Consent | None = None) -> None:
    """Let a deed pass, or refuse it.

    Production on this very machine is more often a mistake in a URL than production: that is asked about.

    Raises:
        Refused: it is not allowed on this target; the remedy says what is.
    """
    if not target.production:
        return
    if deed not in _ON_PRODUCTION:
        sentence, remedy = _WHY_NOT[deed]
        raise Refused(sentence.format(target.name), remedy=remedy)
    if deed is Deed.TEST_SAFELY and target.is_local:
        _confirm(target, consent or Consent())


def _confirm(target: Target, consent: Consent) -> None:
    if consent.given:
        return
    question = f"The target {target.name} is called production and is on this machine. Run tests on it?"
    if consent.ask is None:
        raise Refused(
            f"The target {target.name} is called production and is on this machine: that needs a yes.",
            remedy="pgassay test --production-safe --yes",
        )
    if not consent.ask(question):
        raise Refused("Nothing was run.")
