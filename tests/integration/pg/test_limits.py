"""What the limits of a session set, whatever the database sets for its sessions."""

from pgassay.pg.connection import connect
from pgassay.pg.patience import Patience, limit
from pgassay.pg.target import Target


def test_names_are_printed_alike_behind_them(database: Target) -> None:
    with connect(database) as connection:
        connection.execute("set quote_all_identifiers to on")
        limit(connection, Patience(lock_timeout_s=0.5, statement_timeout_s=5.0))
        found = connection.execute(
            "select format('%I.%I', 'plain', 'odd one'), current_setting('lock_timeout')"
        ).fetchall()
    assert found == [('plain."odd one"', "500ms")]
