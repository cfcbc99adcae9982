"""The access matrix of the CRM example, on an embedded server that comes and goes with it."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from pgassay.config.load import load
from pgassay.flows.access import AccessWish, try_access
from pgassay.flows.around import Around
from pgassay.flows.demo.run import HOME, build_crm
from pgassay.pg import embedded
from pgassay.report.access.record import AccessRecord


def try_demo_access(wish: AccessWish, flags: Mapping[str, object], around: Around) -> AccessRecord:
    """Try everything on the CRM example, in place, since nothing of the server stays.

    Raises:
        UsageError: the wish makes no sense.
        Unavailable: there is no embedded server.
    """
    given = {"store.enabled": False, **flags}
    settings = load(cwd=Path.cwd(), environ={}, config_file=HOME / "pgassay.toml", flags=given)
    with embedded.start() as server:
        target = build_crm(server.target, HOME, scale=1)
        return try_access(replace(wish, target=target.conninfo, in_place=True), settings, around)
