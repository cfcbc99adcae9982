"""Which files are migrations, in which order, and where their rollbacks are."""

from pathlib import Path

import pytest

from fix_migrate import put
from pgassay.migrate.discover import discover, find, need_directory
from pgassay.migrate.recognize import format_of
from pgassay.model.errors import NothingToRun, UsageError
from pgassay.model.migration import Migration


def found_in(directory: Path, wanted: str = "auto") -> tuple[Migration, ...]:
    return discover(directory, format_of(directory, wanted=wanted))


@pytest.mark.parametrize(
    ("up", "down"),
    [
        ("001_note.sql", "001_note.rollback.sql"),
        ("001_note.sql", "001_note.down.sql"),
        ("001_note.up.sql", "001_note.down.sql"),
        ("001_note.sql", "rollback/001_note.sql"),
        ("0001-note.sql", "0001-note.undo.sql"),
    ],
)
def test_plain_files_come_in_pairs(tmp_path: Path, up: str, down: str) -> None:
    write = put(tmp_path)
    write(up, "select 1;")
    write(down, "select 2;")
    write("README.md", "no migration")

    (only,) = found_in(tmp_path)

    assert only.down is not None
    assert (only.name, only.up.text, only.down.text) == ("note", "select 1;", "select 2;")


def test_plain_versions_are_numbers(tmp_path: Path) -> None:
    write = put(tmp_path)
    for name in ("10_c.sql", "9_b.sql", "0001_a.sql"):
        write(name, "select 1;")

    assert [each.name for each in found_in(tmp_path)] == ["a", "b", "c"]


def test_supabase_takes_every_file_that_its_own_tool_takes(tmp_path: Path) -> None:
    write = put(tmp_path / "supabase")
    write("migrations/20260101000000_note.sql", "select 1;")
    write("migrations/20260102000000_note.down.sql", "select 2;")
    write("migrations/note.sql", "select 3;")
    write("rollbacks/20260101000000_note.sql", "select 4;")
    directory = tmp_path / "supabase" / "migrations"

    first, second = found_in(directory)

    assert format_of(directory, wanted="auto").name == "supabase"
    assert (first.version, first.name, first.down and first.down.text) == (
        "20260101000000",
        "note",
        "select 4;",
    )
    assert (second.name, second.down) == ("note.down", None)


def test_the_id_names_the_content(tmp_path: Path) -> None:
    path = put(tmp_path)("001_add note-and “more”.sql", "select 1;")
    before = found_in(tmp_path)[0].id
    path.write_text("select 2;")
    after = found_in(tmp_path)[0].id

    assert before.startswith("001_add_note_and_more")
    assert before != after
    assert len(before) <= 63 and before.isascii()


def test_two_of_one_version_are_refused(tmp_path: Path) -> None:
    write = put(tmp_path)
    write("001_a.sql", "select 1;")
    write("001_b.sql", "select 1;")

    with pytest.raises(UsageError, match="001"):
        found_in(tmp_path)


@pytest.mark.parametrize("text", ["001", "001_note"])
def test_one_is_found_by_its_version_or_label(tmp_path: Path, text: str) -> None:
    put(tmp_path)("001_note.sql", "select 1;")
    assert find(text, None, paths=[str(tmp_path)], wanted="auto")[0].version == "001"


def test_a_rollback_file_may_be_given(tmp_path: Path) -> None:
    write = put(tmp_path)
    up, other = write("001_note.sql", "select 1;"), write("back.sql", "select 9;")

    found, _ = find(str(up), str(other), paths=[], wanted="auto")

    assert found.down is not None and found.down.text == "select 9;"


@pytest.mark.parametrize("text", ["002", "nowhere.sql"])
def test_what_is_not_there_is_said(tmp_path: Path, text: str) -> None:
    put(tmp_path)("001_note.sql", "select 1;")
    with pytest.raises(UsageError, match="There is no migration"):
        find(text, None, paths=[str(tmp_path)], wanted="auto")


def test_a_name_that_does_not_fit_is_said_with_one_that_would(tmp_path: Path) -> None:
    path = put(tmp_path)("note.sql", "select 1;")
    with pytest.raises(UsageError) as caught:
        find(str(path), None, paths=[], wanted="plain")
    assert "001_add_phone.sql" in caught.value.remedy


def test_bytes_that_are_no_text_are_said(tmp_path: Path) -> None:
    (tmp_path / "001_note.sql").write_bytes(b"select '\xff';")
    with pytest.raises(UsageError, match="UTF-8"):
        found_in(tmp_path)


def test_a_link_that_leads_nowhere_is_said(tmp_path: Path) -> None:
    put(tmp_path)("001_note.sql", "select 1;")
    (tmp_path / "002_lost.sql").symlink_to(tmp_path / "elsewhere.sql")
    (tmp_path / "003_folder.sql").mkdir()
    with pytest.raises(UsageError, match=r"002_lost\.sql cannot be read: No such file"):
        found_in(tmp_path)


def test_without_a_directory_there_is_nothing(tmp_path: Path) -> None:
    with pytest.raises(NothingToRun):
        need_directory([str(tmp_path / "none")], wanted="auto")
