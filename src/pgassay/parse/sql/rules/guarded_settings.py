"""Settings that keep a test within its limits, or that say how its text is read."""

import re
from collections.abc import Iterator

from pgassay.parse.sql import holes
from pgassay.parse.sql.case import Case
from pgassay.parse.sql.finding import Finding
from pgassay.parse.sql.fold import fold
from pgassay.parse.sql.grammar import Node, kind, unwrap
from pgassay.parse.sql.nodes import enum_name
from pgassay.parse.sql.rule import Rule

_NAME = "guarded_settings"
_LIMIT = "is a limit that keeps the application from waiting"
_READING = "says how the text of statements is read"
_SERVER = "reaches into the server"
GUARDED = {
    "lock_timeout": _LIMIT,
    "statement_timeout": _LIMIT,
    "idle_in_transaction_session_timeout": _LIMIT,
    "idle_session_timeout": _LIMIT,
    "transaction_timeout": _LIMIT,
    "deadlock_timeout": _LIMIT,
    "tcp_user_timeout": _LIMIT,
    "client_connection_check_interval": _LIMIT,
    "temp_file_limit": _LIMIT,
    "track_activities": "shows the watchdog what the test does",
    "application_name": "tells the watchdog which session is the test's",
    "session_replication_role": "turns triggers and foreign keys off",
    "standard_conforming_strings": _READING,
    "backslash_quote": _READING,
    "plpgsql.variable_conflict": _READING,
    "plpgsql_check.mode": _READING,
    "dynamic_library_path": _SERVER,
    "local_preload_libraries": _SERVER,
    "session_preload_libraries": _SERVER,
    "allow_system_table_mods": _SERVER,
    "ignore_system_indexes": _SERVER,
    "zero_damaged_pages": _SERVER,
    "ignore_checksum_failure": _SERVER,
}
_PLAIN_ENCODING = re.compile(
    r"utf-?8|unicode|sql_ascii|latin-?\d+|iso[-_]?8859[-_]?\d+|win\d+|koi8-?[ru]?", re.IGNORECASE
)
_RESTRICTED = ("role",)
_NEVER = ("session_authorization",)
_INSTEAD = "Leave it out. What needs other limits is for [suite] to say, not for a test."


def is_plain_encoding(name: str) -> bool:
    """Tell whether an encoding has no letter that could hide the quote or the backslash behind it."""
    return _PLAIN_ENCODING.fullmatch(name) is not None


def _judge(node: Node, case: Case) -> Iterator[Finding]:
    if kind(node) == "FuncCall":
        yield from _set_config(node, case)
        return
    if enum_name(node, "kind") == "VAR_RESET_ALL":
        yield case.refused(_NAME, "RESET ALL lifts every limit that was set for the test.", _INSTEAD)
        return
    given = [fold(each, case.scope) for each in node.args]
    values = given[0] if len(given) == 1 else None
    yield from _setting(node.name.lower(), values, case)


def _set_config(node: Node, case: Case) -> Iterator[Finding]:
    arguments = [unwrap(each) for each in node.args]
    by_name = {each.name: each.arg for each in arguments if kind(each) == "NamedArgExpr"}
    first = by_name.get("setting_name", arguments[0] if arguments else None)
    second = by_name.get("new_value", arguments[1] if len(arguments) > 1 else None)
    names = None if first is None else fold(first, case.scope)
    values = None if second is None else fold(second, case.scope)
    if names is None:
        yield case.refused(_NAME, "set_config() sets something that cannot be told.", "Name the setting.")
        return
    for name in names:
        yield from _setting(name.strip().lower(), values, case)


def _setting(name: str, values: holes.Texts | None, case: Case) -> Iterator[Finding]:
    if holes.has_holes(name):
        yield case.refused(_NAME, "It sets something that cannot be told.", "Name the setting.")
    elif name in GUARDED:
        yield case.refused(_NAME, f"{name} {GUARDED[name]}.", _INSTEAD, object=name)
    elif name in ("client_encoding", "names"):
        if values is None or not all(map(is_plain_encoding, values)):
            yield case.refused(_NAME, f"{name} {_READING}.", "Save the file as UTF-8.", object=name)
    elif name in _NEVER:
        yield case.refused(
            _NAME,
            f"{name} makes the session that of another user, out of the role that it was restricted to.",
            "Use SET LOCAL ROLE.",
            object=name,
        )
    elif name in _RESTRICTED:
        yield from _role(values, case)


def _role(values: holes.Texts | None, case: Case) -> Iterator[Finding]:
    """Refuse to leave the restricted role, where there is one."""
    role = case.known.restricted_role
    if not role or (values is not None and set(values) <= {role, *case.known.lesser_roles}):
        return
    yield case.refused(
        _NAME,
        f"The session is restricted to the role {role}; this would leave it.",
        f"Use SET LOCAL ROLE {role}, or a role that {role} is a member of.",
        object="role",
    )


RULE = Rule(
    name=_NAME,
    title="lifts its limits, or leaves the role it was restricted to",
    judge=_judge,
    kinds=("VariableSetStmt",),
    functions=("set_config",),
)
