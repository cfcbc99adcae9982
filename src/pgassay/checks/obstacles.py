"""Why a check could not be asked, and what would let it: each a finding that says *not verified*.

Three things are told apart. The database does not let us look (a right, an extension, a setting, time): not
verified. The check is about something that this database does not have: information. The check itself is at
fault: not verified, and the result is marked as broken.
"""

from collections.abc import Mapping
from typing import assert_never

from pgassay.checks.surroundings import Lack, Surroundings
from pgassay.model.check import CheckInfo, Finding, Level, NeedKind
from pgassay.model.message import ServerMessage

INSUFFICIENT_PRIVILEGE, CANCELED, LOCK_NOT_AVAILABLE = "42501", "57014", "55P03"
_ABSENT = ("42P01", "42883", "3F000", "42704", "42703", "55000", "0A000", "58P01")
"""Table, function, schema, object, column; not loaded; not supported; a library's file."""


def wrong_version(check: CheckInfo, around: Surroundings) -> Finding:
    """Say that a check is for other servers."""
    limit = f"{check.since} or later" if around.major < check.since else f"{check.until} or earlier"
    return not_verified(
        check, f"It needs PostgreSQL {limit}; this is {around.major}.", "Look by hand on this version."
    )


def lacking(check: CheckInfo, lack: Lack, *, role: str) -> Finding:
    """Say what a check lacks."""
    name = lack.need.name
    match lack.need.kind:
        case NeedKind.SCHEMA:
            return _does_not_apply(check, f"there is no schema {name}")
        case NeedKind.EXTENSION:
            return _without_extension(check, name, available=lack.available)
        case NeedKind.PRIVILEGE:
            grant = f"grant {name} to {_quoted(role)};"
            return not_verified(check, f"The role {role} is no member of {name}.", grant)
        case NeedKind.SETTING:
            return not_verified(check, f"The setting {name} is off.", f"alter system set {name} = …;")
        case NeedKind.SUPERUSER:
            return not_verified(check, f"The role {role} is no superuser.", "Ask whoever runs the server.")
        case _:
            assert_never(lack.need.kind)


def refused(check: CheckInfo, error: ServerMessage, *, role: str) -> Finding | None:
    """Say why the server refused a check's query; ``None`` where the query itself is at fault."""
    if error.sqlstate == INSUFFICIENT_PRIVILEGE:
        return not_verified(
            check,
            f"The role {role} may not look: {error.message}.",
            _grant(check, role, error),
            {"sqlstate": error.sqlstate},
        )
    if error.sqlstate in (CANCELED, LOCK_NOT_AVAILABLE):
        return not_verified(
            check,
            f"The server did not answer in time: {error.message}.",
            "[checks] timeout in pgassay.toml allows more.",
            {"sqlstate": error.sqlstate},
        )
    if error.sqlstate in _ABSENT and check.needs:
        needs = ", ".join(str(each) for each in check.needs)
        return not_verified(
            check,
            f"What it reads is not there: {error.message}.",
            error.hint or f"It needs: {needs}.",
            {"sqlstate": error.sqlstate},
        )
    return None


def lost(check: CheckInfo, why: str) -> Finding:
    """Say that the connection did not last until the answer."""
    return not_verified(check, f"The connection was lost: {why.rstrip('.')}.", "Run it again.")


def broken(check: CheckInfo, what: str) -> Finding:
    """Say that a check itself is at fault."""
    return not_verified(check, what, f"Correct {check.path}; pgassay checks show {check.name}")


def not_verified(
    check: CheckInfo, detail: str, remediation: str = "", metadata: Mapping[str, str] | None = None
) -> Finding:
    """Give a finding that says that nothing could be found."""
    return Finding(
        check=check.name,
        object="check",
        level=Level.NOT_VERIFIED,
        detail=detail,
        remediation=remediation,
        metadata=tuple((metadata or {}).items()),
    )


def _does_not_apply(check: CheckInfo, why: str) -> Finding:
    return Finding(check=check.name, object="check", level=Level.INFO, detail=f"It does not apply: {why}.")


def _without_extension(check: CheckInfo, name: str, *, available: bool) -> Finding:
    create = f"create extension {name};"
    if available:
        return not_verified(check, f"It needs the extension {name}, which is not created.", create)
    why = f"It needs the extension {name}, which this server does not offer."
    return not_verified(check, why, f"Install {name} on the server, then: {create}")


def _grant(check: CheckInfo, role: str, error: ServerMessage) -> str:
    privileges = [each.name for each in check.needs if each.kind is NeedKind.PRIVILEGE]
    wanted = privileges[0] if privileges else "pg_monitor"
    return error.hint or f"grant {wanted} to {_quoted(role)};"


def _quoted(role: str) -> str:
    return role if role.isidentifier() and role.islower() else '"' + role.replace('"', '""') + '"'
