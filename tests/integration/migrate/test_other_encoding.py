"""Migrations of a database whose text is not in UTF-8."""

from pathlib import Path

from fix_migrate import site_on
from pgassay.model.exits import Exit
from pgassay.pg.target import Target


def test_names_beyond_ascii_are_as_rehearsed(other_encoding: Target, tmp_path: Path) -> None:
    with site_on(other_encoding, tmp_path, production=True) as site:
        site.pair("001_door", "create table \"tür\" (name text default 'ä');", 'drop table "tür";')
        assert site.rehearse().exit is Exit.OK

        record = site.apply()

        assert record.exit is Exit.OK, [(each.sentence, each.detail) for each, _ in record.steps]
        assert site.rollback().exit is Exit.OK
