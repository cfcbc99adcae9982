"""Let checks prove themselves on their own examples, on a server that is there for nothing else."""

from collections.abc import Sequence
from contextlib import closing

from pgassay.checks.choose import choose
from pgassay.checks.contract import SqlCheck
from pgassay.checks.load import builtin
from pgassay.checks.prove import prove
from pgassay.config.settings import Settings
from pgassay.flows.checks.catalogue import every_check
from pgassay.model.check import Proven
from pgassay.model.errors import NothingToRun
from pgassay.pg import embedded
from pgassay.pg.wire import Wire

_APPLICATION = "pgassay prove"


def prove_checks(names: Sequence[str], settings: Settings) -> tuple[Proven, ...]:
    """Let checks prove themselves on an embedded server, each example in a transaction that is rolled back.

    Without names, those of the project and of plug-ins.

    Raises:
        NothingToRun: none of them has an example.
        UsageError: there is no such check.
        Unavailable: there is no embedded server.
    """
    every = every_check(settings)
    own = {each.info.name for each in builtin()}
    chosen = choose(every, names=names) if names else [each for each in every if each.info.name not in own]
    examples = [(each, example) for each in chosen if isinstance(each, SqlCheck) for example in each.examples]
    if not examples:
        raise NothingToRun("There is no example to run.", remedy="pgassay checks prove NAME")
    with (
        embedded.start() as server,
        closing(Wire.connect(server.target, application=_APPLICATION)) as wire,
    ):
        return tuple(
            Proven(
                check=each.info.name,
                example=example.title,
                place=str(example.place),
                fault=prove(wire, each, example).fault,
            )
            for each, example in examples
            if each.info.fits(wire.version // 10_000)
        )
