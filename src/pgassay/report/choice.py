"""What ``--format NAME[:FILE]`` means, and which names there are."""

import pkgutil
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from importlib import import_module
from typing import Any, cast

from pgassay.model.errors import UsageError
from pgassay.report.reporter import Format, Shape

FAMILY = "pgassay.report.formats"
"""The package of the formats for runs of tests; other kinds of runs have families of their own."""
SCREEN = "terminal"
"""The format that a person reads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormatChoice:
    """A format of a family and the file that it goes to; ``file`` is empty for standard output."""

    name: str
    file: str = ""
    family: str = FAMILY


def format_names(family: str = FAMILY) -> tuple[str, ...]:
    """Name all formats, without importing any."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(import_module(family).__path__)))


def load_format(name: str, family: str = FAMILY) -> Format[Any]:
    """Import a format; ``UsageError`` names the nearest when there is none of this name."""
    known = format_names(family)
    if name not in known:
        near = get_close_matches(name, known, n=1)
        raise UsageError(
            f'There is no report format "{name}".',
            remedy=f"Did you mean {near[0]}?" if near else f"Choose from: {', '.join(known)}.",
        )
    return cast(Format[Any], import_module(f"{family}.{name}"))


def parse_format(text: str, family: str = FAMILY) -> FormatChoice:
    """Read ``NAME`` or ``NAME:FILE``; a FILE of ``-`` is standard output."""
    name, colon, file = text.partition(":")
    shape = load_format(name, family).SHAPE
    if colon and not file:
        raise UsageError(f'The format "{text}" ends with a colon, but names no file.')
    target = "" if file == "-" else file
    if shape is Shape.BINARY and not target:
        raise UsageError(
            f"The format {name} is not text and needs a file.", remedy=f"--format {name}:results.tar.gz"
        )
    return FormatChoice(name=name, file=target, family=family)


def with_screen(choices: Iterable[FormatChoice], family: str = FAMILY) -> tuple[FormatChoice, ...]:
    """Add the terminal where nothing else would tell a person how the run goes."""
    chosen = tuple(choices)
    if all(choice.file for choice in chosen):
        return (FormatChoice(name=SCREEN, family=family), *chosen)
    return chosen


def check_together(choices: Iterable[FormatChoice]) -> None:
    """Refuse two formats that would write into the same file, or mix on standard output."""
    taken: dict[str, FormatChoice] = {}
    for choice in choices:
        other = taken.get(choice.file)
        if other and not (choice.file == "" and _share(choice, other)):
            where = choice.file or "standard output"
            raise UsageError(
                f"The formats {other.name} and {choice.name} cannot both be written to {where}.",
                remedy=f"Give one of them a file of its own: --format {choice.name}:FILE",
            )
        if not other or _shape(other) is Shape.CONSOLE:
            taken[choice.file] = choice


def _share(one: FormatChoice, other: FormatChoice) -> bool:
    return one.name != other.name and _shape(one) is _shape(other) is Shape.CONSOLE


def _shape(choice: FormatChoice) -> Shape:
    return load_format(choice.name, choice.family).SHAPE
