"""Keeps states of a target's catalogs, by their digest, and gives them back."""

from pgassay.model.fingerprint import Entry, Fingerprint, fingerprint_of
from pgassay.pg.connection import Connection
from pgassay.store.schema import opened
from pgassay.store.session import Transaction
from pgassay.store.values import Cleaner, from_json, to_json


def note_catalogs(begun: Transaction, state: Fingerprint | None, clean: Cleaner) -> None:
    """Keep a state, if there is one and it is not known."""
    if state is not None:
        entries = [(each.kind, each.name, each.text) for each in state.entries]
        begun.run("note_catalogs", sha256=state.digest, entries=to_json(entries, clean))


def stored_catalogs(connection: Connection, digest: str) -> Fingerprint | None:
    """Give a state; ``None`` where it is not known, or could not be kept to the letter."""
    with opened(connection) as begun:
        for (entries,) in begun.run("stored_catalogs", sha256=digest):
            found = fingerprint_of(
                Entry(kind=kind, name=name, text=text)
                for kind, name, text in from_json(entries, list[tuple[str, str, str]])
            )
            return found if found.digest == digest else None
    return None
