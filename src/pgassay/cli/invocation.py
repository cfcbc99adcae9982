"""What the options in front of every command say."""

from dataclasses import dataclass
from pathlib import Path

import typer


@dataclass(frozen=True, slots=True, kw_only=True)
class Invocation:
    """The global options of one call. ``verbosity`` is -1 for ``-q``, 0, or 1 for ``-v``."""

    config_file: Path | None = None
    target: str | None = None
    json: bool = False
    verbosity: int = 0


def invocation(context: typer.Context) -> Invocation:
    """Give the global options of the command that is running."""
    found = context.find_object(Invocation)
    return found if found is not None else Invocation()
