"""Decides whether a session may be lent to the next file after ``DISCARD ALL``, or has to go.

Some state survives every reset that PostgreSQL offers: a custom setting that was once given a value
reads as an empty string instead of NULL for as long as the session lives, ``setseed`` fixes what
``random`` gives next, a loaded library and a connection of dblink stay, and ``ALTER ROLE … SET`` reaches
new sessions only.

The server does not say which custom settings a session has, so they are looked for where they come from:
in the text of the script, and in the functions of the database that it may call.
"""

import re
from dataclasses import dataclass

from pgassay.pg.connection import Connection

_SET = r"\bset\s+(?:session\s+|local\s+)?"
_UNTRACEABLE = rf"""
        \bset_config\s*\(\s*(?!')               # a computed name
      | {_SET}:                                 # SET :name, of psql
      | '\s*{_SET}(?:'|%)                       # a statement that is put together, to be executed
      | \bsetseed\b
      | \bload\s+'
      | \bdblink_connect\w*\s*\(
"""
# Matched against text in lower case: a pattern that begins with plain letters is searched much faster.
_STAYS = tuple(
    re.compile(pattern)
    for pattern in (
        r"set_config\s*\((?!\s*'[^'.]*')",  # a custom setting, or a computed name
        r"set\s+(?:session\s+|local\s+)?\"?\w+\"?\s*\.",
        r"setseed\b",
        r"load\s+'",
        r"alter\s+(?:role|user|database|system)\b",
        r"pl(?:perl|python|tcl)",  # interpreters with a global state of their own
    )
)

_SETTERS = r"""
select coalesce(pg_catalog.pg_get_function_sqlbody(p.oid), p.prosrc), p.proconfig
from pg_catalog.pg_proc as p
where (
    p.prosrc ~* '\m(set|set_config|setseed|load|dblink_connect\w*)\M'
    or p.prosqlbody is not null
    or p.proconfig is not null
)
and p.pronamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
"""


def stays(text: str) -> bool:
    """Whether a script's text can leave something in its session that no reset removes."""
    lower = text.lower()
    return any(pattern.search(lower) for pattern in _STAYS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setters:
    """The custom settings that functions of the database set when a test calls them.

    ``unknown`` says that some function does what cannot be found out afterwards, so that nothing can be
    said of any session.
    """

    names: tuple[str, ...] = ()
    unknown: bool = False


def find_setters(connection: Connection) -> Setters:
    """Read the sources of the database's functions for what they set."""
    names: set[str] = set()
    unknown = False
    for body, clauses in connection.execute(_SETTERS):
        names.update(called or written for called, written in _NAMED.findall(str(body)))
        names.update(str(clause).partition("=")[0] for clause in clauses or ())
        unknown = unknown or _IN_A_FUNCTION.search(str(body)) is not None
    plain = {re.sub(r'[\s"]', "", name) for name in names}
    return Setters(names=tuple(sorted(name for name in plain if "." in name)), unknown=unknown)
