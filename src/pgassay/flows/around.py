"""What the process around a flow lends it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from threading import Event
from typing import TextIO

from pgassay.pg.clock import now
from pgassay.report.reporter import ReportOptions


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """The environment variables, the two streams, and an event that ends the work early when it is set."""

    environ: Mapping[str, str] = field(repr=False)
    stdout: TextIO
    stderr: TextIO
    stop: Event
    report: ReportOptions = ReportOptions()

    @staticmethod
    def now() -> datetime:
        """Give this moment, in UTC."""
        return now()

    def warn(self, sentence: str, remedy: str = "") -> None:
        """Tell the user something that changes no verdict."""
        self.stderr.write(f"pgassay: {sentence}\n" + (f"  {remedy}\n" if remedy else ""))
