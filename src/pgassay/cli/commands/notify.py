"""``pgassay notify``: telling people outside, and what could not be told yet."""

from typing import TYPE_CHECKING, Annotated

import typer

from pgassay.cli.invocation import Invocation, invocation
from pgassay.cli.output import say
from pgassay.model.errors import UsageError
from pgassay.model.exits import Exit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pgassay.model.notice import Delivery, Waiting

notify = typer.Typer(
    name="notify", help="Telling people by Slack, e-mail and other ways.", no_args_is_help=True
)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(notify)


@notify.command()
def test(context: typer.Context) -> int:
    """Send a test notice to every receiver; the exit code is 1 unless all of them took it."""
    from pgassay.cli.process import settings_for
    from pgassay.flows.notices import send_test

    call = invocation(context)
    return _show(call, send_test(settings_for(call)), ())


@notify.command()
def send(context: typer.Context) -> int:
    """Try again what did not arrive; the exit code is 1 while something did not."""
    from pgassay.cli.process import settings_for
    from pgassay.flows.notices import send_waiting

    call = invocation(context)
    sent = send_waiting(settings_for(call), target=call.target)
    return _show(call, sent.deliveries, sent.waiting)


@notify.command()
def retry(
    context: typer.Context,
    notices: Annotated[
        list[str] | None, typer.Argument(help="A notice's id, or the start of one.", metavar="NOTICE")
    ] = None,
    *,
    every: Annotated[bool, typer.Option("--all", help="Everything that was given up.")] = False,
    by: Annotated[str | None, typer.Option("--by", help="Who does it; not given: the database role.")] = None,
) -> int:
    """Try again what was given up; the exit code is 1 unless it arrives. Nobody is told twice."""
    from pgassay.cli.process import settings_for
    from pgassay.flows.notices import retry_given_up

    if bool(notices) is every:
        raise UsageError("Name what to try again: notices, or --all.", remedy="pgassay notify list")
    call = invocation(context)
    sent = retry_given_up(settings_for(call), notices or (), target=call.target, actor=by)
    return _show(call, sent.deliveries, sent.waiting)


@notify.command("list")
def list_(context: typer.Context) -> int:
    """List what did not arrive yet, or was given up."""
    from pgassay.cli.process import settings_for
    from pgassay.flows.notices import list_waiting

    call = invocation(context)
    _show(call, (), list_waiting(settings_for(call), target=call.target))
    return Exit.OK


def _show(call: Invocation, deliveries: "Sequence[Delivery]", waiting: "Sequence[Waiting]") -> int:
    from pgassay.report.letters import notify_document, notify_text

    say(notify_document(deliveries, waiting) if call.json else notify_text(deliveries, waiting))
    return Exit.OK if all(each.delivered for each in deliveries) and not waiting else Exit.RED
