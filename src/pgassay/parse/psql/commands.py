"""The backslash commands that do not branch: what each one asks for."""

from pgassay.parse.psql.clientcopy import client_copy
from pgassay.parse.psql.command import Command, Handler, Include, Leave, Reset, ShowBuffer
from pgassay.parse.psql.sending import gexec, go, gset, out
from pgassay.parse.psql.settings import PsqlOnly, with_option
from pgassay.parse.psql.steps import Connect, Encoding, Print, Step
from pgassay.parse.psql.variables import RefusedValue, boolean


def handler_of(name: str) -> Handler | None:
    """Find what handles a command (named without its backslash), ``None`` where psql has no such command."""
    found = _HANDLERS.get(name)
    if found is not None:
        return found
    known = name.startswith(("d", "lo_")) or name.rstrip("+Sx") in _ONLY_PSQL or name in _ONLY_PSQL
    return _only_psql if known else None


def _only_psql(_: Command) -> None:
    raise PsqlOnly("is not built in")


def _ignore(command: Command) -> None:
    command.arguments.line()


def _echo(command: Command) -> Print:
    arguments = command.arguments
    words, end = [], "\n"
    first = arguments.next()
    if first == "-n" and not arguments.quoted:
        end = ""
    elif first is not None:
        words.append(first)
    text = " ".join((*words, *arguments.all())) + end
    if command.name == "\\qecho" and command.session.output:
        raise PsqlOnly("writes into the file of \\o")
    return Print(text=text, place=command.place, to_stderr=command.name == "\\warn")


def _set(command: Command) -> None:
    arguments = command.arguments
    name = arguments.next()
    if name is None:
        raise PsqlOnly("lists all variables")
    value = "".join(arguments.all())
    command.session.variables.set(name, value)
    _check_steering(name, value or "on")


def _unset(command: Command) -> None:
    name = command.required()
    command.session.variables.unset(name)
    _check_steering(name, "off")


def _check_steering(name: str, value: str) -> None:
    """Refuse what would make psql print or split in a way that is not done here."""
    if name in _STEERING and boolean(value, name) is _STEERING[name][0]:
        raise PsqlOnly(_STEERING[name][1])
    if name == "ECHO" and value.lower() in ("queries", "all"):
        raise PsqlOnly("prints what is executed")


def _pset(command: Command) -> None:
    name = command.arguments.next()
    if name is None:
        raise PsqlOnly("lists all settings")
    _change_format(command, name, command.arguments.next())


def _short_pset(name: str, *, strip_semicolons: bool = True) -> Handler:
    def change(command: Command) -> None:
        _change_format(command, name, command.arguments.next(strip_semicolons=strip_semicolons))

    return change


def _change_format(command: Command, name: str, value: str | None) -> None:
    command.session.format = with_option(command.session.format, name, value)


def _timing(command: Command) -> None:
    value = command.arguments.next()
    if value is not None:
        boolean(value, "\\timing")


def _copy(command: Command) -> Step:
    line = command.arguments.line()
    if command.session.output:
        raise PsqlOnly("may write into the file of \\o")
    return client_copy(line, place=command.place)


def _connect(command: Command) -> Connect:
    return Connect(arguments=command.arguments.all(), place=command.place)


def _encoding(command: Command) -> Encoding:
    name = command.arguments.next()
    if name is None:
        raise PsqlOnly("prints the encoding")
    return Encoding(name=name, place=command.place)


def _include(command: Command) -> Include:
    name = command.required(strip_semicolons=True)
    if name == "-":
        raise PsqlOnly("reads a script from standard input")
    return Include(name, command.name in ("\\ir", "\\include_relative"))


def _restrict(command: Command) -> None:
    command.session.restriction = command.required()


def _unrestrict(command: Command) -> None:
    key, session = command.required(), command.session
    if session.restriction is None:
        raise RefusedValue("\\unrestrict: not currently in restricted mode")
    if key != session.restriction:
        raise RefusedValue("\\unrestrict: wrong key")
    session.restriction = None


def _aligned(_: Command) -> None:
    raise PsqlOnly("prints aligned tables")


_STEERING = {
    "QUIET": (False, "prints a line for each command"),
    "SHOW_ALL_RESULTS": (False, "prints only the last result of a group"),
    "SINGLELINE": (True, "ends statements at line ends"),
    "SINGLESTEP": (True, "asks before each statement"),
}
_HANDLERS: dict[str, Handler] = {
    "echo": _echo,
    "qecho": _echo,
    "warn": _echo,
    "set": _set,
    "unset": _unset,
    "pset": _pset,
    "t": _short_pset("tuples_only"),
    "x": _short_pset("expanded"),
    "f": _short_pset("fieldsep", strip_semicolons=False),
    "C": _short_pset("title"),
    "T": _ignore,
    "a": _aligned,
    "timing": _timing,
    "o": out,
    "out": out,
    "g": go,
    "gx": go,
    "gset": gset,
    "gexec": gexec,
    "copy": _copy,
    "c": _connect,
    "connect": _connect,
    "encoding": _encoding,
    "i": _include,
    "include": _include,
    "ir": _include,
    "include_relative": _include,
    "r": lambda _: Reset(),
    "reset": lambda _: Reset(),
    "p": lambda _: ShowBuffer(),
    "print": lambda _: ShowBuffer(),
    "q": lambda _: Leave(),
    "quit": lambda _: Leave(),
    "restrict": _restrict,
    "unrestrict": _unrestrict,
}
_ONLY_PSQL = frozenset({
    "!", "?", "bind", "bind_named", "cd", "close_prepared", "conninfo", "copyright", "crosstabview", "e",
    "edit", "ef", "endpipeline", "errverbose", "ev", "flush", "flushrequest", "gdesc", "getenv",
    "getresults", "h", "help", "H", "html", "l", "list", "parse", "password", "prompt", "s", "sendpipeline",
    "setenv", "sf", "startpipeline", "sv", "syncpipeline", "w", "watch", "write", "z",
})  # fmt: skip
