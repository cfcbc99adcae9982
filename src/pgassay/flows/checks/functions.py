"""Keeps the functions in the store, and the configuration that they read, as the catalogue and settings say.

They answer about the database that they are in; so they are where the store is the target's own.
"""

import json
from uuid import uuid4

from pgassay.checks.compiled.compile import compile_functions
from pgassay.checks.compiled.configuration import PREFIX, configuration
from pgassay.checks.plan import make_plan
from pgassay.config.settings import Settings
from pgassay.flows.checks.catalogue import every_check
from pgassay.pg.connection import Connection
from pgassay.pg.query import major_version
from pgassay.pg.target import Target
from pgassay.store.functions import configure, install_functions

_INCIDENTS = "incidents."


def answers_for(settings: Settings, target: Target) -> bool:
    """Whether the store that goes with a target is in the target itself.

    Raises:
        UsageError: where the store is makes no sense.
    """
    place = settings.store_target(target)
    return place is not None and place.is_same_database(target)


def keep_functions(connection: Connection, settings: Settings) -> None:
    """Install the functions that are missing or older, and bring what they are configured with up to date.

    Raises:
        UsageError: a check's file, or the settings of checks, make no sense.
        Unavailable: the role lacks a right, or a function of such a name is somebody else's.
    """
    every = every_check(settings)
    plan = make_plan(every, settings.checks, every=every, run=uuid4())
    install_functions(connection, compile_functions(every, major=major_version(connection)))
    configure(connection, configuration(settings.checks, plan), prefix=PREFIX)
    on_call = {f"{_INCIDENTS}on_call": json.dumps(settings.incidents.on_call)}
    configure(connection, on_call, prefix=_INCIDENTS)
