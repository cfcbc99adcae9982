"""Who tries: the identities of the settings, or those that the database's roles suggest."""

import json
from collections.abc import Iterator, Sequence

from pgassay.checks.access.session import Session, array
from pgassay.model.errors import NothingToRun, Unavailable, UsageError
from pgassay.model.identity import Identity

_API = ("anon", "authenticated", "service_role")
_MANAGED = (
    "authenticator",
    "dashboard_user",
    "pgbouncer",
    "postgres",
    "supabase_admin",
    "supabase_auth_admin",
    "supabase_etl_admin",
    "supabase_functions_admin",
    "supabase_read_only_user",
    "supabase_replication_admin",
    "supabase_storage_admin",
)
_NOBODY = ("00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002")
_MOST = 12


def find_identities(session: Session, given: Sequence[Identity]) -> tuple[Identity, ...]:
    """Check the identities that are given, or find some.

    Where the role ``authenticated`` exists it is tried as two: the first and the last of ``auth.users``.

    Raises:
        UsageError: a role does not exist.
        Unavailable: we may not become a role.
        NothingToRun: there are no roles whose access is a question.
    """
    found = tuple(given) or tuple(_suggested(session))[:_MOST]
    if not found:
        raise NothingToRun(
            "There is no role whose access could be tried.",
            remedy='Name one in pgassay.toml: [[access.identities]] with role = "…"',
        )
    known = {
        row[0]: row[1] == "1"
        for row in session.ask("known_roles", roles=array([each.role for each in found]))
    }
    for each in found:
        if each.role not in known:
            raise UsageError(f"There is no role {each.role}, which the identity {each.name} has.")
        if not known[each.role]:
            raise Unavailable(
                f"Nothing can be tried as {each.name}: pgassay's own role is no member of {each.role}.",
                remedy=f"grant {each.role} to the role that pgassay connects as",
            )
    return found


def _suggested(session: Session) -> Iterator[Identity]:
    users = _users(session)
    for role, api, personal in session.ask("roles", api=array(_API), managed=array(_MANAGED)):
        name = role or ""
        if personal == "1":
            for label, user in zip(("owner", "other"), users, strict=True):
                yield _claiming(f"{name}-{label}", name, {"sub": user})
        else:
            yield _claiming(name, name, {}) if api == "1" else Identity(name=name, role=name)


def _claiming(name: str, role: str, claims: dict[str, str]) -> Identity:
    return Identity(name=name, role=role, claims=json.dumps({"role": role, **claims}))


def _users(session: Session) -> tuple[str, ...]:
    try:
        if session.ask("has_users")[0][0] != "1":
            return _NOBODY
        found = tuple(row[0] or "" for row in session.ask("users"))
    except Unavailable:
        return _NOBODY
    return (*found, *_NOBODY)[:2]
