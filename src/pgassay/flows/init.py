"""Lay out what a project needs to be tested: settings, a first test, a workload, the workflow."""

from dataclasses import dataclass
from pathlib import Path

from pgassay import __version__
from pgassay.config.sources import PROJECT_FILE_NAME, read
from pgassay.migrate.recognize import format_of
from pgassay.migrate.settings import MigrateSettings
from pgassay.model.errors import UsageError
from pgassay.scaffold.layout import Layout, LayoutKind, Usual, detect
from pgassay.scaffold.templates import WORKFLOW, new_files
from pgassay.scaffold.write import write_all
from pgassay.suite.find import DEFAULT_PLACES


@dataclass(frozen=True, slots=True, kw_only=True)
class InitWish:
    """Which folder is laid out, whether over what is there, and whether with the workflow."""

    directory: Path = Path()
    force: bool = False
    workflow: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class LaidOut:
    """What was found, what was written (relative to the folder), and what the user should know of it."""

    layout: Layout
    written: tuple[str, ...]
    notes: tuple[str, ...] = ()


def init_project(wish: InitWish) -> LaidOut:
    """Write the files, all of them or none.

    Raises:
        UsageError: some are there already, or the folder cannot be read or written.
    """
    root = wish.directory
    try:
        layout = detect(root, _usual())
    except OSError as error:
        raise UsageError(f"{error.filename} cannot be read: {error.strerror}.") from error
    if not wish.force:
        _refuse_a_second_home(root)
    files = new_files(layout, requirement=f"pgassay[embedded,notify]=={__version__}", workflow=wish.workflow)
    write_all(files, root, force=wish.force)
    return LaidOut(
        layout=layout,
        written=tuple(each.path for each in files),
        notes=_notes(root) if wish.workflow else (),
    )


def _usual() -> Usual:
    known = [format_of(Path(), wanted=each.value) for each in LayoutKind]
    return Usual(
        tests=DEFAULT_PLACES,
        migrations=MigrateSettings().paths,
        is_migration=lambda name: any(each.read(name) is not None for each in known),
    )


def _refuse_a_second_home(root: Path) -> None:
    """Settings in pyproject.toml would silently stop to count beside a pgassay.toml."""
    project = root / PROJECT_FILE_NAME
    if project.is_file() and read(project).table:
        raise UsageError(
            f"{project} has a table [tool.pgassay], which a pgassay.toml would take the place of. "
            "Nothing was written.",
            remedy="Move it into pgassay.toml; or --force, to begin anew.",
        )


def _notes(root: Path) -> tuple[str, ...]:
    """Say where the workflow has no effect: a forge reads those of a repository's root only."""
    here = root.resolve()
    top = next((each for each in (here, *here.parents) if (each / ".git").exists()), None)
    if top is None or top == here:
        return ()
    return (
        f"The repository's root is {top}: move {WORKFLOW} there, and have its steps work in "
        f"{here.relative_to(top)} (defaults.run.working-directory).",
    )
