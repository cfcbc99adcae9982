"""Notes in the store how large a target is."""

from contextlib import suppress

from pgassay.flows.remembered import database_of
from pgassay.model.errors import PgassayError
from pgassay.pg.clock import now
from pgassay.pg.connection import Connection, connect
from pgassay.pg.sizes import read_sizes
from pgassay.pg.target import Target
from pgassay.store.sizes import note_sizes


def note_size(target: Target, store: Connection) -> None:
    """Note how large a target is; that it could not be asked is said by whoever judges its growth."""
    with suppress(PgassayError, Connection.Error), connect(target, application="pgassay sizes") as connection:
        note_sizes(store, database_of(connection), read_sizes(connection), at=now())
