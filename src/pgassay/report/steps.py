"""Lines on the error stream while an operation of several steps goes on."""

from typing import TextIO

from pgassay.report.words import visible


class StepLines:
    """Writes a line at a time. ``quiet`` leaves only warnings."""

    def __init__(self, stream: TextIO, *, quiet: bool) -> None:
        self._stream = stream
        self._quiet = quiet

    def say(self, line: str) -> None:
        """Say what happens now."""
        if not self._quiet:
            self._stream.write(f"{line}\n")
            self._stream.flush()

    def warn(self, sentence: str, remedy: str) -> None:
        """Say what somebody should know, also to who wants it quiet."""
        self._stream.write(f"pgassay: {visible(sentence)}\n" + (f"  {remedy}\n" if remedy else ""))
