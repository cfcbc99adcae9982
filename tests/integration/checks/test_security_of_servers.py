"""What a server fixes when it starts: where it listens, whom its pg_hba.conf lets in."""

from collections.abc import Iterator, Mapping

import pytest

from check_runs import ask_area, found
from fix_server import fresh_server
from loopback import own_loopback
from pgassay.model.check import Area, CheckResult, Level
from pgassay.pg.cluster import Server
from versions import VERSIONS

LOOPBACK, ELSEWHERE = own_loopback(), "192.0.2.1"
"""The second is an address of no machine: the server says so in its log, and listens on the first."""


@pytest.fixture(scope="module", params=VERSIONS)
def listening(request: pytest.FixtureRequest) -> Iterator[Server]:
    """A server that says it listens on another address than this machine's own."""
    settings = {"listen_addresses": f"{LOOPBACK},{ELSEWHERE}", "unix_socket_permissions": "0777"}
    with fresh_server(request.param, settings=settings) as server:
        yield server


def _asked(server: Server, rules: str) -> Mapping[str, CheckResult]:
    """Ask with other rules in pg_hba.conf, which the server shows without taking them on."""
    file = server.data / "pg_hba.conf"
    kept = file.read_text("utf-8")
    file.write_text(rules, "utf-8")
    try:
        return ask_area(server.target, Area.SECURITY)
    finally:
        file.write_text(kept, "utf-8")


def test_listening_without_encryption(listening: Server) -> None:
    assert found(ask_area(listening.target, Area.SECURITY), "unencrypted_connections") == {
        "ssl": Level.WARNING
    }


def test_sockets_alone_need_no_encryption(bare_server: Server) -> None:
    results = ask_area(bare_server.target, Area.SECURITY)

    assert found(results, "unencrypted_connections") == {}
    assert found(results, "trust_authentication") == {}


def test_trust(listening: Server) -> None:
    rules = "local all all trust\nhost all all 127.0.0.1/32 trust\nhost shop app 0.0.0.0/0 trust\n"

    assert found(_asked(listening, rules), "trust_authentication") == {
        "local all all": Level.WARNING,
        "host all all 127.0.0.1": Level.WARNING,
        "host shop app 0.0.0.0": Level.FAILED,
    }


def test_passwords_in_clear(listening: Server) -> None:
    rules = "host all all 10.0.0.0/8 password\nhostssl all all all password\nhost all all all scram-sha-256\n"

    assert found(_asked(listening, rules), "trust_authentication") == {"host all all 10.0.0.0": Level.WARNING}
