"""What a psql script asks for, one step at a time: the closed union ``Step`` and its parts.

Steps only describe. The reader has already dealt with what stays inside the script (variables,
branches, includes); sending, opening files and printing are the engine's part.
"""

from dataclasses import dataclass

from pgassay.model.place import Place
from pgassay.parse.psql.control import Control, chains, control_of


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputFormat:
    """The part of psql's ``\\pset`` state that shapes unaligned output; the defaults are pg_prove's."""

    tuples_only: bool = True
    expanded: bool = False
    fieldsep: str = "|"
    recordsep: str = "\n"
    null: str = ""
    footer: bool = True
    title: str = ""


@dataclass(frozen=True, slots=True)
class Show:
    """Print the result."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreVariables:
    """``\\gset``: store the one row's columns in variables named ``prefix`` + column."""

    prefix: str = ""


@dataclass(frozen=True, slots=True)
class ExecuteResult:
    """``\\gexec``: send each non-null cell of the result, row by row, as a statement of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteTo:
    """Print the result into a file: a new one, or (``append``) the one that ``\\o`` keeps open."""

    path: str
    append: bool = False


Sink = Show | StoreVariables | ExecuteResult | WriteTo


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """SQL to send in one simple-protocol message.

    ``text`` is what psql sends, to the byte: variables interpolated, white space and ``--`` comments in
    front of it dropped, empty lines outside of quotes dropped, and with the closing ``;`` where the
    script has one. ``place`` is the line of the first token, leading comments aside; ``end_line`` the
    line where the statement was complete (psql's own messages name that one). ``keyword`` is the first
    word in upper case, or empty. ``compound`` tells that ``\\;`` joined several statements.
    ``origins`` are pairs of offset in the text and line in the file, ascending, one for each stretch
    that is contiguous in the file.
    """

    text: str
    place: Place
    end_line: int
    keyword: str = ""
    sink: Sink = Show()
    format: OutputFormat = OutputFormat()
    compound: bool = False
    origins: tuple[tuple[int, int], ...] = ()

    @property
    def control(self) -> Control:
        """What it does to the transaction; ``NONE`` for a compound, which may do several things."""
        return Control.NONE if self.compound else control_of(self.text, keyword=self.keyword)

    @property
    def chain(self) -> bool:
        """Whether it ends a transaction and begins the next one at once."""
        return chains(self.text, control=self.control)

    def line_of(self, offset: int) -> int:
        """Give the line in the file of a character offset (from 0) in the text.

        A server's error position counts from 1: pass it less one.
        """
        start, line = 0, self.place.line
        for begin, begin_line in self.origins:
            if begin > offset:
                break
            start, line = begin, begin_line
        return min(line + self.text.count("\n", start, offset), self.end_line)


@dataclass(frozen=True, slots=True, kw_only=True)
class Print:
    """``\\echo``, ``\\qecho``, ``\\warn``, ``\\p`` and psql's own warnings: text to write as it is."""

    text: str
    place: Place
    to_stderr: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientCopy:
    """``\\copy``: a COPY between the server and this side.

    ``statement`` is the text that psql sends (``COPY … FROM STDIN`` or ``TO STDOUT``). ``source`` is
    ``stdin``, ``stdout``, ``pstdin`` or ``pstdout`` where ``standard`` is true, otherwise a file, relative
    to the working directory. With ``stdin`` the data follows in the script: ask the reader for it.
    """

    statement: str
    place: Place
    from_server: bool
    source: str
    standard: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Connect:
    """``\\connect`` with its arguments as written (database, user, host, port, or one conninfo)."""

    arguments: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoding:
    """``\\encoding NAME``: set the client encoding."""

    name: str
    place: Place

    @property
    def need(self) -> "NeedsPsql | None":
        """What it takes to go on: for any other encoding than UTF-8, the real psql."""
        if self.name.lower() in ("", "utf8", "utf-8", "unicode"):
            return None
        why = "the script is in another encoding than UTF-8"
        return NeedsPsql(command="\\encoding", place=self.place, why=why)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quit:
    """``\\q`` in the main script. In an included one it ends only that one and is no step."""

    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedsPsql:
    """Something that only the real psql can do; ``command`` as written, ``why`` is a clause."""

    command: str
    place: Place
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """A command that psql does not have either: an error that ON_ERROR_STOP obeys."""

    command: str
    place: Place

    @property
    def message(self) -> str:
        """Psql's own words."""
        return f"invalid command {self.command}"


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandError:
    """A command that psql has, used in a way that it refuses: an error that ON_ERROR_STOP obeys."""

    command: str
    place: Place
    message: str


Step = Query | Print | ClientCopy | Connect | Encoding | Quit | NeedsPsql | Unknown | CommandError
