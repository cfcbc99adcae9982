"""Look back: the executions of the last hours by category, and a stored run through any report."""

from pgassay.config.settings import Settings
from pgassay.flows.around import Around
from pgassay.flows.remembered import store_of
from pgassay.model.history import CategoryPerformance, CategorySummary
from pgassay.pg.clock import now
from pgassay.report.choice import parse_format, with_screen
from pgassay.report.open import open_reporters
from pgassay.report.record import Collector, RunRecord
from pgassay.store.metrics import performance_summary
from pgassay.store.replay import replay
from pgassay.store.runs import find_run, summary


def summarise_period(
    settings: Settings, *, target: str | None, hours: float
) -> tuple[tuple[CategorySummary, ...], tuple[CategoryPerformance, ...]]:
    """Give the executions that began in the last hours, and what was measured in them, by category.

    Raises:
        Unavailable: the store cannot be reached, or is not installed.
    """
    with store_of(settings, target) as connection:
        moment = now()
        return (
            summary(connection, hours=hours, now=moment),
            performance_summary(connection, hours=hours, now=moment),
        )


def replay_run(
    run: str, settings: Settings, around: Around, *, target: str | None, silent: bool = False
) -> RunRecord:
    """Feed a stored run through the reports; ``run`` is an id, the start of one, ``last`` or ``last-N``.

    Raises:
        UsageError: there is no such run.
        Unavailable: the store cannot be reached, or is not installed.
    """
    choices = () if silent else with_screen(parse_format(text) for text in settings.report.formats)
    collector = Collector()
    with (
        store_of(settings, target) as connection,
        open_reporters(
            choices, stdout=around.stdout, stderr=around.stderr, options=around.report
        ) as reporters,
    ):
        for event in replay(connection, find_run(connection, run)):
            collector.see(event)
            reporters.see(event)
    return collector.record()
