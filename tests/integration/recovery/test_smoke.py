"""Behind a swap: a database that nobody gets into is no success."""

from fix_server import fresh_database
from pgassay.model.finding import Finding
from pgassay.pg.cluster import Server
from pgassay.recovery.rollback.databases.smoke import smoke
from pgassay.recovery.rollback.ground import ground


def test_a_database_that_nobody_gets_into_is_red(server: Server) -> None:
    with fresh_database(server) as target, ground(target, target.database) as held:
        found = smoke(target.changed({"port": "1"}), held)
        assert found.finding is Finding.BROKEN
        assert found.sentence.startswith(f"Nobody gets into {target.database}: Cannot connect to ")


def test_one_that_is_gone_is_red(server: Server) -> None:
    with fresh_database(server) as target, ground(target, target.database) as held:
        held.connection.close()
        assert smoke(target, held).finding is Finding.BROKEN
