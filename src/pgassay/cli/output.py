"""Standard output, as commands write to it: what cannot be written is a sentence, too."""

import os
import shutil
import sys

from pgassay.model.errors import UsageError
from pgassay.report.reporter import options_from
from pgassay.report.wrap import wrap


def say(text: str, *, end: str = "\n") -> None:
    """Write a command's result; on a terminal, its lines are broken where that ends, unless it is a document.

    A reader that has left is no mistake: the exit code still says how it went.

    Raises:
        UsageError: standard output does not take it, because its disk is full, for example.
    """
    try:
        sys.stdout.write(_fitting(text) + end)
        sys.stdout.flush()
    except BrokenPipeError:
        silence()
    except OSError as error:
        silence()
        raise UsageError(f"Standard output cannot be written: {error.strerror}.") from error


def on_colour() -> bool:
    """Whether what is written may be coloured: on a terminal, unless the user does not want it."""
    wanted = options_from(os.environ).colour
    return sys.stdout.isatty() if wanted is None else wanted


def _fitting(text: str) -> str:
    if text.startswith("{") or not sys.stdout.isatty():
        return text
    return wrap(text, shutil.get_terminal_size().columns)


def silence() -> None:
    """Keep the interpreter from complaining, at exit, about what it cannot write."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
