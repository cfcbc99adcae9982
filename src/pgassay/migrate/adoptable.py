"""Decides which migrations may be adopted, and what can be verified of them. Values in, values out."""

from collections.abc import Sequence
from pathlib import Path

from pgassay.migrate.format import Format
from pgassay.migrate.order import Situation
from pgassay.migrate.presence import LookedUp, Present, look_up
from pgassay.migrate.script import Script
from pgassay.model.errors import NothingToRun, Refused, UsageError
from pgassay.model.finding import Finding
from pgassay.model.fingerprint import Fingerprint
from pgassay.model.migrate import Step, StepResult
from pgassay.model.migration import Migration

_MOST, _SHOWN = 8, 3
_UNSEEN = frozenset({"unreadable", "psql_only", "depends_on_results"})
"""What a file may have that hides from us what it makes."""


def up_to(migrations: Sequence[Migration], text: str, *, everything: bool) -> tuple[Migration, ...]:
    """Give the migrations up to and including the one of that path, version, label or id; or all.

    Raises:
        UsageError: none of them is it, or neither was said.
        NothingToRun: there are none.
    """
    if not migrations:
        raise NothingToRun("There are no migrations.")
    if bool(text) is everything:
        told = "Both --all and a migration are given." if text else "Up to which migration, is not said."
        remedy = "pgassay migrate adopt VERSION, or pgassay migrate adopt --all"
        raise UsageError(f"{told} There are {_names(migrations)}.", remedy=remedy)
    if everything:
        return tuple(migrations)
    for number, each in enumerate(migrations, start=1):
        if text in (each.version, each.label, each.id) or _is_file(text, each):
            return tuple(migrations[:number])
    raise UsageError(
        f"There is no migration {text}. There are {_names(migrations)}.", remedy="pgassay migrate status"
    )


def refuse_format(form: Format) -> None:
    """Refuse to write into a history that another program keeps.

    Raises:
        Refused: it is one.
    """
    if form.repair:
        raise Refused(
            f"{form.table} is the history of another program, which has written there whatever it applied: "
            "there is nothing to adopt.",
            remedy=f"What was applied past it is for that program to note: {form.repair}",
        )


def not_yet_there(wanted: Sequence[Migration], situation: Situation) -> tuple[Migration, ...]:
    """Give those that the history does not have yet.

    Raises:
        NothingToRun: it has all of them.
        Refused: one is halfway, or a later one is in the history.
    """
    for each in situation.progress:
        raise Refused(
            f"The migration {each.version} is halfway: it was interrupted behind part {each.parts}.",
            remedy=each.ways_on,
        )
    new = tuple(each for each in wanted if situation.applied(each.version) is None)
    if not new:
        raise NothingToRun("All of them are in the history already.", remedy="pgassay migrate status")
    first = new[0]
    for row in situation.history:
        if int(row.version) > int(first.version):
            raise Refused(
                f"The migration {row.version} is in the history already, and {first.label} comes before it.",
                remedy="Only what comes before all others can be adopted: pgassay migrate status",
            )
    return new


def verified(scripts: Sequence[Script], catalogs: Fingerprint, *, accepted: str) -> tuple[StepResult, ...]:
    """Look up what each file makes, as far as no later one takes it away.

    ``accepted`` says why it is right that something is not there.

    Raises:
        Refused: something is not there, and nobody says why.
    """
    present = Present(catalogs)
    found = []
    for number, script in enumerate(scripts, start=1):
        later = (statement for each in scripts[number:] for statement in each.statements)
        found.append(look_up(script, present, later))
    broken = [sentence for each in found for sentence in each.broken]
    if broken and not accepted:
        more = f"; and {len(broken) - _SHOWN} more" if len(broken) > _SHOWN else ""
        raise Refused(
            f"Not all of this is applied, or some was undone since: {'; '.join(broken[:_SHOWN])}{more}.",
            remedy="Adopt just what is applied, and all of it, since a later file may have taken this away; "
            "or say why it is right: --unverified REASON",
        )
    return tuple(_result(script, each, accepted) for script, each in zip(scripts, found, strict=True))


def _result(script: Script, found: LookedUp, accepted: str) -> StepResult:
    unseen = tuple(f"{each.place}: {each.sentence}" for each in script.obstacles if each.hazard in _UNSEEN)
    count = found.kept
    there = f"{count} objects that it makes are there" if count != 1 else "1 object that it makes is there"
    finding = Finding.NOT_VERIFIED
    if found.broken:
        sentence = f"Not all that it makes is there, which was accepted: {accepted}"
    elif unseen:
        sentence = f"What it makes cannot wholly be read from the file; {there}."
    elif count:
        finding, sentence = Finding.HOLDS, f"{there}."
    else:
        sentence = "It makes nothing that could be looked up."
    return StepResult(step=Step.VERIFY, finding=finding, sentence=sentence, detail=(*found.broken, *unseen))


def _names(migrations: Sequence[Migration]) -> str:
    """Name the last ones, since those are the ones that are meant most often."""
    earlier = len(migrations) - _MOST
    named = ", ".join(each.label for each in migrations[-_MOST:])
    return f"{earlier} earlier ones and {named}" if earlier > 0 else named


def _is_file(text: str, migration: Migration) -> bool:
    path = Path(text)
    return path.is_file() and path.samefile(migration.up.path)
