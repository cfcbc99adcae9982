import pytest

from pgassay.parse.unreachable import Cause, why_unreachable


@pytest.mark.parametrize(
    ("message", "cause"),
    [
        ('could not translate host name "db" to address: Name or service not known', Cause.DNS),
        ("failed to resolve host 'db': [Errno -2] Name or service not known", Cause.DNS),
        ('connection to server at "::1", port 1 failed: Connection refused', Cause.REFUSED),
        (
            'connection to server on socket "/tmp/.s.PGSQL.5432" failed: No such file or directory; '
            "Is the server running locally and accepting connections on that socket?",
            Cause.REFUSED,
        ),
        ("connection to server failed: Connection timed out", Cause.TIMEOUT),
        ("connection timeout expired", Cause.TIMEOUT),
        ("connection to server at 10.0.0.1 failed: Network is unreachable", Cause.NETWORK),
        ("server does not support SSL, but SSL was required", Cause.TLS),
        ("SSL error: certificate verify failed", Cause.TLS),
        ('root certificate file "/srv/tls/root.crt" does not exist', Cause.TLS),
        ('FATAL: no pg_hba.conf entry for host "10.0.0.9", user "app", no encryption', Cause.ACCESS),
        ('FATAL: password authentication failed for user "app"', Cause.AUTHENTICATION),
        ("fe_sendauth: no password supplied", Cause.AUTHENTICATION),
        ('FATAL: Peer authentication failed for user "postgres"', Cause.AUTHENTICATION),
        ('FATAL: role "nobody" does not exist', Cause.NO_ROLE),
        ('FATAL: role "group" is not permitted to log in', Cause.NO_ROLE),
        ('FATAL: database "shop" does not exist', Cause.NO_DATABASE),
        ('FATAL: permission denied for database "shop"', Cause.FORBIDDEN),
        ("FATAL: sorry, too many clients already", Cause.FULL),
        ("FATAL: remaining connection slots are reserved for roles with the SUPERUSER attribute", Cause.FULL),
        ('FATAL: too many connections for role "app"', Cause.FULL),
        ("FATAL: no more connections allowed (max_client_conn)", Cause.FULL),
        ("FATAL: Max client connections reached", Cause.FULL),
        ("FATAL: the database system is starting up", Cause.STARTING),
        ("FATAL: Tenant or user not found", Cause.POOLER),
        ("FATAL: unsupported startup parameter: options", Cause.POOLER),
        ("server closed the connection unexpectedly", Cause.LOST),
        ("FATAL: Datenbank »shop« existiert nicht", Cause.OTHER),
    ],
)
def test_the_cause_is_read_from_the_words(message: str, cause: Cause) -> None:
    found = why_unreachable(f"Cannot connect to host=db: {message}")

    assert found.cause is cause
    assert found.remedy
