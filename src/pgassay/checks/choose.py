"""Chooses checks by name or area, and the variant of each that fits a server."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from pgassay.checks.contract import Check
from pgassay.model.check import Area
from pgassay.model.errors import NothingToRun, UsageError


def choose(
    checks: Sequence[Check], *, names: Iterable[str] = (), areas: Iterable[Area] = ()
) -> tuple[Check, ...]:
    """Give the checks of some names or areas, all of them where neither is given; variants side by side.

    Raises:
        UsageError: there is no check of that name.
        NothingToRun: no check is of these areas.
    """
    wanted, about = set(names), set(areas)
    known = {each.info.name for each in checks}
    for name in wanted - known:
        raise unknown(name, known)
    found = tuple(
        each
        for each in checks
        if (not wanted and not about) or each.info.name in wanted or about & set(each.info.areas)
    )
    if not found:
        raise NothingToRun(
            f"There is no check of the area {', '.join(about) or 'any'}.", remedy="pgassay checks list"
        )
    return found


def unknown(name: str, known: Iterable[str], *, origin: str = "") -> UsageError:
    """Say that a check does not exist, and which may be meant."""
    near = get_close_matches(name, tuple(known), n=1, cutoff=0.5)
    where = f" ({origin})" if origin else ""
    return UsageError(
        f"There is no check named {name!r}{where}.",
        remedy=f"Did you mean {near[0]!r}?" if near else "pgassay checks list",
    )
