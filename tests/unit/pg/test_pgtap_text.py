"""Where pgTAP's text comes from, and that nothing else is taken for it. The texts here are made up."""

import zipfile
from pathlib import Path

import pytest

from pgassay.model.errors import Unavailable
from pgassay.pg.pgtap import fetch, pins
from pgassay.pg.pgtap.source import Supply, sql_text

_SCRIPT = """-- made up
\\echo not for psql \\quit
CREATE FUNCTION os_name() RETURNS TEXT AS 'SELECT ''linux''::text;' LANGUAGE SQL;
CREATE FUNCTION pgtap_version()
RETURNS NUMERIC AS 'SELECT 9.8;'
LANGUAGE SQL;
SELECT @extschema@.pgtap_version(), TAPSCHEMA.pgtap_version();
"""


def _nowhere(tmp_path: Path, *, system: tuple[str, ...] = ()) -> Supply:
    return Supply(cache=tmp_path / "cache", fetch=False, system=system)


def test_a_configured_file_is_taken_and_made_plain(tmp_path: Path) -> None:
    path = tmp_path / "my-pgtap.sql"
    path.write_text(_SCRIPT)
    found = sql_text(path)
    assert found.version == "9.8"
    assert "\\echo" not in found.text
    assert "SELECT pgtap_version(), pgtap_version();" in found.text


def test_of_a_directory_the_newest_release_is_taken_and_no_upgrade(tmp_path: Path) -> None:
    for version in ("9.8.2", "9.8.10", "9.8.10--9.9.0"):
        (tmp_path / f"pgtap--{version}.sql").write_text(_SCRIPT)
    assert sql_text(tmp_path).version == "9.8.10"


@pytest.mark.parametrize("name", ["pgtap--1.2.0.sql", "pgtap--1.3.5.sql"])
def test_a_configured_file_must_be_the_release_that_its_name_says(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(_SCRIPT)
    with pytest.raises(Unavailable, match="SHA-256"):
        sql_text(tmp_path / name)


def test_something_else_is_not_loaded(tmp_path: Path) -> None:
    (tmp_path / "schema.sql").write_text("create table x ()")
    with pytest.raises(Unavailable, match="not pgTAP's installation script"):
        sql_text(tmp_path / "schema.sql")


@pytest.mark.parametrize("content", [b"\xff\xfe", b""])
def test_a_file_that_is_no_text_is_a_sentence(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "odd.sql").write_bytes(_SCRIPT.encode() + content if content else content)
    with pytest.raises(Unavailable):
        sql_text(tmp_path / "odd.sql")


@pytest.mark.parametrize("name", ["missing.sql", ""])
def test_a_place_without_it_is_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(Unavailable, match=str(tmp_path)):
        sql_text(tmp_path / name)


def test_the_system_may_have_a_release_that_is_not_known_here(tmp_path: Path) -> None:
    directory = tmp_path / "16" / "extension"
    directory.mkdir(parents=True)
    (directory / "pgtap--9.8.0.sql").write_text(_SCRIPT)
    assert sql_text(supply=_nowhere(tmp_path, system=(f"{tmp_path}/*/extension",))).version == "9.8.0"


def test_a_changed_release_in_the_system_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "pgtap--1.3.5.sql").write_text(_SCRIPT)
    (tmp_path / "pgtap--1.0.9.sql").write_text(_SCRIPT)
    assert sql_text(supply=_nowhere(tmp_path, system=(str(tmp_path),))).version == "1.0.9"


@pytest.mark.parametrize("version", ["1.3.5", "9.8.0"])
def test_what_lies_in_the_cache_must_be_a_known_release(tmp_path: Path, version: str) -> None:
    shelf = tmp_path / "cache" / "pgtap"
    shelf.mkdir(parents=True)
    (shelf / f"pgtap--{version}.sql").write_text(_SCRIPT)
    with pytest.raises(Unavailable, match="cannot be had"):
        sql_text(supply=_nowhere(tmp_path))


def test_a_release_is_the_same_for_every_operating_system() -> None:
    linux = b"FUNCTION os_name()\nRETURNS TEXT AS 'SELECT ''linux''::text;'"
    assert pins.digest(linux) == pins.digest(linux.replace(b"linux", b"darwin"))
    assert pins.digest(linux) != pins.digest(linux.replace(b"linux", b"a'' || evil() || ''"))


@pytest.fixture
def pgxn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only way is PGXN, and PGXN is a file."""
    path = tmp_path / "pgtap.zip"
    monkeypatch.setattr(fetch, "_PGXN_URL", path.as_uri())
    monkeypatch.setattr(fetch, "_WAYS", {"PGXN": fetch._by_pgxn})
    return path


def _zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        name = f"pgtap-{fetch._PGXN_VERSION}/sql/pgtap.sql.in"
        archive.writestr(name, "os __OS__ version __VERSION__ module MODULE_PATHNAME")


def test_what_was_fetched_and_is_not_pgtap_is_not_kept(pgxn: Path, tmp_path: Path) -> None:
    _zip(pgxn)
    with pytest.raises(Unavailable, match="what it gave is not pgTAP"):
        sql_text(supply=Supply(cache=tmp_path / "cache", system=()))
    assert not list((tmp_path / "cache").rglob("*.sql"))


def test_a_source_release_is_built_as_its_makefile_does(pgxn: Path) -> None:
    _zip(pgxn)
    assert fetch._by_pgxn() == ("1.3.4", b"os linux version 1.3 module $libdir/pgtap")


@pytest.mark.parametrize("content", [b"", b"<html>not found</html>"])
def test_a_way_that_leads_nowhere_is_a_sentence(pgxn: Path, content: bytes) -> None:
    pgxn.write_bytes(content)
    with pytest.raises(Unavailable, match="PGXN: ") as caught:
        fetch.fetch()
    assert "pgtap_source" in caught.value.remedy
