"""What one session of a run does so that it is remembered what its files touch, where that is wanted."""

from dataclasses import replace
from typing import TYPE_CHECKING

from pgassay.model.errors import Unavailable
from pgassay.model.suite import FileResult
from pgassay.model.touch import Touches
from pgassay.pg.target import Target
from pgassay.pg.touched import HAND_ON, HANDS_ON_SINCE
from pgassay.pg.wire import Wire
from pgassay.suite.gauge import Gauge
from pgassay.suite.script import Script
from pgassay.suite.touch.meter import COUNT_CALLS, COUNT_CALLS_14, Meter

if TYPE_CHECKING:
    from pgassay.suite.touch.recording import Recording


class Observer:
    """Watches one file after the other. ``script`` is that of the file that runs; ``gauge`` may ask along."""

    def __init__(self, recording: "Recording | None", gauge: Gauge) -> None:
        self.script: Script | None = None
        self._recording = recording
        self._meter = Meter(gauge)

    def preparing(self, wire: Wire) -> tuple[str, ...]:
        """Give the statements that have the session count for the next file alone, calls of functions too."""
        if wire.pooled or self._recording is None:
            return ()
        return (COUNT_CALLS, HAND_ON) if wire.version >= HANDS_ON_SINCE else (COUNT_CALLS_14,)

    def begin(self, wire: Wire, *, fresh: bool) -> None:
        """Take note that a file is about to begin; ``fresh``: in a session that was opened just now."""
        self._meter.begin(wire, fresh=fresh)

    def look(self, wire: Wire) -> None:
        """Look at a transaction that is about to end."""
        if self._recording is not None:
            self._meter.look(wire)

    def look_back(self, wire: Wire, *, same: bool, loose: bool) -> None:
        """Look at what is left to be seen when the file is over; see :meth:`Meter.finish`."""
        if self._recording is not None:
            self._meter.finish(wire, same=same, loose=loose)

    def with_touches(self, result: FileResult, target: Target) -> FileResult:
        """Add to a file's result what it touched, as far as that is known."""
        script, self.script = self.script, None
        if self._recording is None or script is None:
            return result
        try:
            return replace(result, touches=self._touches(self._recording, result, script, target))
        except Unavailable:
            return result

    def _touches(
        self, recording: "Recording", result: FileResult, script: Script, target: Target
    ) -> Touches | None:
        if result.evidence is not None:
            return recording.shown(result.evidence, script, target)
        return recording.measured(result, script, self._meter, target)
