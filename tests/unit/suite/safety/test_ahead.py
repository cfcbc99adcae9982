"""Files are read before their turn; what is known of them then holds only for the text that was read."""

from pathlib import Path

import pytest

from pgassay.model.suite import TestFile
from pgassay.parse.sql.policy import Policy
from pgassay.parse.sql.surroundings import Relation
from pgassay.suite.safety.ahead import ReadAhead
from pgassay.suite.safety.catalog import Catalog
from pgassay.suite.safety.settings import SafetySettings
from pgassay.suite.script import Script, read_script

CATALOG = Catalog(
    routines={},
    relations={"t": (Relation(schema="public", name="t"),)},
    schemas=frozenset({"public"}),
    types=frozenset(),
    extensions=frozenset(),
    lesser_roles=frozenset(),
    path=("public",),
    settings=SafetySettings(),
    overrides=Policy(),
)
GOOD, BAD = "select 1;\n", "truncate t;\n"


class _Folder:
    """Files whose reading is counted."""

    def __init__(self, folder: Path, count: int) -> None:
        self.files = [TestFile(path=str(folder / f"{at}.sql")) for at in range(count)]
        self.read: list[str] = []
        for each in self.files:
            Path(each.path).write_text(GOOD)

    def script(self, file: TestFile) -> Script:
        self.read.append(file.path)
        return read_script(file.path)


def test_each_file_is_read_once_and_not_all_at_once(tmp_path: Path) -> None:
    folder = _Folder(tmp_path, 30)
    with ReadAhead(folder.script, {}) as ahead:
        ahead.begin(folder.files, CATALOG)
        for each in folder.files:
            assert ahead.outlook(each, read_script(each.path), {}).problems == ()
            assert len(folder.read) - folder.files.index(each) <= 10
    assert sorted(folder.read) == sorted(each.path for each in folder.files)


@pytest.mark.parametrize(("text", "refused"), [(GOOD, False), (BAD, True)])
def test_a_file_that_changed_meanwhile_is_read_again(tmp_path: Path, text: str, refused: bool) -> None:
    folder = _Folder(tmp_path, 1)
    (file,) = folder.files
    with ReadAhead(folder.script, {}) as ahead:
        ahead.begin(folder.files, CATALOG)
        found = ahead.outlook(file, Script(file.path, text), {})
    assert (found.text, bool(found.problems)) == (text, refused)


def test_a_file_is_read_with_the_variables_that_it_gets(tmp_path: Path) -> None:
    folder = _Folder(tmp_path, 1)
    (file,) = folder.files
    Path(file.path).write_text(":word t;\n")
    with ReadAhead(folder.script, {"word": "table"}) as ahead:
        ahead.begin(folder.files, CATALOG)
        assert ahead.outlook(file, read_script(file.path), {"word": "truncate"}).problems


def test_a_file_that_cannot_be_read_ahead_is_read_in_its_turn(tmp_path: Path) -> None:
    folder = _Folder(tmp_path, 2)
    missing = TestFile(path=str(tmp_path / "missing.sql"))
    with ReadAhead(folder.script, {}) as ahead:
        ahead.begin([missing, *folder.files], CATALOG)
        assert ahead.outlook(missing, Script(missing.path, BAD), {}).problems
        assert ahead.outlook(missing, Script(missing.path, GOOD), {}).problems == ()
        assert ahead.outlook(folder.files[1], read_script(folder.files[1].path), {}).problems == ()


def test_what_an_unfinished_run_has_not_read_is_left(tmp_path: Path) -> None:
    folder = _Folder(tmp_path, 30)
    with ReadAhead(folder.script, {}) as ahead:
        ahead.begin(folder.files, CATALOG)
    assert len(folder.read) <= 8
