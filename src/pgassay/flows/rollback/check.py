"""Say whether a rollback is asked for, by whom, and by what evidence. Nothing is done about it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from pgassay.config.settings import Settings
from pgassay.flows.remembered import name_in_store, store_of
from pgassay.judge.release import Limits, judge_release
from pgassay.model.errors import PgassayError
from pgassay.model.release import ManualFacts, Release, ReleaseFacts
from pgassay.pg.clock import now
from pgassay.pg.guard import Deed, check
from pgassay.store.alerts import alerts
from pgassay.store.rollbacks import executions_since

_LONGEST_REASON = 4_000
_MOST_ALERTS = 1_000


def check_release(settings: Settings, *, target: str | None) -> Release:
    """Judge every trigger. A store that cannot be read makes two of them not verified.

    Raises:
        UsageError: there is no such target.
    """
    about = settings.target(target)
    check(about, Deed.REMEMBER)
    chosen = settings.rollback
    limits = Limits(
        failure_rate=chosen.failure_rate,
        window_s=chosen.window_s,
        least_runs=chosen.least_runs,
        alert_window_s=chosen.alert_window_s,
    )
    facts = _facts(settings, read_trigger(chosen.trigger_file), target=target)
    return judge_release(facts, limits, target=about.shown, now=now())


def read_trigger(path: Path | None) -> ManualFacts:
    """Look for the trigger file, and read the reason in it."""
    if path is None:
        return ManualFacts()
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            reason = file.read(_LONGEST_REASON)
            written_at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except FileNotFoundError:
        return ManualFacts(path=str(path))
    except OSError as error:
        return ManualFacts(path=str(path), problem=f"{path}: {error.strerror}.")
    return ManualFacts(path=str(path), reason=reason.strip(), written_at=written_at)


def _facts(settings: Settings, manual: ManualFacts, *, target: str | None) -> ReleaseFacts:
    since = now() - timedelta(seconds=settings.rollback.window_s)
    try:
        with store_of(settings, target) as connection:
            shown = name_in_store(settings, target)
            return ReleaseFacts(
                manual=manual,
                executions=executions_since(connection, since, target=shown),
                alerts=alerts(connection, most=_MOST_ALERTS),
            )
    except PgassayError as error:
        return ReleaseFacts(manual=manual, problem=error.sentence)
