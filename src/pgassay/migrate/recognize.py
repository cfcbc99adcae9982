"""Finds the formats, and recognizes the one that a directory is written in."""

import pkgutil
from functools import cache
from importlib import import_module
from pathlib import Path

from pgassay.migrate import formats
from pgassay.migrate.format import Format


@cache
def all_formats() -> tuple[Format, ...]:
    """Give all formats; the one that takes any path is the last."""
    found = tuple(
        import_module(f"{formats.__name__}.{module.name}").FORMAT
        for module in pkgutil.iter_modules(formats.__path__)
    )
    return tuple(sorted(found, key=lambda each: each.claims(Path("anywhere"))))


def format_of(directory: Path, *, wanted: str) -> Format:
    """Give the format of that name, or for ``auto`` the one that a directory's path speaks for."""
    known = all_formats()
    if wanted != "auto":
        return next(each for each in known if each.name == wanted)
    return next(each for each in known if each.claims(directory))
