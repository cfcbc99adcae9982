"""An annotation of GitHub Actions, and how it is written.

The command is that of GitHub's documentation, "Workflow commands for GitHub Actions".
"""

from dataclasses import dataclass

from pgassay.model.place import Place
from pgassay.report.words import visible

MOST = 10
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


def _data(text: str) -> str:
    lines = [visible(line) for line in text.splitlines()]
    return "%0A".join(line.replace("%", "%25") for line in lines)


def _property(text: str) -> str:
    return visible(text).replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
