"""What a workflow of GitHub Actions reads: annotations, and the summary of a step in Markdown.

The commands are those of GitHub's documentation, "Workflow commands for GitHub Actions".
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from pgassay.model.place import Place
from pgassay.report.words import visible

SUMMARY_LIMIT = 1024 * 1024
"""The bytes that GitHub accepts as the summary of a step."""
_MOST = 10
"""The annotations of one kind that GitHub shows for a step."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """Something to show at a place, or at a file. ``level`` is ``error``, ``warning`` or ``notice``."""

    level: str
    title: str
    message: str
    place: Place | None = None
    path: str = ""

    def command(self) -> str:
        """Write it as a line that GitHub obeys."""
        path = self.place.path if self.place else self.path
        properties = {"file": path, "line": str(self.place.line) if self.place else "", "title": self.title}
        shown = ",".join(f"{name}={_property(value)}" for name, value in properties.items() if value)
        return f"::{self.level} {shown}::{_data(self.message)}"


def annotate(out: TextIO, *kinds: Sequence[Annotation]) -> None:
    """Write of each kind as many as GitHub shows, the first ones."""
    for kind in kinds:
        for annotation in kind[:_MOST]:
            out.write(annotation.command() + "\n")
    out.flush()


def append_summary(path: Path, write: Callable[[int], str]) -> None:
    """Append to the summary of a step what ``write`` gives for so many bytes, which are left."""
    used = path.stat().st_size if path.exists() else 0
    with path.open("a", encoding="utf-8", errors="backslashreplace", newline="\n") as out:
        out.write(write(SUMMARY_LIMIT - used))


def _data(text: str) -> str:
    lines = [visible(line) for line in text.splitlines()]
    return "%0A".join(line.replace("%", "%25") for line in lines)


def _property(text: str) -> str:
    return visible(text).replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
