"""``pgassay alerts``: measurements that somebody should look at."""

from typing import TYPE_CHECKING, Annotated

import typer

from pgassay.cli.invocation import Invocation, invocation
from pgassay.cli.output import on_colour, say
from pgassay.model.exits import Exit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pgassay.model.alert import Alert

alerts = typer.Typer(name="alerts", help="Measurements that somebody should look at.", no_args_is_help=True)

Id = Annotated[str, typer.Argument(help="An alert's id, or the start of one.", metavar="ALERT")]
By = Annotated[str | None, typer.Option("--by", help="Who does it; not given: the database role.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(alerts)


@alerts.command("list")
def list_(
    context: typer.Context,
    *,
    settled: Annotated[bool, typer.Option("--all", help="Those that are resolved, too.")] = False,
) -> int:
    """List the alerts that are not resolved, the worst first."""
    from pgassay.cli.process import settings_for
    from pgassay.flows.alerts import list_alerts

    call = invocation(context)
    return _show(call, list_alerts(settings_for(call), target=call.target, settled=settled))


@alerts.command()
def ack(context: typer.Context, alert: Id, *, by: By = None) -> int:
    """Say that somebody looks at an alert."""
    from pgassay.cli.process import settings_for
    from pgassay.flows.alerts import acknowledge_alert

    call = invocation(context)
    return _show(call, [acknowledge_alert(alert, settings_for(call), target=call.target, actor=by)])


@alerts.command()
def resolve(
    context: typer.Context,
    alert: Id,
    *,
    by: By = None,
    note: Annotated[str, typer.Option("--note", help="How it was resolved.")] = "",
) -> int:
    """Say that an alert is settled."""
    from pgassay.cli.process import settings_for
    from pgassay.flows.alerts import resolve_alert

    call = invocation(context)
    return _show(call, [resolve_alert(alert, settings_for(call), target=call.target, actor=by, note=note)])


def _show(call: Invocation, found: "Sequence[Alert]") -> int:
    from pgassay.report.alerts import alerts_document, alerts_table

    say(alerts_document(found) if call.json else alerts_table(found, colour=on_colour()))
    return Exit.OK
