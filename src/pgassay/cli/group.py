"""The commands, found by looking, and each loaded when it is asked for.

To load and build all of them takes longer than many of them take to run.
"""

import pkgutil
from collections.abc import Iterator, MutableMapping
from importlib import import_module
from typing import Any

import click
import typer
from typer.core import TyperGroup

from pgassay.cli import commands


class Commands(MutableMapping[str, click.Command]):
    """Every command by its name, which is the name of its module."""

    def __init__(self) -> None:
        found = (each.name for each in pkgutil.iter_modules(commands.__path__))
        self._commands: dict[str, click.Command | None] = dict.fromkeys(found)

    def __getitem__(self, name: str) -> click.Command:
        loaded = self._commands[name] or _load(name)
        self._commands[name] = loaded
        return loaded

    def __setitem__(self, name: str, command: click.Command) -> None:
        self._commands[name] = command

    def __delitem__(self, name: str) -> None:
        del self._commands[name]

    def __iter__(self) -> Iterator[str]:
        """Give the names in the order of ``--help``: what runs at once, then what has commands of its own."""
        return iter(sorted(self._commands, key=lambda name: isinstance(self[name], click.Group)))

    def __len__(self) -> int:
        return len(self._commands)


class CommandGroup(TyperGroup):
    """The program as a group of such commands."""

    def __init__(self, **attributes: Any) -> None:  # noqa: ANN401 - what Typer says of a group
        super().__init__(**attributes)
        self.commands = Commands()


def _load(name: str) -> click.Command:
    own = typer.Typer()
    import_module(f"{commands.__name__}.{name}").register(own)
    return typer.main.get_group(own).commands[name]
