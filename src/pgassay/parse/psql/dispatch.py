"""From the name of a backslash command to what it asks for, or to why it cannot be done."""

from pgassay.parse.psql.arguments import Arguments
from pgassay.parse.psql.command import Command, Request
from pgassay.parse.psql.commands import handler_of
from pgassay.parse.psql.script import Script
from pgassay.parse.psql.settings import PsqlOnly
from pgassay.parse.psql.steps import CommandError, NeedsPsql, Step, Unknown
from pgassay.parse.psql.variables import RefusedValue

_BRANCHES = frozenset({"if", "elif", "else", "endif"})
_WHOLE_LINE = frozenset({"!", "copy", "ef", "ev", "h", "help", "sf", "sv"})
_FILE_OR_PIPE = frozenset({"g", "gx", "o", "out", "w", "write"})


def run(script: Script, command: Command) -> Step | Request | None:
    """Run a command of a script. Raises WrongNesting for a branch command where none can be."""
    name, place = command.name[1:], command.place
    if command.session.restriction is not None and name != "unrestrict":
        message = "backslash commands are restricted; only \\unrestrict is allowed"
        return CommandError(command=command.name, place=place, message=message)
    handler = handler_of(name)
    if name in _BRANCHES:
        _branch(script, name, command)
        return _shell_use(command)
    if handler is None:
        return Unknown(command=command.name, place=place)
    if not script.branches.active:
        _skip(name, command.arguments)
        return None
    try:
        outcome = handler(command)
    except RefusedValue as refused:
        return CommandError(command=command.name, place=place, message=str(refused))
    except PsqlOnly as only:
        return NeedsPsql(command=command.name, place=place, why=only.why)
    return _shell_use(command) or outcome


def _branch(script: Script, name: str, command: Command) -> None:
    buffer = script.lexer.buffer
    if name == "if":
        script.branches.begin(command.arguments, buffer, line=command.place.line)
    else:
        script.branches.follow(name, command.arguments, buffer)


def _skip(name: str, arguments: Arguments) -> None:
    """Pass the arguments of a command in a branch that is not taken."""
    if name in _WHOLE_LINE:
        arguments.line()
        return
    if name in _FILE_OR_PIPE:
        arguments.file_or_pipe()
    arguments.all()


def _shell_use(command: Command) -> NeedsPsql | None:
    if not command.arguments.uses_shell:
        return None
    return NeedsPsql(command=command.name, place=command.place, why="runs a program in backticks")
