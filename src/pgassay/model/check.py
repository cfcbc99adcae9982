"""What a check is, what it found, and how both are summed up.

A check asks one question about a target. It is ONE file: ``checks/catalogue/AREA/NAME.sql``, a project's
``checks/NAME.sql``, or, where SQL cannot ask it, a module ``checks/probes/NAME.py``. A file reads::

    -- title: Readable table without row-level security
    -- level: failed
    -- since: 14
    -- parameter: least_rows = 0 (number) tables with fewer rows than this are left alone
    -- help: Enable row-level security on {object}, and add
    --   a policy for each role that should read it.
    --
    -- Why it matters, what it does not see.

    select … as object, … as detail [, … as level] [, … as remediation] [, jsonb_build_object(…) as metadata]
    from … where n.nspname <> all (:'ignored_schemas'::name[]);

    -- breaks: a table granted to public
    create table public.invoice (id int);

    -- holds: the same table with row-level security on
    -- with: least_rows = 10
    …

* Header keys: ``title``, ``level`` (:class:`Level` of a row that gives none), ``since``, ``until`` (majors),
  ``area`` (more areas than the folder), ``needs`` (repeatable: ``extension X``, ``privilege ROLE``,
  ``schema X``, ``setting X``, ``superuser``), ``scans`` (which user tables it reads), ``parameter``
  (repeatable: ``NAME = DEFAULT (KIND) help``), ``help`` (the remediation; ``{object}`` and the keys of
  metadata are filled in). A line ``--   …`` (two blanks or more) continues the one above. ``--`` ends it.
* Parameters travel as text: write the cast (``:'least_rows'::int``, ``:'roles'::name[]``, a ``table`` is
  ``:'rules'::jsonb``). A default of ``names`` is written ``anon, authenticated`` or ``{anon}``; it may be
  empty.
* Examples: ``-- breaks: TITLE`` must give a row of the header's level or worse; ``-- holds: TITLE`` none
  worse than info (for a check of level info: none worse than passed). Directly below may stand
  ``-- with: NAME = VALUE`` (a parameter's value in this example) and, below ``breaks``, ``-- expect: LEVEL``
  (instead of the header's level). A file has both, or says ``-- examples: none REASON`` in their place.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

Scalar = str | int | float | bool | None


class Level(StrEnum):
    """How one finding, a check or a whole run stands; :func:`worst` knows their order."""

    PASSED = "passed"
    INFO = "info"
    WARNING = "warning"
    NOT_VERIFIED = "not verified"
    """It could not be looked at; that is never taken for a yes."""
    FAILED = "failed"


SEVERITY = {level: rank for rank, level in enumerate(Level)}


def worst(levels: Iterable[Level]) -> Level:
    """Give the worst of some levels; ``passed`` for none."""
    return max(levels, key=SEVERITY.__getitem__, default=Level.PASSED)


class Area(StrEnum):
    """What a check is about; one may have several."""

    PREFLIGHT = "preflight"
    SECURITY = "security"
    HEALTH = "health"
    MIGRATION = "migration"
    PRE_MIGRATION = "pre-migration"
    POST_MIGRATION = "post-migration"
    PROJECT = "project"
    """A project's own check that names no other area."""


class NeedKind(StrEnum):
    """What a check may need before it can ask."""

    EXTENSION = "extension"
    PRIVILEGE = "privilege"
    """Membership in a role, as in ``privilege pg_monitor``."""
    SCHEMA = "schema"
    SETTING = "setting"
    """A setting that is on, as in ``setting track_functions``; ``none`` and ``off`` are not."""
    SUPERUSER = "superuser"


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One thing without which a check is not verified; ``name`` is empty for ``superuser``."""

    kind: NeedKind
    name: str = ""

    def __str__(self) -> str:
        return f"{self.kind} {self.name}".strip()


class ParameterKind(StrEnum):
    """What a parameter's value is, in a settings file and on its way to the server."""

    TEXT = "text"
    NUMBER = "number"
    BOOLEAN = "boolean"
    NAMES = "names"
    """A list of texts, sent as an array literal."""
    TABLE = "table"
    """A TOML table, or a list of them, sent as JSON text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A value that a check may be given. ``default`` is text as it is sent to the server."""

    name: str
    default: str
    kind: ParameterKind
    help: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckInfo:
    """Everything about a check but how it asks.

    ``level`` is that of a row that gives none. ``path`` is the file it is, as a person may see it; ``reason``
    why it matters. ``until`` is 0 where no version ends it. ``scans`` says which user tables it reads.
    """

    name: str
    title: str
    level: Level
    areas: tuple[Area, ...]
    since: int = 14
    until: int = 0
    needs: tuple[Need, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    scans: str = ""
    help: str = ""
    reason: str = ""
    path: str = ""

    def fits(self, major: int) -> bool:
        """Whether it is for servers of that major version."""
        return self.since <= major and (not self.until or major <= self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One row: every check says what it found in this form.

    ``object`` names what it is about, quoted as SQL needs it; ``remediation`` says what to do, as a
    command where possible. ``metadata`` are further facts; nested ones are JSON text. ``pending_until`` is of
    one that is not verified since there cannot be enough to judge by yet: until then, no strict run is red.
    """

    check: str
    object: str
    level: Level
    detail: str
    remediation: str = ""
    metadata: tuple[tuple[str, Scalar], ...] = ()
    pending_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Proven:
    """What came of one example of a check; ``fault`` says what is wrong with it, and is empty if nothing."""

    check: str
    example: str
    place: str
    fault: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waived:
    """A finding that the settings say to ignore: why, and until when (that day included)."""

    finding: Finding
    reason: str
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckResult:
    """What came of one check.

    ``findings`` are in the order of the server, without those that are waived. ``broken`` is set where the
    check itself is at fault (its SQL is refused, its columns are no finding's), not the database.
    """

    check: CheckInfo
    findings: tuple[Finding, ...] = ()
    waived: tuple[Waived, ...] = ()
    elapsed_ms: float = 0.0
    broken: bool = False

    @property
    def level(self) -> Level:
        """Its worst finding's; a check without any has passed."""
        return worst(each.level for each in self.findings)

    @property
    def pending(self) -> bool:
        """Whether it is not verified, and only because there cannot be enough to judge by yet."""
        unknown = [each for each in self.findings if each.level is Level.NOT_VERIFIED]
        return self.level is Level.NOT_VERIFIED and all(each.pending_until is not None for each in unknown)

    @property
    def doubtful(self) -> bool:
        """Whether a strict run is red for it: a warning, or not verified though it could be."""
        return any(
            each.level is Level.WARNING or (each.level is Level.NOT_VERIFIED and each.pending_until is None)
            for each in self.findings
        )
