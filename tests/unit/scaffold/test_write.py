import os
from collections.abc import Callable
from pathlib import Path

import pytest

from pgassay.model.errors import UsageError
from pgassay.scaffold.templates import NewFile
from pgassay.scaffold.write import write_all

FILES = (
    NewFile(path="one.toml", text="1\n"),
    NewFile(path="deep/down/two.sql", text="2\n"),
    NewFile(path="three.yml", text="3 ö\n"),
)


def tree(root: Path) -> dict[str, str]:
    """Every file and link with its content, and every folder, hidden ones included."""
    return {
        str(path.relative_to(root)): path.read_text("utf-8") if path.is_file() else "a folder"
        for path in sorted(root.rglob("*"))
    }


WRITTEN = {
    "deep": "a folder",
    "deep/down": "a folder",
    "deep/down/two.sql": "2\n",
    "one.toml": "1\n",
    "three.yml": "3 ö\n",
}


def test_all_are_written_and_nothing_else(tmp_path: Path) -> None:
    root = tmp_path / "made" / "along"
    write_all(FILES, root, force=False)
    assert tree(root) == WRITTEN


def test_the_mode_is_that_of_any_new_file(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_all(FILES, tmp_path, force=False)
    finally:
        os.umask(before)
    assert (tmp_path / "one.toml").stat().st_mode & 0o777 == 0o640


def test_what_is_there_is_named_and_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "three.yml").write_text("mine", "utf-8")
    (tmp_path / "one.toml").symlink_to("nowhere")
    with pytest.raises(UsageError, match=r"one\.toml, three\.yml are there already"):
        write_all(FILES, tmp_path, force=False)
    assert tree(tmp_path) == {"one.toml": "a folder", "three.yml": "mine"}
    assert (tmp_path / "one.toml").is_symlink()


def test_force_writes_over_it(tmp_path: Path) -> None:
    (tmp_path / "three.yml").write_text("mine", "utf-8")
    (tmp_path / "one.toml").symlink_to("elsewhere.toml")
    (tmp_path / "elsewhere.toml").write_text("theirs", "utf-8")
    write_all(FILES, tmp_path, force=True)
    assert tree(tmp_path) == {**WRITTEN, "elsewhere.toml": "theirs"}


@pytest.mark.parametrize("force", [False, True])
def test_a_file_where_a_folder_belongs_undoes_everything(tmp_path: Path, force: bool) -> None:
    (tmp_path / "deep").write_text("a file", "utf-8")
    if force:
        (tmp_path / "one.toml").write_text("mine", "utf-8")
    before = tree(tmp_path)
    with pytest.raises(UsageError, match="deep is no directory"):
        write_all(FILES, tmp_path, force=force)
    assert tree(tmp_path) == before


def test_a_folder_where_a_file_belongs_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "three.yml").mkdir()
    with pytest.raises(UsageError, match=r"three\.yml is a directory"):
        write_all(FILES, tmp_path, force=True)
    assert tree(tmp_path) == {"three.yml": "a folder"}


@pytest.mark.parametrize("last", [1, 2])
def test_what_fails_in_the_middle_is_undone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, last: int
) -> None:
    """The disk is full at some file's turn: what was put in place before is taken back."""
    (tmp_path / "one.toml").write_text("mine", "utf-8")
    move: Callable[[Path, Path], Path] = Path.replace
    moved: list[str] = []

    def until(self: Path, target: Path) -> Path:
        if target.name == FILES[last].path.rpartition("/")[2]:
            raise OSError(28, "No space left on device", str(target))
        moved.append(target.name)
        return move(self, target)

    monkeypatch.setattr(Path, "replace", until)
    with pytest.raises(UsageError, match="No space left on device. Nothing was"):
        write_all(FILES, tmp_path, force=True)
    assert "one.toml" in moved
    assert tree(tmp_path) == {"one.toml": "mine"}


def test_who_comes_in_between_is_not_written_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody makes a file behind the look and before the writing."""
    make: Callable[..., None] = Path.mkdir

    def meanwhile(self: Path, *words: int) -> None:
        (tmp_path / "three.yml").write_text("theirs", "utf-8")
        make(self, *words)

    monkeypatch.setattr(Path, "mkdir", meanwhile)
    with pytest.raises(UsageError, match=r"three\.yml is there already"):
        write_all(FILES, tmp_path, force=False)
    assert tree(tmp_path) == {"three.yml": "theirs"}
