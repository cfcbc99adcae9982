"""Fills the files of ``files`` in for a project: ``@NAME@`` stands for what fits its layout.

Other marks would clash with the ``${…}`` and ``${{ … }}`` that the files themselves are full of.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

from pgassay.scaffold.layout import Layout, LayoutKind

SETTINGS = "pgassay.toml"
WORKFLOW = ".github/workflows/production-deployment.yml"
_MARK = re.compile(r"@([A-Z]+)@")
_NAMING = {
    LayoutKind.SUPABASE: ("20261127101500_add_phone.sql", "supabase/rollbacks/20261127101500_add_phone.sql"),
    LayoutKind.PLAIN: ("001_add_phone.sql", "@MIGRATIONS@/001_add_phone.rollback.sql"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFile:
    """A file to be written; ``path`` is relative to the project, with slashes."""

    path: str
    text: str


def new_files(layout: Layout, *, requirement: str, workflow: bool) -> tuple[NewFile, ...]:
    """Give the files for a project, the settings first.

    ``requirement`` is what pip installs in the workflow, which is left out unless it is wanted.
    """
    values = _values(layout, requirement)
    return tuple(
        NewFile(path=path, text=_filled(_text(template), values))
        for path, template in _places(layout, workflow=workflow)
    )


def _places(layout: Layout, *, workflow: bool) -> Iterator[tuple[str, str]]:
    yield SETTINGS, "pgassay.toml"
    yield f"{layout.tests}/unit/first.sql", "first_test.sql"
    if not layout.migrations_kept:
        yield f"{layout.migrations}/README.md", "migrations.md"
    yield f"{layout.workload}/example.sql", "workload.sql"
    if workflow:
        yield WORKFLOW, "production-deployment.yml"


def _values(layout: Layout, requirement: str) -> dict[str, str]:
    migration, rollback = _NAMING[layout.kind]
    values = {
        "TESTS": layout.tests,
        "MIGRATIONS": layout.migrations,
        "FORMAT": layout.kind.value,
        "WORKLOAD": layout.workload,
        "REQUIREMENT": requirement,
        "MIGRATION": migration,
    }
    return {**values, "ROLLBACK": _filled(rollback, values)}


def _filled(text: str, values: dict[str, str]) -> str:
    """Put the values in; a mark that has none is a mistake in a template."""
    return _MARK.sub(lambda found: values[found[1]], text)


def _text(name: str) -> str:
    return (files("pgassay.scaffold") / "files" / name).read_text(encoding="utf-8")
