"""Takes the mutants that a user wants out of all that there are."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from fnmatch import fnmatchcase

from pgassay.model.errors import NothingToRun, UsageError
from pgassay.model.mutate import Kind, Mutant


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What is wanted; what is empty leaves all. ``objects`` are patterns, as in ``crm.*``.

    ``sample`` is a number of mutants, taken from all kinds by their share, the same ones for the same
    ``seed``.
    """

    schemas: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()
    sample: int | None = None
    seed: int = 0


def choose(mutants: Iterable[Mutant], choice: Choice, kinds: Sequence[Kind]) -> tuple[Mutant, ...]:
    """Give the wanted mutants, in their order.

    Raises:
        UsageError: there is no such kind.
        NothingToRun: there is nothing to mutate.
    """
    _check_kinds(choice.kinds, kinds)
    found = [each for each in mutants if _is_wanted(each, choice)]
    if not found:
        raise NothingToRun(
            "There is nothing to mutate.",
            remedy="`pgassay mutate --list` without --schema, --kind and --object lists all mutants.",
        )
    if choice.sample is not None and choice.sample < len(found):
        found = _sample(found, choice.sample, random.Random(choice.seed))
    return tuple(found)


def _check_kinds(names: Iterable[str], kinds: Sequence[Kind]) -> None:
    known = [each.name for each in kinds]
    for name in names:
        if name not in known:
            near = get_close_matches(name, known, n=1)
            hint = f"Did you mean {near[0]}?" if near else f"There are: {', '.join(known)}."
            raise UsageError(f"There is no kind of mutants named {name!r}.", remedy=hint)


def _is_wanted(mutant: Mutant, choice: Choice) -> bool:
    schema = _schema_of(mutant.object)
    return (
        (not choice.schemas or schema in choice.schemas)
        and (not choice.kinds or mutant.kind in choice.kinds)
        and (not choice.objects or any(fnmatchcase(mutant.object, each) for each in choice.objects))
    )


def _schema_of(name: str) -> str:
    """Give the schema of a name such as ``crm.contacts``, ``"Odd.One".t`` or, a schema itself, ``crm``."""
    if name.startswith('"'):
        return name[1:].partition('"')[0]
    return name.partition(".")[0]


def _sample(mutants: list[Mutant], size: int, dice: random.Random) -> list[Mutant]:
    """Take some, spread over the kinds: a number of each kind first, then, of the rest, the luckiest."""
    by_kind: dict[str, list[int]] = {}
    for place, mutant in enumerate(mutants):
        by_kind.setdefault(mutant.kind, []).append(place)
    ranks = []
    for places in by_kind.values():
        dice.shuffle(places)
        ranks += [((index + dice.random()) / len(places), place) for index, place in enumerate(places)]
    taken = sorted(place for _, place in sorted(ranks)[:size])
    return [mutants[place] for place in taken]
