"""Finds checks: pgassay's own, a project's, and those of installed plug-ins.

A file that is no check, or does not prove itself, is refused with its place. Two checks of one name are
refused, too, unless they are for different versions of the server.
"""

import inspect
import pkgutil
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from types import ModuleType

from pgassay.checks import probes
from pgassay.checks.contract import Check, ProbeCheck, SqlCheck
from pgassay.checks.parameters import values_of
from pgassay.model.check import Area, CheckInfo
from pgassay.model.errors import UsageError
from pgassay.parse.check_file import read_check
from pgassay.pg.query import parse_query

PLUGINS = "pgassay.checks"
"""The entry point group; an entry point names a package whose ``.sql`` files are checks."""
_OWN = "pgassay.checks/catalogue"
_NOT_OURS = "If these files are no checks of pgassay, set paths in [checks] of pgassay.toml."


def all_checks(project: Iterable[Path] = ()) -> tuple[Check, ...]:
    """Give every check that there is, in the order in which they are shown; variants stand side by side.

    Raises:
        UsageError: a file is no check, a path does not exist, a plug-in cannot be loaded, or names clash.
    """
    found = without_clashes((*builtin(), *_of_plugins(), *_of_project(project)))
    places = {area: place for place, area in enumerate(Area)}
    return tuple(sorted(found, key=lambda each: (places[each.info.areas[0]], each.info.name, each.info.path)))


@cache
def builtin() -> tuple[Check, ...]:
    """Give pgassay's own checks."""
    own = (
        parse_check(file.read_text("utf-8"), path=f"{_OWN}/{area}/{file.name}", area=area)
        for area, file in _files_below(files("pgassay.checks").joinpath("catalogue"))
    )
    return without_clashes((*own, *_probes()))


def parse_check(text: str, *, path: str, area: Area | None = None) -> SqlCheck:
    """Read the text of a check's file.

    Raises:
        UsageError: it is no check; the sentence names file and line.
    """
    read = read_check(text, path=path, area=area)
    for given in ({}, *(dict(each.parameters) for each in read.examples)):
        values_of(read.info, given, origin=path)
    return SqlCheck(
        info=read.info,
        query=parse_query(read.sql, name=read.info.name),
        query_line=read.query_line,
        examples=read.examples,
        without_examples=read.without_examples,
        text=text,
    )


def without_clashes(checks: Iterable[Check]) -> tuple[Check, ...]:
    """Give checks as they are.

    Raises:
        UsageError: two of them have one name and are for the same version of the server.
    """
    by_name: dict[str, list[Check]] = {}
    for check in checks:
        same = by_name.setdefault(check.info.name, [])
        for other in same:
            if _overlap(other.info, check.info):
                raise UsageError(
                    f"{check.info.path}: There is another check of that name: {other.info.path}.",
                    remedy="Rename one, or part them by 'since' and 'until'.",
                )
        same.append(check)
    return tuple(each for same in by_name.values() for each in same)


def _overlap(first: CheckInfo, second: CheckInfo) -> bool:
    begins_in_time = not first.until or second.since <= first.until
    return begins_in_time and (not second.until or first.since <= second.until)


def _probes() -> Iterator[ProbeCheck]:
    for each in pkgutil.iter_modules(probes.__path__):
        module = import_module(f"{probes.__name__}.{each.name}")
        yield ProbeCheck(
            info=_info_of(module, each.name),
            examine=module.examine,
            text=inspect.getsource(module),
            without_server=getattr(module, "WITHOUT_SERVER", False),
        )


def _info_of(module: ModuleType, name: str) -> CheckInfo:
    return CheckInfo(
        name=name,
        title=module.TITLE,
        level=module.LEVEL,
        areas=module.AREAS,
        needs=getattr(module, "NEEDS", ()),
        parameters=getattr(module, "PARAMETERS", ()),
        help=module.HELP,
        reason=inspect.getdoc(module) or "",
        path=f"pgassay.checks/probes/{name}.py",
    )


def _of_project(paths: Iterable[Path]) -> Iterator[Check]:
    for path in paths:
        if not path.exists():
            raise UsageError(f"There are no checks at {path}.", remedy="[checks] paths in pgassay.toml.")
        for file in sorted(path.rglob("*.sql")) if path.is_dir() else (path,):
            yield _read(file, shown=file.as_posix(), area=_area(file.parent.name))


def _of_plugins() -> Iterator[Check]:
    for each in sorted(entry_points(group=PLUGINS)):
        try:
            root = files(each.value)
        except (ImportError, TypeError) as error:
            raise UsageError(
                f"The plug-in {each.name} of checks cannot be loaded: {error}.", remedy="pip uninstall it."
            ) from error
        for area, file in _files_below(root):
            yield _read(file, shown=f"{each.value}/{file.name}", area=area)


def _read(file: Traversable, *, shown: str, area: Area | None) -> SqlCheck:
    try:
        return parse_check(file.read_text(encoding="utf-8"), path=shown, area=area)
    except (OSError, UnicodeError) as error:
        raise UsageError(f"{shown} cannot be read: {error}.") from error
    except UsageError as error:
        raise UsageError(error.sentence, remedy=f"{error.remedy} {_NOT_OURS}".strip()) from error


def _files_below(root: Traversable, area: Area | None = None) -> Iterator[tuple[Area | None, Traversable]]:
    for each in sorted(root.iterdir(), key=lambda each: each.name):
        if each.is_dir():
            yield from _files_below(each, _area(each.name) or area)
        elif each.name.endswith(".sql"):
            yield area, each


def _area(folder: str) -> Area | None:
    return Area(folder) if folder in list(Area) else None
