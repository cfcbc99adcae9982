"""Why a server could not be reached, read from what libpq, the server or a pooler said.

The protocol gives a client no error code for a connection that failed, so the words are all there is; those
of servers in other languages are told as they are. The first pattern that fits holds: what is said more
precisely comes first.
"""

import re
from dataclasses import dataclass
from enum import StrEnum


class Cause(StrEnum):
    """What kept us out."""

    DNS = "no such host"
    REFUSED = "connection refused"
    TIMEOUT = "no answer in time"
    NETWORK = "no way through the network"
    TLS = "TLS"
    ACCESS = "no access by pg_hba.conf"
    AUTHENTICATION = "authentication"
    NO_ROLE = "no such role"
    NO_DATABASE = "no such database"
    FORBIDDEN = "no CONNECT on the database"
    FULL = "too many connections"
    STARTING = "not accepting connections"
    POOLER = "the pooler"
    LOST = "the connection broke off"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreachable:
    """A cause, and what to do about it, as a command where possible."""

    cause: Cause
    remedy: str


_CAUSES: tuple[tuple[str, Cause, str], ...] = (
    (
        "could not translate host name|name or service not known|nodename nor servname"
        "|no address associated|temporary failure in name resolution|failed to resolve host",
        Cause.DNS,
        "Check the host's name: getent hosts NAME.",
    ),
    (
        "certificate|SSL error|does not support SSL|SSL connection|sslmode|tlsv1|wrong version number"
        "|GSSAPI|root\\.crt",
        Cause.TLS,
        "Check sslmode and sslrootcert on this side, and ssl = on and the certificate on the server's.",
    ),
    (
        "tenant or user not found|tenant/user|no such user \\(?SASL|unsupported startup parameter"
        "|pooler error|server login has been failing|bouncer config error|client_login_timeout",
        Cause.POOLER,
        "The pooler refuses, not the server: check role (with the tenant, as role.project) and port.",
    ),
    (
        "no pg_hba.conf entry|pg_hba\\.conf rejects",
        Cause.ACCESS,
        "Let this machine in: a line in pg_hba.conf, or the provider's list of allowed addresses.",
    ),
    (
        "password authentication failed|no password supplied|authentication failed|SCRAM|SASL"
        "|fe_sendauth|auth failed",
        Cause.AUTHENTICATION,
        "Check role and password: PGPASSWORD, ~/.pgpass, or the URL of the target.",
    ),
    ('role ".*" does not exist|not permitted to log in', Cause.NO_ROLE, "create role NAME login;"),
    (
        'database ".*" does not exist|no such database|not currently accepting connections',
        Cause.NO_DATABASE,
        "Check the name of the database: psql --list.",
    ),
    (
        "permission denied for database",
        Cause.FORBIDDEN,
        "grant connect on database NAME to ROLE;",
    ),
    (
        "too many clients|too many connections|remaining connection slots|no more connections allowed"
        "|max client connections|max clients reached|connection limit exceeded",
        Cause.FULL,
        "Close idle sessions, or raise the limit: select * from pg_stat_activity;",
    ),
    (
        "starting up|shutting down|in recovery mode|not yet accepting|hot standby mode is disabled",
        Cause.STARTING,
        "Wait until it accepts connections: pg_isready.",
    ),
    ("timeout expired|timed out|connection timeout", Cause.TIMEOUT, "Check host, port and the firewall."),
    (
        "connection refused|no such file or directory|is the server running",
        Cause.REFUSED,
        "See whether the server runs, and listens on that host and port: pg_isready.",
    ),
    (
        "network is unreachable|no route to host|cannot assign",
        Cause.NETWORK,
        "Check the network and the route.",
    ),
    (
        "closed the connection|connection reset|broken pipe|eof detected|broke off",
        Cause.LOST,
        "Look into the server's log for this moment.",
    ),
)


def why_unreachable(message: str) -> Unreachable:
    """Read a message about a connection that failed."""
    for pattern, cause, remedy in _CAUSES:
        if re.search(pattern, message, re.IGNORECASE):
            return Unreachable(cause=cause, remedy=remedy)
    return Unreachable(cause=Cause.OTHER, remedy="psql with the same settings gives the same answer.")
