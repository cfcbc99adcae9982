r"""The commands that send what was collected, ``\g`` and its kin, and where its result goes."""

from dataclasses import replace

from pgassay.parse.psql.arguments import Arguments
from pgassay.parse.psql.command import Command, Send
from pgassay.parse.psql.settings import PsqlOnly, with_option
from pgassay.parse.psql.steps import ExecuteResult, OutputFormat, StoreVariables, WriteTo
from pgassay.parse.psql.variables import RefusedValue


def out(command: Command) -> None:
    r"""``\\o FILE``: send the results from here on into a file."""
    path = command.arguments.file_or_pipe(strip_semicolons=True)
    if path is not None and path.startswith("|"):
        raise PsqlOnly("writes into a program")
    command.session.output = path or ""
    command.session.output_begun = False


def go(command: Command) -> Send:
    r"""``\\g`` and ``\\gx``, with options for this one result and a file to write it into."""
    session, arguments = command.session, command.arguments
    form = replace(session.format, expanded=True) if command.name == "\\gx" else session.format
    path = arguments.file_or_pipe()
    if path is not None and path.startswith("("):
        form = _with_options(form, path, arguments)
        path = arguments.file_or_pipe()
    if path is None:
        return Send(session.sink(), form)
    if path.startswith("|"):
        raise PsqlOnly("writes into a program")
    return Send(WriteTo(path=path), form)


def _with_options(form: OutputFormat, first: str, arguments: Arguments) -> OutputFormat:
    option: str | None = first[1:]
    while option is not None:
        pair, closed = option.removesuffix(")"), option.endswith(")")
        if pair:
            name, equals, value = pair.partition("=")
            form = with_option(form, name, value if equals else None)
        if closed:
            return form
        option = arguments.next()
    raise RefusedValue("\\g: missing right parenthesis")


def gset(command: Command) -> Send:
    r"""``\\gset``: the columns of the one row become variables."""
    return Send(StoreVariables(prefix=command.arguments.next() or ""), command.session.format)


def gexec(command: Command) -> Send:
    r"""``\gexec``: each cell of the result is a statement."""
    return Send(ExecuteResult(), command.session.format)
