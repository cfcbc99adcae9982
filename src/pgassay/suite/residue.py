"""Decides whether a session may be lent to the next file after ``DISCARD ALL``, or has to go.

Some state survives every reset that PostgreSQL offers: a custom setting that was once given a value
reads as an empty string instead of NULL for as long as the session lives, ``setseed`` fixes what
``random`` gives next, a loaded library stays, and ``ALTER ROLE … SET`` reaches new sessions only.
"""

import re
from dataclasses import dataclass

from pgassay.pg.connection import Connection

_STAYS = re.compile(
    r"""\bset_config\s*\(\s*(?!'[^'.]*')        # a custom or a computed setting
      | \bset\s+(?:session\s+|local\s+)?"?\w+"?\s*\.   # SET custom.setting
      | \bsetseed\b
      | \bload\s+'
      | \balter\s+(?:role|user|database|system)\b
      | \bplperl|\bplpython|\bpltcl             # interpreters with a global state of their own
    """,
    re.IGNORECASE | re.VERBOSE,
)

_SETTERS = """
select p.prosrc
from pg_catalog.pg_proc as p
where p.prosrc ilike '%set_config%'
  and p.pronamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
"""
_LITERAL = re.compile(r"set_config\s*\(\s*'([^']*)'", re.IGNORECASE)
_CALL = re.compile(r"set_config\s*\(", re.IGNORECASE)


def stays(text: str) -> bool:
    """Whether a script's text can leave something in its session that no reset removes."""
    return _STAYS.search(text) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Setters:
    """The custom settings that functions of the database set when a test calls them.

    ``unknown`` says that some function computes the name, so that nothing can be said of any session.
    """

    names: tuple[str, ...] = ()
    unknown: bool = False


def find_setters(connection: Connection) -> Setters:
    """Read the sources of the database's functions for calls of ``set_config``."""
    sources = [str(row[0]) for row in connection.execute(_SETTERS)]
    names = {name for source in sources for name in _LITERAL.findall(source) if "." in name}
    literal = sum(len(_LITERAL.findall(source)) for source in sources)
    calls = sum(len(_CALL.findall(source)) for source in sources)
    return Setters(names=tuple(sorted(names)), unknown=calls > literal)
