import sys
from importlib.metadata import EntryPoint, EntryPoints
from pathlib import Path

import pytest

from pgassay.checks import load
from pgassay.checks.choose import choose
from pgassay.checks.load import all_checks, builtin
from pgassay.model.check import Area
from pgassay.model.errors import NothingToRun, UsageError

TEXT = """\
-- title: T
-- level: failed
-- help: H
--

select 'x' as object, '' as detail;

-- breaks: a
-- holds: b
"""


def put(path: Path, text: str = TEXT) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_the_catalogue_is_found_and_each_check_has_its_area() -> None:
    own = builtin()

    assert len({each.info.name for each in own}) > 50
    assert {each.info.areas[0] for each in own} >= {Area.PREFLIGHT, Area.HEALTH, Area.MIGRATION}
    assert all(each.info.help and each.info.title and each.info.reason for each in own)


def test_a_projects_checks_are_found_in_folders_and_as_files(tmp_path: Path) -> None:
    put(tmp_path / "checks/health/own_health.sql")
    put(tmp_path / "checks/own.sql")
    single = put(tmp_path / "more/single.sql")

    found = {each.info.name: each.info.areas for each in all_checks([tmp_path / "checks", single])}

    assert found["own_health"] == (Area.HEALTH,)
    assert found["own"] == found["single"] == (Area.PROJECT,)
    assert list(found)[-2:] == ["own", "single"]


def test_a_project_may_not_take_the_name_of_a_check(tmp_path: Path) -> None:
    put(tmp_path / "wal_level.sql")

    with pytest.raises(UsageError, match="There is another check of that name"):
        all_checks([tmp_path])


@pytest.mark.parametrize(
    ("text", "what"), [("select 1;", "has no 'title'"), (TEXT[:-10], "no example '-- holds")]
)
def test_a_file_that_is_no_check_is_refused_and_told_how_to_leave_it_out(
    tmp_path: Path, text: str, what: str
) -> None:
    path = put(tmp_path / "odd.sql", text)

    with pytest.raises(UsageError) as caught:
        all_checks([tmp_path])

    assert what in caught.value.sentence
    assert f"{path.as_posix()}:" in caught.value.sentence
    assert "set paths in [checks]" in caught.value.remedy


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "odd.sql").write_bytes(b"-- title: \xff\n")

    with pytest.raises(UsageError, match="cannot be read"):
        all_checks([tmp_path])


def test_a_path_without_checks_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="There are no checks at"):
        all_checks([tmp_path / "none"])


@pytest.fixture
def plugin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package ``acme_checks`` that an entry point names."""
    put(tmp_path / "acme_checks/__init__.py", '"""Checks of a company."""\n')
    monkeypatch.syspath_prepend(tmp_path)
    point = EntryPoint(name="acme", value="acme_checks", group=load.PLUGINS)
    monkeypatch.setattr(
        load, "entry_points", lambda group: EntryPoints([point] if group == load.PLUGINS else [])
    )
    monkeypatch.delitem(sys.modules, "acme_checks", raising=False)
    return tmp_path / "acme_checks"


def test_a_plugin_brings_checks(plugin: Path) -> None:
    put(plugin / "security/acme_rule.sql")

    (found,) = choose(all_checks(), names=["acme_rule"])

    assert found.info.areas == (Area.SECURITY,)
    assert found.info.path == "acme_checks/acme_rule.sql"


def test_a_plugin_that_is_gone_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    point = EntryPoint(name="acme", value="no_such_package", group=load.PLUGINS)
    monkeypatch.setattr(load, "entry_points", lambda group: EntryPoints([point]))

    with pytest.raises(UsageError, match="plug-in acme of checks cannot be loaded"):
        all_checks()


def test_choosing(tmp_path: Path) -> None:
    put(tmp_path / "one.sql", TEXT.replace("-- help", "-- area: security\n-- help"))
    every = [each for each in all_checks([tmp_path]) if each.info.name in ("one", "wal_level")]

    assert [each.info.name for each in choose(every)] == ["wal_level", "one"]
    assert [each.info.name for each in choose(every, names=["one"])] == ["one"]
    assert [each.info.name for each in choose(every, areas=[Area.PREFLIGHT])] == ["wal_level"]
    with pytest.raises(UsageError) as caught:
        choose(every, names=["wal_levle"])
    assert caught.value.remedy == "Did you mean 'wal_level'?"
    with pytest.raises(NothingToRun):
        choose(every, areas=[Area.HEALTH])
