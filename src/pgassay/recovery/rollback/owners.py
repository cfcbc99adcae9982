"""Whether a role can give everything in a backup back to whom it belongs; asked before anything is done."""

import re
from collections.abc import Iterator

from pgassay.model.backup import Manifest
from pgassay.model.errors import Refused
from pgassay.pg.connection import Connection, sql
from pgassay.recovery.rollback.ask import ask

_OWNER = re.compile(r"(?m)^owner: (.+)$")
_MOST = 5


def demand_owners(manifest: Manifest, connection: Connection) -> None:
    """Refuse a backup with objects of roles that this one is no member of.

    Raises:
        Refused: there are some.
    """
    others = [name for (name,) in ask(connection, "others", owners=sorted(set(_owners(manifest))))]
    if not others:
        return
    me = sql.Identifier(connection.info.user).as_string()
    more = f" and {len(others) - _MOST} more" if len(others) > _MOST else ""
    raise Refused(
        f"The role {me} cannot give objects of the backup back to whom they belong: "
        f"{', '.join(others[:_MOST])}{more}.",
        remedy="Roll back as a superuser, or a member of these roles; a host has means of its own.",
    )


def _owners(manifest: Manifest) -> Iterator[str]:
    """Give the owners that a restore sets: extensions, and the schema that is always there, keep theirs."""
    for each in manifest.inventory:
        if each.kind != "extension" and (each.kind, each.name) != ("schema", "public"):
            yield from (name for name in _OWNER.findall(each.text) if not name.startswith("pg_"))
