"""Look back at what a run on production left behind, and check again that nobody changed the proof."""

from pgassay.config.settings import Settings
from pgassay.flows.remembered import store_of
from pgassay.model.errors import UsageError
from pgassay.report.ledger import Ledger, read_ledger
from pgassay.store.evidence import stored_evidence
from pgassay.store.runs import find_run


def evidence_of_run(run: str, settings: Settings, *, target: str | None) -> Ledger:
    """Read and check the evidence of a run; ``run`` is an id, the start of one, ``last`` or ``last-N``.

    Raises:
        UsageError: there is no such run, or it was none that is safe on production.
        Unavailable: the store cannot be reached, or is not installed.
    """
    with store_of(settings, target) as connection:
        found = find_run(connection, run)
        stored = stored_evidence(connection, found)
    if not stored:
        raise UsageError(
            f"The run {found} has no evidence: it was not made with --production-safe, or sent nothing.",
            remedy="pgassay test --production-safe",
        )
    return read_ledger(str(found), stored)
