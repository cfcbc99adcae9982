"""Which questions there are: list them; show one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pgassay.checks.choose import choose
from pgassay.checks.contract import Check
from pgassay.checks.load import all_checks
from pgassay.config.settings import Settings
from pgassay.model.check import Area, CheckInfo

_BESIDE_SETTINGS = "checks"


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """A check as a whole: what is known of each of its variants, and the text of its file."""

    variants: tuple[CheckInfo, ...]
    texts: tuple[str, ...]


def list_checks(settings: Settings, *, areas: Sequence[Area] = ()) -> tuple[CheckInfo, ...]:
    """Give the checks of some areas, of all where none is given; one that has variants is several."""
    return tuple(each.info for each in choose(every_check(settings), areas=areas))


def describe_check(name: str, settings: Settings) -> Described:
    """Give a check.

    Raises:
        UsageError: there is no check of that name; the remedy names the nearest.
    """
    found = choose(every_check(settings), names=[name])
    return Described(variants=tuple(each.info for each in found), texts=tuple(each.text for each in found))


def every_check(settings: Settings) -> tuple[Check, ...]:
    """Give all checks that there are: pgassay's, the project's, and those of plug-ins.

    Raises:
        UsageError: a file is no check, or two have one name.
    """
    return all_checks(_project_paths(settings))


def _project_paths(settings: Settings) -> Iterable[Path]:
    if settings.checks.paths is not None:
        return [Path(each) for each in settings.checks.paths]
    beside = settings.file.parent / _BESIDE_SETTINGS if settings.file is not None else None
    if beside is None or not beside.is_dir():
        return []
    return [_seen_from_here(beside)]


def _seen_from_here(path: Path) -> Path:
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path
