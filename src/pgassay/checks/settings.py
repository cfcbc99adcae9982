"""The settings of checks: what holds for all of them, parameters of single ones, and what to ignore."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from pgassay.model.setting import DURATION, PATHS, SWITCH, TEXTS, Kind, Unfit, setting

if TYPE_CHECKING:
    from pgassay.model.check import Finding

_KEYS = ("check", "object", "reason", "until")


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """Findings that are ignored, why, and until when (that day included). Patterns are those of shells."""

    check: str
    object: str
    reason: str
    until: date

    def covers(self, finding: "Finding") -> bool:
        """Whether it is about a finding, whatever day it is."""
        return fnmatchcase(finding.check, self.check) and fnmatchcase(finding.object, self.object)

    def __str__(self) -> str:
        return f"{self.check} {self.object} until {self.until}"


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenParameter:
    """A value of ``[checks.NAME]`` as it was written, and where."""

    check: str
    name: str
    value: object
    origin: str


def _read_waivers(value: object) -> tuple[Waiver, ...]:
    if not isinstance(value, Sequence) or isinstance(value, str):
        raise ValueError
    return tuple(_read_waiver(number, each) for number, each in enumerate(value, start=1))


def _read_waiver(number: int, entry: object) -> Waiver:
    if not isinstance(entry, Mapping):
        raise ValueError
    for key in entry:
        if key not in _KEYS:
            raise Unfit(f"Entry {number} has a key '{key}'; the keys are {', '.join(_KEYS)}.")
    for key in ("check", "reason"):
        if not isinstance(entry.get(key), str) or not entry[key].strip():
            raise Unfit(f"Entry {number} has no '{key}'.")
    return Waiver(
        check=entry["check"],
        object=str(entry.get("object", "*")),
        reason=entry["reason"],
        until=_read_day(number, entry.get("until")),
    )


def _read_day(number: int, value: object) -> date:
    if value is None:
        raise Unfit(f"Entry {number} has no 'until': what is ignored is looked at again one day.")
    try:
        return value if type(value) is date else date.fromisoformat(str(value)[:10])
    except ValueError as error:
        raise Unfit(f"Entry {number}: until {value!r} is no day such as 2031-12-24.") from error


WAIVERS = Kind(
    expected="a list of tables with check, object (a pattern, if not all), reason and until (a day)",
    read=_read_waivers,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecksSettings:
    """Everything that ``[checks]`` may say. Attributes ending in ``_s`` are in seconds."""

    paths: tuple[str, ...] | None = setting(
        None, PATHS, help="Where the project's own checks are. Not set: in checks beside the settings file."
    )
    ignored_schemas: tuple[str, ...] = setting(
        (), TEXTS, help="Schemas that checks leave out, beside those of the server and of platforms."
    )
    api_roles: tuple[str, ...] = setting(
        (), TEXTS, help="Roles that strangers come in with. Not set: anon and authenticated, where they are."
    )
    api_schemas: tuple[str, ...] = setting(
        (), TEXTS, help="Schemas that are exposed to them. Not set: those that such a role may use."
    )
    timeout_s: float = setting(10.0, DURATION, help="Time that the server may take for one check.")
    strict: bool = setting(
        False, SWITCH, help="Makes red what is a warning or not verified.", flag="--strict"
    )
    formats: tuple[str, ...] = setting(
        (), TEXTS, help="Reports of checks to write, each NAME or NAME:FILE.", flag="--format"
    )
    ignore: tuple[Waiver, ...] = setting(
        (), WAIVERS, help="Findings to ignore: [[checks.ignore]] with check, object, reason and until."
    )
    parameters: tuple[GivenParameter, ...] = ()
