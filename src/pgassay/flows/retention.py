"""Lets what is old go by itself, once a day at most, behind the work; what fails is a warning."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

from pgassay.config.settings import Settings
from pgassay.model.errors import PgassayError
from pgassay.pg.clock import monotonic, now
from pgassay.pg.connection import Connection
from pgassay.store.prune import claim_pruning, prune

Connect = Callable[[], AbstractContextManager[Connection]]
_PATIENCE_S = 20.0


def prune_daily(connect: Connect, settings: Settings, warn: Callable[[str, str], None]) -> None:
    """Let go what is older than ``[store] keep``, if that is set and was not done today.

    It ends after some seconds: what is left then goes on another day.
    """
    keep_s = settings.store.keep_s
    if keep_s is None:
        return
    try:
        with connect() as connection:
            if claim_pruning(connection):
                before, latest = now() - timedelta(seconds=keep_s), monotonic() + _PATIENCE_S
                at_least = settings.ready.tests_at_least
                prune(connection, before, at_least=at_least, ended=lambda: monotonic() > latest)
    except (PgassayError, Connection.Error) as error:
        sentence = error.sentence if isinstance(error, PgassayError) else str(error)
        warn(f"What is old stays in the store: {sentence}", "pgassay store prune")
