"""Look at alerts, and deal with them."""

from pgassay.config.settings import Settings
from pgassay.flows.remembered import store_of
from pgassay.model.alert import Alert
from pgassay.store import alerts


def list_alerts(settings: Settings, *, target: str | None, settled: bool) -> tuple[Alert, ...]:
    """Give the alerts that are not resolved, or all of them."""
    with store_of(settings, target) as connection:
        return alerts.alerts(connection, resolved=settled)


def acknowledge_alert(text: str, settings: Settings, *, target: str | None, actor: str | None) -> Alert:
    """Say that somebody looks at an alert.

    Raises:
        UsageError: there is no such alert, or it is resolved.
    """
    with store_of(settings, target) as connection:
        return alerts.acknowledge_alert(connection, text, actor=actor)


def resolve_alert(
    text: str, settings: Settings, *, target: str | None, actor: str | None, note: str
) -> Alert:
    """Settle an alert, and say so in the incident that it belongs to.

    Raises:
        UsageError: there is no such alert, or it is resolved.
    """
    from pgassay.flows.regression import note_recovery  # with it comes all that judges

    with store_of(settings, target) as connection:
        settled = alerts.resolve_alert(connection, text, actor=actor, note=note)
        note_recovery(connection, settled, settings)
        return settled
