"""Decides what a command may do to a target. Values in, a refusal out; nothing is asked of any server.

A production target is one that the settings or ``--production`` call so, and every other name of the same
database. What only reads, or writes to the store's own two schemas, is allowed there. Test files are
only when the run is safe on production; a migration, writing into the history of migrations, or removing what
tests have registered, is only after a yes; everything else is refused.
"""

from dataclasses import dataclass
from enum import StrEnum

from pgassay.model.consent import Consent, NameConsent
from pgassay.model.errors import Refused
from pgassay.pg.target import Target


class Deed(StrEnum):
    """What is about to be done to a target."""

    LOOK = "look"
    """Only read what is there, or try something in a transaction that is rolled back: checks."""
    REMEMBER = "remember"
    """Read or write the store's own two schemas: report, replay, evidence, store."""
    CLEAN = "clean"
    """Remove rows that tests have registered, and nothing else."""
    TEST_SAFELY = "test safely"
    """Run test files such that nothing stays."""
    TEST = "test"
    """Run test files as they are."""
    COPY_OUT = "copy out"
    """Read its schema and data into a copy on this machine."""
    MIGRATE = "migrate"
    """Change its schema by a migration that was rehearsed."""
    ADOPT = "adopt"
    """Write into the history of migrations that some were applied by other means."""
    ROLL_BACK = "roll back"
    """Put a tested backup in its place, or take that back; see :func:`demand_name`."""
    CHANGE = "change"
    """Anything else: clone it, put faults into it."""


_ON_PRODUCTION = frozenset(
    {
        Deed.LOOK,
        Deed.REMEMBER,
        Deed.CLEAN,
        Deed.TEST_SAFELY,
        Deed.COPY_OUT,
        Deed.MIGRATE,
        Deed.ADOPT,
        Deed.ROLL_BACK,
    }
)
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
        _confirm(target, _LOCAL, consent or Consent())
    if deed in _ASKED:
        _confirm(target, _ASKED[deed], consent or Consent())


def demand_name(database: str, consent: NameConsent, *, remedy: str) -> None:
    """Let a whole database be replaced only by who gives its name; that is asked for on any target.

    Raises:
        Refused: another name was given, or none and nobody is there to be asked.
    """
    if consent.given == database:
        return
    if consent.given:
        raise Refused(
            f"The name {consent.given!r} is confirmed, and the database is {database}.", remedy=remedy
        )
    if consent.ask is None:
        raise Refused(f"The database {database} would be replaced: that needs its name.", remedy=remedy)
    if consent.ask(f"To replace the database, type its name, {database}") != database:
        raise Refused("That is not its name. Nothing was done.")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Question:
    """What is asked, what is said where nobody can be asked, and how to say yes beforehand."""

    question: str
    unasked: str
    remedy: str


_LOCAL = _Question(
    question="The target {} is called production and is on this machine. Run tests on it?",
    unasked="The target {} is called production and is on this machine: that needs a yes.",
    remedy="pgassay test --production-safe --yes",
)
_CLEANUP = _Question(
    question="The target {} is production. Remove the rows that tests registered there?",
    unasked="The target {} is production: removing what tests registered there needs a yes.",
    remedy="pgassay cleanup --yes",
)
_MIGRATION = _Question(
    question="The target {} is production. Change its schema?",
    unasked="The target {} is production: changing its schema needs a yes.",
    remedy="Add --yes.",
)
_ADOPTION = _Question(
    question="The target {} is production. Write into its history that migrations are applied?",
    unasked="The target {} is production: writing into its history of migrations needs a yes.",
    remedy="Add --yes.",
)
_ASKED = {Deed.CLEAN: _CLEANUP, Deed.MIGRATE: _MIGRATION, Deed.ADOPT: _ADOPTION}


def _confirm(target: Target, asked: _Question, consent: Consent) -> None:
    if consent.given:
        return
    if consent.ask is None:
        raise Refused(asked.unasked.format(target.name), remedy=asked.remedy)
    if not consent.ask(asked.question.format(target.name)):
        raise Refused("Nothing was run.")
