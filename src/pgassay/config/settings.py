"""The one value for all settings, and the target that a name, a URL or nothing at all stands for."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from pgassay.checks.access.settings import AccessSettings
from pgassay.checks.settings import ChecksSettings
from pgassay.config.explain import Explained
from pgassay.migrate.settings import MigrateSettings
from pgassay.model.errors import UsageError
from pgassay.model.setting import (
    DAYS,
    DURATION,
    PATH,
    PERCENT,
    REASONS,
    SWITCH,
    TEXT,
    TEXTS,
    URL,
    choice,
    setting,
)
from pgassay.mutate.settings import MutateSettings
from pgassay.notify.settings import NotifySettings
from pgassay.perf.settings import PerfSettings
from pgassay.recovery.rollback.settings import RollbackSettings
from pgassay.recovery.settings import RecoverySettings
from pgassay.suite.safety.settings import SafetySettings
from pgassay.suite.settings import PgtapChoice, PgtapUse, SuiteSettings

if TYPE_CHECKING:
    from pgassay.pg.target import Target

DEFAULT_TARGET = "default"
PRODUCTION_TARGET = "production"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreSettings:
    """Everything that ``[store]`` may say."""

    enabled: bool = setting(True, SWITCH, help="Whether runs are recorded.", flag="--store")
    touches: bool = setting(
        True, SWITCH, help="Whether what each file touches in the database is recorded, too."
    )
    keep_s: float | None = setting(
        None,
        DAYS,
        help="How long what is recorded is kept, at least a day. Not set: for ever.",
        flag="--older-than",
    )
    url: str | None = setting(
        None, URL, help="Where runs are recorded, if not in the target database itself; ${NAME} is expanded."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSettings:
    """Everything that ``[report]`` may say."""

    formats: tuple[str, ...] = setting(
        (), TEXTS, help="Reports to write, each NAME or NAME:FILE.", flag="--format"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentSettings:
    """Everything that ``[incidents]`` may say."""

    enabled: bool = setting(True, SWITCH, help="Whether failures on production open incidents.")
    on_call: str = setting("on-call", TEXT, help="Whom a CRITICAL incident is assigned to at once.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadySettings:
    """Everything that ``[ready]`` may say."""

    tests_at_least: float = setting(97.0, PERCENT, help="The share of tests that have to pass.")
    max_age_s: float = setting(86_400.0, DURATION, help="How old evidence may be.")
    drill_max_age_s: float = setting(30 * 86_400.0, DURATION, help="How long ago recovery may be drilled.")
    waive: tuple[tuple[str, str], ...] = setting(
        (), REASONS, help="Criteria that do not count here, each with the reason why."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetSettings:
    """Everything that ``[targets.NAME]`` may say. What is not set is as ``[suite]`` says."""

    url: str | None = setting(
        None, URL, help="A URL or conninfo string; ${NAME} is expanded. Not set: the PG* variables."
    )
    production: bool = setting(False, SWITCH, help="Whether the guard protects this database.")
    pgtap: PgtapUse | None = setting(
        None, choice(PgtapUse), help="How pgTAP gets into this database, if not as [suite] says."
    )
    pgtap_schema: str | None = setting(None, TEXT, help="The schema that pgTAP is put into here.")
    pgtap_source: Path | None = setting(None, PATH, help="A file or directory with pgTAP's SQL, for here.")


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedTarget:
    """A target that has a name. ``missing`` names the environment variable that its URL lacks."""

    name: str
    settings: TargetSettings = field(repr=False)
    missing: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Every setting that holds now. ``explained`` says where each came from, without any secret."""

    suite: SuiteSettings = field(default_factory=SuiteSettings, repr=False)
    store: StoreSettings = field(default_factory=StoreSettings, repr=False)
    report: ReportSettings = field(default_factory=ReportSettings)
    mutate: MutateSettings = field(default_factory=MutateSettings)
    migrate: MigrateSettings = field(default_factory=MigrateSettings)
    safety: SafetySettings = field(default_factory=SafetySettings)
    incidents: IncidentSettings = field(default_factory=IncidentSettings)
    notify: NotifySettings = field(default_factory=NotifySettings, repr=False)
    perf: PerfSettings = field(default_factory=PerfSettings)
    checks: ChecksSettings = field(default_factory=ChecksSettings)
    access: AccessSettings = field(default_factory=AccessSettings)
    recovery: RecoverySettings = field(default_factory=RecoverySettings, repr=False)
    rollback: RollbackSettings = field(default_factory=RollbackSettings)
    ready: ReadySettings = field(default_factory=ReadySettings)
    targets: tuple[NamedTarget, ...] = ()
    store_missing: str = ""
    file: Path | None = None
    explained: tuple[Explained, ...] = field(default=(), repr=False)

    def target(self, name_or_url: str | None = None) -> "Target":
        """Find the database that is meant: a named target, a URL or conninfo, or the default.

        A URL that leads to the database of a production target is production, too.

        Raises:
            UsageError: no target has that name, its URL is invalid, or a variable in it is missing.
        """
        from pgassay.pg.target import parse_target  # psycopg loads slowly, and --version needs none of it

        text = DEFAULT_TARGET if name_or_url is None else name_or_url
        named = self._named(text)
        if named is not None:
            found = _open(named)
        elif name_or_url is None:
            found = parse_target("", name=DEFAULT_TARGET)
        elif "=" in text or "://" in text:
            found = parse_target(text)
        else:
            raise self._unknown(text)
        if not found.production and any(found.is_same_database(each) for each in self._production()):
            return parse_target(found.conninfo, name=found.name, production=True)
        return found

    def store_target(self, target: "Target") -> "Target | None":
        """Say where runs on a target are recorded; ``None`` where they are not.

        Raises:
            UsageError: ``[store] url`` is invalid, or a variable in it is missing.
        """
        from pgassay.pg.target import parse_target  # as above

        if not self.store.enabled:
            return None
        if self.store_missing:
            raise missing_variable("store.url", self.store_missing)
        if self.store.url is None:
            return target
        return parse_target(self.store.url, name="store")

    def pgtap(self, target: "Target") -> PgtapChoice:
        """Say how pgTAP gets into a target: as the target's own settings say, else as the suite's."""
        named = self._named(target.name)
        own = named.settings if named is not None else TargetSettings()
        return PgtapChoice(
            use=own.pgtap or self.suite.pgtap,
            schema=own.pgtap_schema or self.suite.pgtap_schema,
            source=own.pgtap_source or self.suite.pgtap_source,
        )

    def _named(self, name: str) -> NamedTarget | None:
        return next((each for each in self.targets if each.name == name), None)

    def _production(self) -> "Iterator[Target]":
        for each in self.targets:
            if each.settings.production and not each.missing:
                yield _open(each)

    def _unknown(self, name: str) -> UsageError:
        names = [each.name for each in self.targets]
        near = get_close_matches(name, names, n=1)
        hint = f"Did you mean {near[0]!r}?" if near else f"Known targets: {', '.join(names) or 'none'}."
        return UsageError(
            f"There is no target named {name!r}.",
            remedy=f"{hint} A database is also given as postgresql://… or 'dbname={name}'.",
        )


def missing_variable(key: str, variable: str) -> UsageError:
    """Say that a URL needs an environment variable that is not there."""
    return UsageError(
        f"{key} needs the environment variable {variable}, which is not set.",
        remedy=f"export {variable}=…",
    )


def _open(named: NamedTarget) -> "Target":
    from pgassay.pg.target import parse_target  # as above

    if named.missing:
        raise missing_variable(f"targets.{named.name}.url", named.missing)
    return parse_target(named.settings.url or "", name=named.name, production=named.settings.production)
