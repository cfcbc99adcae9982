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

# All are matched against text in lower case, and begin with plain letters: so they are searched fast.
_SET = r"set(?<!\wset)\s+(?:session\s+|local\s+)?"
_UNTRACEABLE = (
    r"set_config\s*\((?!\s*')",  # a computed name
    rf"{_SET}:",  # SET :name, of psql
    rf"'\s*{_SET}(?:'|%)",  # a statement that is put together, to be executed
    r"setseed\b",
    r"load\s+'",
    r"dblink_connect\w*\s*\(",
)
_CUSTOM = (
    r"set_config\s*\(\s*'[^'.]*\.",
    rf"{_SET}\"?\w+\"?\s*\.",
    r"alter\s+(?:role|user|database|system)\b",
    r"pl(?:perl|python|tcl)",  # interpreters with a global state of their own
)
_COMMENT = re.compile(r"--[^\n]*|/\*.*?\*/", re.DOTALL)
_IN_A_FUNCTION = tuple(re.compile(pattern) for pattern in _UNTRACEABLE)
_IN_A_SCRIPT = (*_IN_A_FUNCTION, *(re.compile(pattern) for pattern in _CUSTOM))
_NAMED = re.compile(rf"""set_config\s*\(\s*'([^']*)'|{_SET}("?\w+"?\s*\.\s*"?\w+"?)""")

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

_EXPRESSIONS = """
select exists (select from pg_catalog.pg_rewrite
               where ev_class >= 16384 and ev_action::text like '%:funcid 2078 %')
    or exists (select from pg_catalog.pg_attrdef where adbin::text like '%:funcid 2078 %')
    or exists (select from pg_catalog.pg_constraint where conbin::text like '%:funcid 2078 %')
    or exists (select from pg_catalog.pg_policy
               where polqual::text like '%:funcid 2078 %' or polwithcheck::text like '%:funcid 2078 %')
"""
"""Whether a view, a default, a constraint or a policy calls ``set_config``, whose number is 2078.

The server's own views have numbers below 16384; one of them, ``pg_settings``, does call it.
"""


def stays(text: str) -> bool:
    """Whether a script's text can leave something in its session that no reset removes."""
    lower = text.lower()
    bare = _COMMENT.sub(" ", lower) if "--" in lower or "/*" in lower else ""
    # Both are searched: what looks like a comment may be the inside of a string, and the other way round.
    return _any_in(_IN_A_SCRIPT, lower) or _any_in(_IN_A_SCRIPT, bare)


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
    (found,) = connection.execute(_EXPRESSIONS).fetchone() or (False,)
    unknown = bool(found)
    for body, clauses in connection.execute(_SETTERS):
        text = str(body).lower()
        names.update(called or written for called, written in _NAMED.findall(text))
        names.update(str(clause).partition("=")[0] for clause in clauses or ())
        unknown = unknown or _any_in(_IN_A_FUNCTION, text)
    plain = {re.sub(r'[\s"]', "", name) for name in names}
    return Setters(names=tuple(sorted(name for name in plain if "." in name)), unknown=unknown)


def _any_in(patterns: tuple[re.Pattern[str], ...], text: str) -> bool:
    return any(pattern.search(text) for pattern in patterns)
