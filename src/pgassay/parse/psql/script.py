"""One script file that is being read, and the statements that it completes."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from pgassay.model.place import Place
from pgassay.parse.psql.branches import Branches
from pgassay.parse.psql.lexer import Lexer
from pgassay.parse.psql.script_error import OpenData, ScriptError
from pgassay.parse.psql.steps import OutputFormat, Query, Sink
from pgassay.parse.psql.variables import Variables


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What all files of a script share.

    ``warn`` and ``complain`` are told the warnings and errors that psql writes to standard error;
    ``every_branch`` takes all branches, whatever their conditions.
    """

    variables: Variables
    warn: Callable[[str], None]
    complain: Callable[[str], None]
    every_branch: bool


class Script:
    """A file: its path, how far it was read, its branches, and its last statement.

    Raises ScriptError for a NUL character, which no statement can have.
    """

    def __init__(self, text: str, *, path: str, shared: Surroundings) -> None:
        if (nul := text.find("\0")) >= 0:
            raise ScriptError("there is a NUL character", Place(path=path, line=text.count("\n", 0, nul) + 1))
        self.path = path
        self.lexer = Lexer(text, path=path, variables=shared.variables, warn=shared.warn)
        self.branches = Branches(shared.variables, warn=shared.complain, every=shared.every_branch)
        self._previous: Query | None = None

    @property
    def place(self) -> Place:
        """The line that is being read."""
        return Place(path=self.path, line=self.lexer.line)

    def complete(self, sink: Sink, form: OutputFormat) -> Query:
        """Make a query of what was collected, and begin a new statement."""
        buffer, line = self.lexer.buffer, self.lexer.line
        query = Query(
            text=buffer.text(),
            place=Place(path=self.path, line=buffer.line or line),
            end_line=line,
            keyword=buffer.keyword,
            sink=sink,
            format=form,
            compound=buffer.compound,
            origins=tuple(buffer.origins),
        )
        buffer.reset()
        self._previous = query
        return query

    def send(self, sink: Sink, form: OutputFormat) -> Query:
        """Make a query of what was collected, or of the last statement again where that is nothing."""
        if self.lexer.buffer.size or self._previous is None:
            return self.complete(sink, form)
        self.lexer.buffer.reset()
        return replace(self._previous, sink=sink, format=form)

    def shown_text(self) -> str | None:
        """Give the statement so far, or the last one, or ``None``."""
        if self.lexer.buffer.size:
            return self.lexer.buffer.text()
        return self._previous.text or None if self._previous else None

    def copy_data(self) -> str:
        r"""Take the lines up to ``\.`` behind the current one. Raises OpenData where there is none."""
        place = self.place
        data = self.lexer.frames.take_data()
        if data is None:
            raise OpenData(self.lexer.frames.take_rest(), place)
        return data

    def check_end(self) -> None:
        """Raise ScriptError for what is still open at the end of the file."""
        if (quote := self.lexer.quote) is not None:
            raise ScriptError(f"unterminated {quote.name}", Place(path=self.path, line=quote.line))
        if line := self.branches.open_line():
            self.branches.forget()
            place = Place(path=self.path, line=line)
            raise ScriptError("this \\if is not closed by an \\endif", place, recoverable=True)
