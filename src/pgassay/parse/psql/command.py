"""What a backslash command has at hand, and what it may ask of the reader."""

from collections.abc import Callable
from dataclasses import dataclass

from pgassay.model.place import Place
from pgassay.parse.psql.arguments import Arguments
from pgassay.parse.psql.steps import OutputFormat, Show, Sink, Step, WriteTo
from pgassay.parse.psql.variables import RefusedValue, Variables


class Session:
    """What the commands of a script have set, shared by all files that it includes."""

    def __init__(self, variables: Variables) -> None:
        self.variables = variables
        self.format = OutputFormat()
        self.output = ""
        self.output_begun = False
        self.restriction: str | None = None

    def sink(self) -> Sink:
        r"""Give where the next result goes, which is into the file of ``\o`` while there is one."""
        if not self.output:
            return Show()
        append, self.output_begun = self.output_begun, True
        return WriteTo(path=self.output, append=append)


@dataclass(frozen=True, slots=True)
class Command:
    """A command as it was met; ``name`` has its backslash."""

    name: str
    place: Place
    arguments: Arguments
    session: Session

    def required(self, *, strip_semicolons: bool = False) -> str:
        """Take an argument that must be there. Raises RefusedValue."""
        argument = self.arguments.next(strip_semicolons=strip_semicolons)
        if argument is None:
            raise RefusedValue(f"{self.name}: missing required argument")
        return argument


@dataclass(frozen=True, slots=True)
class Send:
    """Send the statement collected so far; it may be incomplete."""

    sink: Sink
    format: OutputFormat


@dataclass(frozen=True, slots=True)
class Include:
    """Read another script before going on."""

    name: str
    relative: bool


@dataclass(frozen=True, slots=True)
class Reset:
    """Forget the statement collected so far."""


@dataclass(frozen=True, slots=True)
class ShowBuffer:
    """Print the statement collected so far, or the last one."""


@dataclass(frozen=True, slots=True)
class Leave:
    """End this script."""


Request = Send | Include | Reset | ShowBuffer | Leave
Handler = Callable[[Command], Step | Request | None]
