"""Where a script plays: the wire, the variables, and what has come out so far."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from pgassay.model.message import ServerMessage
from pgassay.parse.psql.steps import Connect
from pgassay.pg.reply import Reply, Transaction
from pgassay.pg.wire import CLIENT_VERSION, Wire
from pgassay.suite.enclosure import Transactions
from pgassay.suite.gate import Gate
from pgassay.suite.native.variables import Variables
from pgassay.suite.output import Said, ScriptOutput

_HARMLESS_TAGS = (
    "SET",
    "SHOW",
    "RESET",
    "BEGIN",
    "START TRANSACTION",
    "ROLLBACK",
    "LISTEN",
    "UNLISTEN",
    "DISCARD",
)


@dataclass(slots=True)
class Stage:
    """The state of a play. ``committed`` and ``tainted`` are read when it is over.

    ``before_end``, where there is one, is called while a transaction that is about to end still holds (and
    whenever ``gate`` says that it is due), and may ask the server about it. ``gate``, where there is one,
    has to let every step pass. ``slow_ms`` is from where on a statement counts as slow.
    """

    wire: Wire
    variables: Variables
    transactions: Transactions
    open_wire: Callable[[tuple[str, ...]], Wire]
    committed: bool = False
    tainted: bool = False
    before_end: Callable[[Wire], None] | None = None
    # Hears what is put out at once, while statements behind it may still be in flight.
    on_output: Callable[[ScriptOutput], None] | None = None
    gate: Gate | None = None
    slow_ms: float = 100.0
    queries: int = 0
    slow_queries: int = 0
    # Whether something ran outside of a block since ``before_end`` was called.
    loose: bool = False
    _out: list[ScriptOutput] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.wire.on_notice = self._noticed
        self.introduce()

    @property
    def stops_on_error(self) -> bool:
        """Whether the first error ends the script."""
        return self.variables.is_on("ON_ERROR_STOP")

    def ask(self, text: str) -> Iterator[Reply]:
        """Send a statement of the script: as one that can have no other behind it, where that matters."""
        return self.wire.ask_alone(text) if self.transactions.sealed else self.wire.ask(text)

    def say(self, output: ScriptOutput) -> None:
        """Put something out."""
        self._out.append(output)
        if self.on_output is not None:
            self.on_output(output)

    def count(self, elapsed_ms: float | None) -> None:
        """Count a statement of the script that was answered; several that were sent at once are slow once."""
        self.queries += 1
        self.slow_queries += elapsed_ms is not None and elapsed_ms > self.slow_ms

    def take(self) -> list[ScriptOutput]:
        """Give what has come out since the last time."""
        taken, self._out = self._out, []
        return taken

    def reconnect(self, step: Connect) -> None:
        """Leave the session and open another, as ``\\c`` does.

        Raises:
            Unavailable: there is no connection to be had with these arguments.
        """
        if self.transactions.enclosed:  # what our open transaction holds, the next one would wait for
            self.wire.close()
        wire = self.open_wire(step.arguments)
        self.wire.close()
        self.wire, self.tainted, self.committed = wire, True, True
        self.wire.on_notice = self._noticed
        self.introduce()

    def introduce(self) -> None:
        """Set the variables that tell of the connection."""
        version = self.wire.parameter("server_version")
        facts: Mapping[str, str] = {
            "SERVER_VERSION_NAME": version,
            "SERVER_VERSION_NUM": str(self.wire.version),
            "ENCODING": "UTF8",
            "VERSION_NUM": str(CLIENT_VERSION),
            "VERSION_NAME": (client := f"{CLIENT_VERSION // 10000}.{CLIENT_VERSION % 10000}"),
            "VERSION": f"PostgreSQL {client} (pgassay)",
            **self.wire.identity,
        }
        self.variables.update(facts)

    def about_to_end(self) -> None:
        """Let whoever listens look at the transaction before it ends; a failed one has no answers."""
        if self.before_end is not None and self.wire.transaction is Transaction.INTRANS:
            self.before_end(self.wire)
            self.loose = False

    def note_autocommit(self, tag: str) -> None:
        """Remember that a statement outside of a block may have changed something for good."""
        self.loose = True
        if not tag.startswith(_HARMLESS_TAGS):
            self.committed = True

    def _noticed(self, message: ServerMessage) -> None:
        self.say(Said(str(message)))
