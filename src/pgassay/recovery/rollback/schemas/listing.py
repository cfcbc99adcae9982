"""The table of contents of an archive, and what of it is played into some schemas.

``pg_restore --list`` prints a line for each thing: number, kind, schema, name and owner, with blanks between
them and nothing quoted. Which part is which is known from the kinds there are, and from the schemas that are
looked for, whose names have no blanks.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from pgassay.recovery.rollback.schemas.names import schema_of

_ENTRY = re.compile(r"\d+; \d+ \d+ (?P<rest>.+)$")
_FUTURE = re.compile(
    r"DEFAULT ACL (?P<schema>\S+) DEFAULT PRIVILEGES FOR (?:TABLES|SEQUENCES|FUNCTIONS|TYPES) (?P<role>.+)"
)
_KINDS = (
    *("AGGREGATE", "CHECK CONSTRAINT", "COLLATION", "COMMENT", "CONSTRAINT", "CONVERSION", "DEFAULT"),
    *("DOMAIN", "FK CONSTRAINT", "FOREIGN TABLE", "FUNCTION", "INDEX", "INDEX ATTACH", "MATERIALIZED VIEW"),
    *("OPERATOR", "OPERATOR CLASS", "OPERATOR FAMILY", "POLICY", "PROCEDURE"),
    *("ROW SECURITY", "RULE", "SECURITY LABEL", "SEQUENCE", "SEQUENCE OWNED BY", "SEQUENCE SET"),
    *(
        "SHELL TYPE",
        "STATISTICS",
        "STATISTICS DATA",
        "TABLE",
        "TABLE ATTACH",
        "TABLE DATA",
        "TRIGGER",
        "TYPE",
    ),
    *("TEXT SEARCH CONFIGURATION", "TEXT SEARCH DICTIONARY", "TEXT SEARCH PARSER", "TEXT SEARCH TEMPLATE"),
    *("TYPE", "VIEW"),
)
_CAST = re.compile(r"CAST - CAST \((?P<source>.+) AS (?P<target>.+)\)")
_PATTERNS = (
    ("grants", re.compile(r"ACL - SCHEMA (?P<schema>\S+) ")),
    ("published", re.compile(r"PUBLICATION TABLES? (?:IN SCHEMA )?(?P<schema>\S+) ")),
    ("promised", _FUTURE),
    ("rights", re.compile(r"ACL (?P<schema>\S+) ")),
    ("derived", re.compile(r"MATERIALIZED VIEW DATA (?P<schema>\S+) ")),
    (
        "objects",
        re.compile(rf"(?:{'|'.join(sorted(_KINDS, key=len, reverse=True))}) (?P<schema>\S+) "),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Playlist:
    """Lines of the list, in the order in which they are played.

    ``grants`` on the schemas themselves, the ``objects`` in them, ``rights`` on these, materialized views to
    be computed (``derived``), default privileges (``promised``); and what is ``published``. ``unkept`` are
    the roles whose default privileges are left out.
    """

    grants: tuple[str, ...]
    objects: tuple[str, ...]
    rights: tuple[str, ...]
    derived: tuple[str, ...]
    promised: tuple[str, ...]
    published: tuple[str, ...]
    unkept: tuple[str, ...]


def playlist(
    listed: str, schemas: Collection[str], *, roles: Collection[str], without: Collection[str] = ()
) -> Playlist:
    """Choose what is played into these schemas, ``without`` lines that begin so.

    ``roles`` are those whose default privileges can be set.
    """
    left_out = tuple(without)
    found: dict[str, list[str]] = {
        each: [] for each in ("grants", "objects", "rights", "derived", "promised", "published")
    }
    unkept = set()
    for line, rest in _entries(listed):
        future = _FUTURE.fullmatch(rest)
        if future is not None and future["schema"] in schemas and future["role"] not in roles:
            unkept.add(future["role"])
        elif not rest.startswith(left_out) and (kind := _kind(rest, schemas)):
            found[kind].append(line)
    chosen = {name: tuple(lines) for name, lines in found.items()}
    return Playlist(**chosen, unkept=tuple(sorted(unkept)))


def lines_of(listed: str, beginning: str) -> Iterator[str]:
    """Give the lines that begin so, behind their numbers."""
    return (line for line, rest in _entries(listed) if rest.startswith(beginning))


def _entries(listed: str) -> Iterator[tuple[str, str]]:
    for line in listed.splitlines():
        entry = _ENTRY.match(line)
        if entry is not None:
            yield line, entry["rest"]


def _kind(rest: str, schemas: Collection[str]) -> str:
    if (cast := _CAST.match(rest)) is not None:
        return "objects" if {schema_of(cast["source"]), schema_of(cast["target"])} & set(schemas) else ""
    for kind, pattern in _PATTERNS:
        if (found := pattern.match(rest)) is not None:
            return kind if found["schema"] in schemas else ""
    return ""
