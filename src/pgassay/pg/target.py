"""What a user points pgassay at: a database, by URL, by conninfo, or by the ``PG*`` variables.

Redaction happens here, at the source: everything that is shown or stored uses :attr:`Target.shown`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from os import environ

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.pq import Conninfo

from pgassay.model.errors import UsageError

_LOCAL = frozenset({"", "localhost", "::1"})
_SECRETS = frozenset(
    {"password", "sslpassword", "sslkey", "oauth_client_secret", "scram_client_key", "scram_server_key"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A database to test.

    ``conninfo`` is a libpq keyword/value string and may hold a password, so it is not part of the
    ``repr``; ``shown`` is the same without secrets. An empty conninfo means the ``PG*`` variables.
    """

    name: str
    conninfo: str = field(repr=False)
    production: bool = False

    @property
    def shown(self) -> str:
        """The conninfo as a person may see it."""
        known = {k: v for k, v in conninfo_to_dict(self.conninfo).items() if k not in _SECRETS and v != ""}
        return make_conninfo("", **known) or _from_environment()

    @property
    def for_programs(self) -> tuple[str, dict[str, str]]:
        """The conninfo to pass as an argument, and the environment that carries what must not be there."""
        words = {k: str(v) for k, v in conninfo_to_dict(self.conninfo).items() if v is not None}
        password = words.pop("password", None)
        return make_conninfo("", **words), {"PGPASSWORD": password} if password else {}

    @property
    def is_local(self) -> bool:
        """Whether the server is on this machine: a socket, a loopback address, or no host at all.

        Where a service file names the host, that is not seen, and taken for another machine.
        """
        known = _known(self.conninfo)
        named = known.get("hostaddr") or known.get("host") or ""
        if not named and known.get("service"):
            return False
        return all(each in _LOCAL or each.startswith(("/", "@", "127.")) for each in named.lower().split(","))

    @property
    def options(self) -> str:
        """The options for the server that the conninfo or PGOPTIONS has."""
        return _known(self.conninfo).get("options") or ""

    @property
    def database(self) -> str:
        """The database's name: that of the conninfo, else of the ``PG*`` variables, else the role's."""
        return _address(self.conninfo)[-1]

    def with_database(self, name: str) -> "Target":
        """Give the same server and role, another database."""
        return self.changed({"dbname": name})

    def changed(self, words: Mapping[str, str]) -> "Target":
        """Give a target with some conninfo words replaced."""
        conninfo = make_conninfo(self.conninfo, **words)
        return Target(name=self.name, conninfo=conninfo, production=self.production)

    def is_same_database(self, other: "Target") -> bool:
        """Whether both lead to one database, whoever logs in: host, port and name are equal.

        What is not written comes from the ``PG*`` variables and libpq's defaults. Two names of one
        host, or a service file, are not seen through.
        """
        return _address(self.conninfo) == _address(other.conninfo)


def parse_target(text: str, *, name: str = "", production: bool = False) -> Target:
    """Read a URL or a conninfo string.

    Raises:
        UsageError: the text is neither; the message never repeats it, since it may hold a password.
    """
    try:
        conninfo = make_conninfo(text)
    except ProgrammingError as error:
        raise UsageError(
            f"The target{f' {name!r}' if name else ''} is not a valid PostgreSQL URL or conninfo string.",
            remedy="Write postgresql://user@host:5432/database or 'host=… dbname=… user=…'.",
        ) from error
    return Target(name=name or "target", conninfo=conninfo, production=production)


def _known(conninfo: str) -> dict[str, str]:
    """Give the words that hold: those of the conninfo, else the ``PG*`` variables' and libpq's own."""
    known = {each.keyword.decode(): (each.val or b"").decode() for each in Conninfo.get_defaults()}
    return known | {key: str(value) for key, value in conninfo_to_dict(conninfo).items()}


def _address(conninfo: str) -> tuple[str, ...]:
    known = _known(conninfo)
    host = known.get("host") or known.get("hostaddr") or ""
    return host, known.get("port") or "5432", known.get("dbname") or known.get("user") or ""


def _from_environment() -> str:
    keys = {
        "PGHOST": "host",
        "PGPORT": "port",
        "PGDATABASE": "dbname",
        "PGUSER": "user",
        "PGSERVICE": "service",
    }
    return " ".join(f"{name}={environ[key]}" for key, name in keys.items() if key in environ)
