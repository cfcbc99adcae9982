"""Which settings there are, by section; and what to say about one that there is not."""

from difflib import get_close_matches

from pgassay.checks.access.settings import AccessSettings
from pgassay.checks.settings import ChecksSettings
from pgassay.config.settings import (
    IncidentSettings,
    ReadySettings,
    ReportSettings,
    StoreSettings,
    TargetSettings,
)
from pgassay.migrate.settings import MigrateSettings
from pgassay.model.errors import UsageError
from pgassay.model.setting import Kind, Setting, settings_of
from pgassay.mutate.settings import MutateSettings
from pgassay.notify.settings import NotifySettings
from pgassay.perf.settings import PerfSettings
from pgassay.recovery.rollback.settings import RollbackSettings
from pgassay.recovery.settings import RecoverySettings
from pgassay.suite.safety.settings import SafetySettings
from pgassay.suite.settings import SuiteSettings

SECTIONS: dict[str, type] = {
    "suite": SuiteSettings,
    "store": StoreSettings,
    "report": ReportSettings,
    "mutate": MutateSettings,
    "migrate": MigrateSettings,
    "safety": SafetySettings,
    "incidents": IncidentSettings,
    "notify": NotifySettings,
    "perf": PerfSettings,
    "ready": ReadySettings,
    "checks": ChecksSettings,
    "access": AccessSettings,
    "recovery": RecoverySettings,
    "rollback": RollbackSettings,
}
CHECKS = "checks"
"""The section that has a table for each check that is given parameters."""
TARGETS = "targets"
TARGET_SETTINGS = {each.key: each for each in settings_of(TargetSettings)}
PRODUCTION_VARIABLE = "PRODUCTION_DB_URL"


_OF_A_CHECK = Setting(
    name="",
    key="",
    default=None,
    kind=Kind(expected="a value", read=lambda value: value),
    help="A parameter of a check; which there are is said by the check itself.",
)


def known_settings() -> dict[str, Setting]:
    """Give every setting that has one place, by its whole key (``suite.jobs``)."""
    return {
        f"{section}.{each.key}": each for section, owner in SECTIONS.items() for each in settings_of(owner)
    }


def documented_settings() -> dict[str, Setting]:
    """Give every setting by the key that the documentation uses, those of ``[targets.NAME]`` included."""
    targets = {f"{TARGETS}.NAME.{key}": each for key, each in TARGET_SETTINGS.items()}
    return known_settings() | targets


def find_setting(key: tuple[str, ...]) -> Setting | None:
    """Find a setting by its path: section and key, or ``targets``, name and key."""
    match key:
        case (section, name) if section in SECTIONS:
            return known_settings().get(f"{section}.{name}")
        case (section, _, name) if section == TARGETS:
            return TARGET_SETTINGS.get(name)
        case (section, _, _) if section == CHECKS:
            return _OF_A_CHECK
        case _:
            return None


def unknown(key: tuple[str, ...], *, origin: str) -> UsageError:
    """Say that a setting does not exist, and which one may be meant."""
    near = _nearest(key)
    remedy = f"Did you mean {near}?" if near else "`pgassay config --explain` lists all settings."
    return UsageError(f"Unknown setting {'.'.join(key)} ({origin}).", remedy=remedy)


def _nearest(key: tuple[str, ...]) -> str | None:
    if key[0] == TARGETS and len(key) == 3:
        near = get_close_matches(key[2], TARGET_SETTINGS, n=1)
        return f"{TARGETS}.{key[1]}.{near[0]}" if near else None
    text = ".".join(key)
    if near := get_close_matches(text, [*known_settings(), *SECTIONS, TARGETS], n=1, cutoff=0.75):
        return near[0]
    by_last = {each.rpartition(".")[2]: each for each in reversed(known_settings())}
    near = get_close_matches(key[-1], by_last, n=1, cutoff=0.75)
    return by_last[near[0]] if near else None
