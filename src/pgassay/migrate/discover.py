"""Finds migrations: all of a directory in their order, or the one that a person means."""

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from pgassay.migrate.format import Format
from pgassay.migrate.recognize import format_of
from pgassay.model.errors import NothingToRun, UsageError
from pgassay.model.migration import Migration, ScriptFile


def directory_of(paths: Iterable[str]) -> Path | None:
    """Give the first of these directories that is there."""
    return next((Path(each) for each in paths if Path(each).is_dir()), None)


def discover(directory: Path, form: Format) -> tuple[Migration, ...]:
    """Give all migrations of a directory, in the order in which they are applied.

    Raises:
        UsageError: two have one version, or a file cannot be read.
    """
    named = [(path, name) for path in directory.iterdir() if (name := form.read(path.name)) is not None]
    # A link that leads nowhere is a migration that is missing, and not one fewer.
    found = [_migration(path, name, form) for path, name in named if path.is_file() or _is_astray(path)]
    ordered = sorted(found, key=lambda each: (int(each.version), each.version, each.name))
    for one, other in zip(ordered, ordered[1:], strict=False):
        if one.version == other.version:
            raise UsageError(
                f"Two migrations have the version {one.version}: {one.up.path} and {other.up.path}.",
                remedy="Give one of them a later version.",
            )
    return tuple(ordered)


def find(text: str, rollback: str | None, *, paths: Iterable[str], wanted: str) -> tuple[Migration, Format]:
    """Give the migration that a person means: by its path, or by version, label or id.

    Raises:
        UsageError: there is none, its name does not fit, or a file cannot be read.
    """
    if Path(text).is_file():
        path = Path(text)
        form = format_of(path.parent, wanted=wanted)
        name = form.read(path.name)
        if name is None:
            raise UsageError(
                f"{path.name} is no name of a migration in the format {form.name}.",
                remedy=f"Name it {form.expected}.",
            )
        return _migration(path, name, form, rollback), form
    directory = directory_of(paths)
    if directory is None:
        raise UsageError(f"There is no file {text}, and none of the directories of [migrate] paths.")
    form = format_of(directory, wanted=wanted)
    meant = [each for each in discover(directory, form) if text in (each.version, each.label, each.id)]
    if not meant:
        raise UsageError(
            f"There is no migration {text}: no such file, and none of that version in {directory}.",
            remedy="pgassay migrate status",
        )
    (migration,) = meant
    return _migration(Path(migration.up.path), (migration.version, migration.name), form, rollback), form


def need_directory(paths: Iterable[str], *, wanted: str) -> tuple[Path, Format]:
    """Give the directory that holds the migrations, and its format.

    Raises:
        NothingToRun: none of the directories is there.
    """
    listed = tuple(paths)
    directory = directory_of(listed)
    if directory is None:
        raise NothingToRun(
            f"There are no migrations: none of {', '.join(listed)} is a directory.",
            remedy='[migrate] paths = ["…"] in pgassay.toml says where they are.',
        )
    return directory, format_of(directory, wanted=wanted)


def _migration(path: Path, name: tuple[str, str], form: Format, rollback: str | None = None) -> Migration:
    back = (
        Path(rollback) if rollback else next((each for each in form.rollbacks(path) if each.is_file()), None)
    )
    return Migration(
        version=name[0],
        name=name[1],
        up=read_file(path),
        down=read_file(back) if back is not None else None,
    )


def _is_astray(path: Path) -> bool:
    return path.is_symlink() and not path.exists()


def read_file(path: Path) -> ScriptFile:
    """Read a script.

    Raises:
        UsageError: it is not there, cannot be read, or is not in UTF-8.
    """
    try:
        content = path.read_bytes()
        return ScriptFile(
            path=str(path), sha256=sha256(content).hexdigest(), text=content.decode("utf-8-sig")
        )
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is not in UTF-8.") from error
