"""What one run of checks is to do, made of the settings before anything is asked of a server."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from pgassay.checks.choose import unknown
from pgassay.checks.contract import Check, Growing, StoreStanding
from pgassay.checks.parameters import values_of
from pgassay.checks.settings import ChecksSettings, Waiver
from pgassay.checks.surroundings import Scope
from pgassay.model.check import Area


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A check and the values of its own parameters, as they travel."""

    check: Check
    values: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The checks of a run, all variants of each, and what holds for all of them.

    ``store`` asks how the store stands that goes with the target, ``growing`` how fast that grows.
    """

    run: UUID
    asked: tuple[Asked, ...]
    areas: tuple[Area, ...] = ()
    scope: Scope = Scope()
    waivers: tuple[Waiver, ...] = ()
    timeout_ms: int = 10_000
    strict: bool = False
    store: Callable[[], StoreStanding] | None = None
    growing: Growing | None = None


def make_plan(
    chosen: Sequence[Check],
    settings: ChecksSettings,
    *,
    every: Sequence[Check],
    run: UUID,
    areas: Sequence[Area] = (),
) -> Plan:
    """Make the plan for the chosen ones of all checks that there are.

    Raises:
        UsageError: the settings speak of a check or a parameter that there is not, or a value does not fit.
    """
    _demand_known(settings, {each.info.name for each in every})
    scope = Scope(
        ignored_schemas=settings.ignored_schemas,
        api_roles=settings.api_roles,
        api_schemas=settings.api_schemas,
    )
    return Plan(
        run=run,
        asked=tuple(Asked(check=each, values=_values(each, settings)) for each in chosen),
        areas=tuple(areas),
        scope=scope,
        waivers=settings.ignore,
        timeout_ms=max(1, round(settings.timeout_s * 1000)),
        strict=settings.strict,
    )


def fitting(asked: Sequence[Asked], *, major: int) -> tuple[Asked, ...]:
    """Give one variant of each check: the one for that server, else one that will say it is for others."""
    chosen: dict[str, Asked] = {}
    for each in asked:
        held = chosen.get(each.check.info.name)
        if held is None or not held.check.info.fits(major):
            chosen[each.check.info.name] = each
    return tuple(chosen.values())


def _demand_known(settings: ChecksSettings, known: set[str]) -> None:
    for given in settings.parameters:
        if given.check not in known:
            raise unknown(given.check, known, origin=given.origin)
    for waiver in settings.ignore:
        if waiver.check not in known and not set("*?[") & set(waiver.check):
            raise unknown(waiver.check, known, origin="[[checks.ignore]]")


def _values(check: Check, settings: ChecksSettings) -> dict[str, str]:
    given = [each for each in settings.parameters if each.check == check.info.name]
    origin = given[0].origin if given else ""
    return values_of(check.info, {each.name: each.value for each in given}, origin=origin)
