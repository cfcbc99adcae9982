"""The mutation check of the CRM example, on an embedded server that comes and goes with it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from pgassay.config.load import load
from pgassay.config.settings import Settings
from pgassay.flows.around import Around
from pgassay.flows.demo.run import HOME, build_crm
from pgassay.flows.mutate.run import Listing, MutationWish, check_mutants, list_wanted
from pgassay.mutate.settings import JOURNAL
from pgassay.pg import embedded
from pgassay.pg.target import Target
from pgassay.report.mutation.record import MutationRecord


def check_demo(wish: MutationWish, flags: Mapping[str, object], around: Around) -> MutationRecord:
    """Try the mutants of the CRM example on an embedded server; nothing of it stays but the journal.

    Raises:
        NothingToRun, UsageError: the wish makes no sense.
        Unavailable: there is no embedded server, or pgTAP cannot be had.
    """
    with _crm(flags) as (target, settings):
        return check_mutants(replace(wish, target=target.conninfo), settings, around)


def list_demo(wish: MutationWish, flags: Mapping[str, object]) -> Listing:
    """List the mutants of the CRM example.

    Raises:
        NothingToRun, UsageError: the wish makes no sense.
        Unavailable: there is no embedded server.
    """
    with _crm(flags) as (target, settings):
        return list_wanted(replace(wish, target=target.conninfo), settings)


@contextmanager
def _crm(flags: Mapping[str, object]) -> Iterator[tuple[Target, Settings]]:
    """Build the example; the journal is the user's, not the example's."""
    here = {
        "mutate.journal": str(JOURNAL),
        **{key: value for key, value in flags.items() if value is not None},
    }
    settings = load(cwd=Path.cwd(), environ={}, config_file=HOME / "pgassay.toml", flags=here)
    with embedded.start() as server:
        yield build_crm(server.target, HOME, scale=1), settings
