"""Remembers what the files of a run touch: reads once what each database has, and concludes file by file."""

import hashlib
from threading import Lock

from pgassay.model.evidence import FileEvidence
from pgassay.model.execution import Engine
from pgassay.model.suite import FileResult
from pgassay.model.touch import Touches
from pgassay.parse.mentions import read_mentions
from pgassay.pg.connection import connect
from pgassay.pg.objects import read_objects
from pgassay.pg.target import Target
from pgassay.suite.script import Script
from pgassay.suite.touch.conclude import Seen, conclude, seen_by_name
from pgassay.suite.touch.index import Index
from pgassay.suite.touch.meter import Meter


class Recording:
    """Shared by all sessions of a run; what it reads of a database, it reads when a file there is over."""

    def __init__(self) -> None:
        self._indexes: dict[str, Index] = {}
        self._lock = Lock()

    def measured(self, result: FileResult, script: Script, meter: Meter, target: Target) -> Touches | None:
        """Give what a file touched whose session was asked; ``None`` where it could not be.

        Raises:
            Unavailable: the database cannot be reached any more.
        """
        if meter.unseen or result.engine is Engine.PSQL:
            return None
        seen = Seen(counts=meter.counts, held=meter.held, calls_counted=meter.calls_counted)
        return self._touches(script, target, seen)

    def shown(self, evidence: FileEvidence, script: Script, target: Target) -> Touches:
        """Give what a file touched, as the evidence says.

        Raises:
            Unavailable: the database cannot be reached any more.
        """
        index = self._index(target)
        relations = [
            (each.name, each.scans, each.inserted, each.updated, each.deleted) for each in evidence.relations
        ]
        return self._touches(script, target, seen_by_name(index, relations, evidence.functions or None))

    def _touches(self, script: Script, target: Target, seen: Seen) -> Touches:
        mentions = read_mentions([script.text, *script.included])
        return Touches(
            text=text_digest(script.text),
            touched=conclude(self._index(target), seen, mentions),
            calls_counted=seen.calls_counted,
        )

    def _index(self, target: Target) -> Index:
        with self._lock:  # whoever comes second waits for what the first one reads
            if target.conninfo not in self._indexes:
                with connect(target, application="pgassay prepare") as connection:
                    self._indexes[target.conninfo] = Index(read_objects(connection))
            return self._indexes[target.conninfo]


def text_digest(text: str) -> str:
    """Give what a file's text is known by."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
