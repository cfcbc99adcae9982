"""Writes files into a project: all of them or none, and over nothing that is there unless told to.

Each is written whole into a folder beside them first, and then moved to its place, which was reserved by
creating it empty: two that write at once cannot overwrite each other. Whatever fails on the way is undone.
"""

import shutil
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from pgassay.model.errors import UsageError
from pgassay.scaffold.templates import NewFile

_FORCE = "--force writes over them; version control keeps what was there."


def write_all(files: Sequence[NewFile], root: Path, *, force: bool) -> None:
    """Write the files below a folder, which is made where it is missing.

    Raises:
        UsageError: some are there already and ``force`` is not given, or one cannot be written.
    """
    _check(files, root, force=force)
    try:
        with ExitStack() as undo:
            _make_folders(root, undo)
            staging = Path(tempfile.mkdtemp(prefix=".pgassay-init-", dir=root))
            undo.callback(shutil.rmtree, staging, ignore_errors=True)
            for number, file in enumerate(files):
                (staging / str(number)).write_text(file.text, encoding="utf-8", newline="\n")
            for number, file in enumerate(files):
                place = root / file.path
                _make_folders(place.parent, undo)
                _reserve(place, staging / f"{number}.old", undo, force=force)
                (staging / str(number)).replace(place)
            undo.pop_all()
        shutil.rmtree(staging, ignore_errors=True)
    except FileExistsError as error:
        raise _there([str(error.filename)]) from error
    except OSError as error:
        raise UsageError(f"{error.filename} cannot be written: {error.strerror}. Nothing was.") from error


def _check(files: Sequence[NewFile], root: Path, *, force: bool) -> None:
    there = [file.path for file in files if _exists(root / file.path)]
    if there and not force:
        raise _there(there)
    for path in there:
        if (root / path).is_dir() and not (root / path).is_symlink():
            raise UsageError(f"{path} is a directory, and a file is to be there. Nothing was written.")


def _there(paths: Sequence[str]) -> UsageError:
    verb = "is" if len(paths) == 1 else "are"
    return UsageError(f"{', '.join(paths)} {verb} there already. Nothing was written.", remedy=_FORCE)


def _exists(path: Path) -> bool:
    """Whether anything is there, a link that leads nowhere included."""
    return path.is_symlink() or path.exists()


def _make_folders(folder: Path, undo: ExitStack) -> None:
    if folder.is_dir():
        return
    if _exists(folder):
        raise UsageError(f"{folder} is no directory, and files are to be in it. Nothing was written.")
    _make_folders(folder.parent, undo)
    folder.mkdir()
    undo.callback(folder.rmdir)


def _reserve(place: Path, aside: Path, undo: ExitStack, *, force: bool) -> None:
    if force and _exists(place):
        place.replace(aside)
        undo.callback(aside.replace, place)
    else:
        place.open("x").close()
        undo.callback(place.unlink)
