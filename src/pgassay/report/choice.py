"""What ``--format NAME[:FILE]`` means, and which names there are."""

import pkgutil
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from importlib import import_module
from typing import cast

from pgassay.model.errors import UsageError
from pgassay.report import formats
from pgassay.report.reporter import Format, Shape

SCREEN = "terminal"
"""The format that a person reads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormatChoice:
    """A format and the file that it goes to; ``file`` is empty for standard output."""

    name: str
    file: str = ""


def format_names() -> tuple[str, ...]:
    """Name all formats, without importing any."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(formats.__path__)))


def load_format(name: str) -> Format:
    """Import a format; ``UsageError`` names the nearest when there is none of this name."""
    if name not in format_names():
        near = get_close_matches(name, format_names(), n=1)
        raise UsageError(
            f'There is no report format "{name}".',
            remedy=f"Did you mean {near[0]}?" if near else f"Choose from: {', '.join(format_names())}.",
        )
    return cast(Format, import_module(f"{formats.__name__}.{name}"))


def parse_format(text: str) -> FormatChoice:
    """Read ``NAME`` or ``NAME:FILE``; a FILE of ``-`` is standard output."""
    name, colon, file = text.partition(":")
    shape = load_format(name).SHAPE
    if colon and not file:
        raise UsageError(f'The format "{text}" ends with a colon, but names no file.')
    target = "" if file == "-" else file
    if shape is Shape.BINARY and not target:
        raise UsageError(
            f"The format {name} is not text and needs a file.", remedy=f"--format {name}:results.tar.gz"
        )
    return FormatChoice(name=name, file=target)


def with_screen(choices: Iterable[FormatChoice]) -> tuple[FormatChoice, ...]:
    """Add the terminal where nothing else would tell a person how the run goes."""
    chosen = tuple(choices)
    if all(choice.file for choice in chosen):
        return (FormatChoice(name=SCREEN), *chosen)
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
        if not other or load_format(other.name).SHAPE is Shape.CONSOLE:
            taken[choice.file] = choice


def _share(one: FormatChoice, other: FormatChoice) -> bool:
    both_for_people = all(load_format(each.name).SHAPE is Shape.CONSOLE for each in (one, other))
    return one.name != other.name and both_for_people
