"""A backup of a database whose text is not in UTF-8, and a drill of it."""

from pathlib import Path

from fix_recovery import complaints, vault_on
from pgassay.model.exits import Exit
from pgassay.pg.target import Target


def test_it_is_recovered_as_it_was(other_encoding: Target, tmp_path: Path) -> None:
    with vault_on(other_encoding, tmp_path / "backups") as vault:
        vault.command("create table \"tür\" (id int primary key, name text default 'süß')")
        vault.command('insert into "tür" values (1), (2)')
        vault.command("create table plain (id int primary key, name text)")

        made, record = vault.backup(), vault.drill()

    assert made.exit is Exit.OK, complaints(made)
    assert complaints(record) == []
    assert record.exit is Exit.OK
