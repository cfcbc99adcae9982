"""``pgassay incidents``: what went wrong in production, and who deals with it."""

from typing import Annotated

import typer

from pgassay.cli.invocation import Invocation, invocation
from pgassay.cli.output import on_colour, say
from pgassay.model.exits import Exit
from pgassay.model.incident import (
    Detection,
    Incident,
    IncidentSeverity,
    IncidentType,
    NewIncident,
)

incidents = typer.Typer(name="incidents", help="What went wrong in production.", no_args_is_help=True)

Id = Annotated[str, typer.Argument(help="An incident's id, or the start of one.", metavar="INCIDENT")]
By = Annotated[str | None, typer.Option("--by", help="Who does it; not given: the database role.")]
Note = Annotated[str, typer.Option("--note", help="What is to be remembered about it.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(incidents)


@incidents.command("list")
def list_(
    context: typer.Context,
    *,
    settled: Annotated[bool, typer.Option("--all", help="Those that are resolved or closed, too.")] = False,
) -> int:
    """List the incidents that are open or investigated, the worst first."""
    from pgassay.cli.process import settings_for
    from pgassay.flows.incidents import list_incidents
    from pgassay.report.incidents import incidents_document, incidents_table

    call = invocation(context)
    found = list_incidents(settings_for(call), target=call.target, settled=settled)
    say(incidents_document(found) if call.json else incidents_table(found, colour=on_colour()))
    return Exit.OK


@incidents.command("open")
def open_(
    context: typer.Context,
    title: Annotated[str, typer.Argument(help="What went wrong, in a few words.")],
    *,
    kind: Annotated[
        IncidentType, typer.Option("--type", help="What it is about.", case_sensitive=False)
    ] = IncidentType.TEST_FAILURE,
    severity: Annotated[
        IncidentSeverity, typer.Option(help="How bad it is.", case_sensitive=False)
    ] = IncidentSeverity.MEDIUM,
    description: Annotated[str, typer.Option(help="What is known about it.")] = "",
    table: Annotated[list[str] | None, typer.Option(help="A table that is affected; repeatable.")] = None,
) -> int:
    """Open an incident; a critical one is assigned to [incidents] on_call and investigated at once."""
    from pgassay.cli.process import around, settings_for
    from pgassay.flows.incidents import open_incident

    call = invocation(context)
    new = NewIncident(
        type=kind,
        severity=severity,
        title=title,
        description=description,
        detection=Detection.USER_REPORT,
        tables=tuple(table or ()),
    )
    with around(call) as process:
        return _show(call, open_incident(new, settings_for(call), process, target=call.target))


@incidents.command()
def show(context: typer.Context, incident: Id) -> int:
    """Show one incident, what it belongs to, and how it went."""
    from pgassay.cli.process import settings_for
    from pgassay.flows.incidents import show_incident

    call = invocation(context)
    return _show(call, show_incident(incident, settings_for(call), target=call.target))


@incidents.command()
def ack(context: typer.Context, incident: Id, *, by: By = None, note: Note = "") -> int:
    """Say that somebody investigates an incident."""
    return _change(context, incident, "ack", by=by, note=note)


@incidents.command()
def resolve(context: typer.Context, incident: Id, *, by: By = None, note: Note = "") -> int:
    """Say that an incident is over, and how it was resolved."""
    return _change(context, incident, "resolve", by=by, note=note)


@incidents.command()
def reopen(context: typer.Context, incident: Id, *, by: By = None, note: Note = "") -> int:
    """Say that a resolved incident is not over."""
    return _change(context, incident, "reopen", by=by, note=note)


@incidents.command()
def close(context: typer.Context, incident: Id, *, by: By = None, note: Note = "") -> int:
    """Close a resolved incident for good."""
    return _change(context, incident, "close", by=by, note=note)


def _change(context: typer.Context, incident: str, deed: str, *, by: str | None, note: str) -> int:
    from pgassay.cli.process import settings_for
    from pgassay.flows.incidents import Change, change_incident

    call = invocation(context)
    change = Change(deed=deed, actor=by, note=note)
    return _show(call, change_incident(incident, change, settings_for(call), target=call.target))


def _show(call: Invocation, incident: Incident) -> int:
    from pgassay.report.incidents import incident_text, incidents_document

    say(incidents_document([incident]) if call.json else incident_text(incident))
    return Exit.OK
