"""What a command takes from the process that it runs in: settings, streams, signals."""

import os
import signal
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from types import FrameType

from pgassay.cli.invocation import Invocation
from pgassay.config.load import load
from pgassay.config.settings import Settings
from pgassay.flows.around import Around
from pgassay.report.reporter import Verbosity, options_from


def settings_for(call: Invocation, flags: Mapping[str, object] | None = None) -> Settings:
    """Build the settings for a call; ``flags`` are those of the command, by whole key.

    Raises:
        UsageError: a settings file cannot be read, or a value makes no sense.
    """
    return load(cwd=Path.cwd(), environ=os.environ, config_file=call.config_file, flags=flags)


@contextmanager
def around(call: Invocation) -> Iterator[Around]:
    """Lend the process to a flow. The first Ctrl-C or SIGTERM asks it to end, the second ends it."""
    stop = Event()

    def ask(number: int, frame: FrameType | None) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()

    before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield Around(
            environ=os.environ,
            stdout=sys.stdout,
            stderr=sys.stderr,
            stop=stop,
            report=options_from(os.environ, verbosity=Verbosity(call.verbosity)),
        )
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
