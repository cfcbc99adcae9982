"""The TAP of every file in one FILE.tar.gz, laid out as Perl's TAP::Harness::Archive lays it out.

Each file's output, exactly as it was printed, under the file's own path, and ``meta.yml`` with
``file_order``, ``file_attributes``, ``start_time``, ``stop_time`` and ``extra_properties``. A file that did
not run has an empty entry, which a reader of TAP takes for a failure, as it should.
"""

import io
import tarfile
from collections.abc import Iterable, Iterator
from datetime import timedelta
from gzip import GzipFile
from typing import TextIO

from pgassay.model.events.suite import SuiteEvent
from pgassay.model.suite import FileResult
from pgassay.report.record import Collector, RunRecord
from pgassay.report.reporter import ReportOptions, Shape
from pgassay.report.summary import summarise
from pgassay.report.words import visible

SUMMARY = "for TAP::Harness::Archive: FILE.tar.gz with the TAP of each file"
SHAPE = Shape.BINARY

_META = "meta.yml"


def open_reporter(out: TextIO, *, options: ReportOptions) -> "ArchiveReporter":
    """Keep a run as an archive; no option changes it."""
    return ArchiveReporter(out)


class ArchiveReporter:
    """Collects a run and packs it when it is over."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._collector = Collector()

    def see(self, event: SuiteEvent) -> None:
        """Take note."""
        self._collector.see(event)

    def close(self) -> None:
        """Pack. The same run always gives the same bytes."""
        record = self._collector.record()
        began = int(record.run.started_at.timestamp()) if record.run else 0
        with (
            GzipFile(filename="", mode="wb", fileobj=self._out.buffer, mtime=began) as compressed,
            tarfile.open(fileobj=compressed, mode="w", format=tarfile.PAX_FORMAT) as archive,
        ):
            for name, result in zip(_names(record.results), record.results, strict=True):
                moment = int(result.started_at.timestamp())
                _add(archive, name, text="".join(f"{line}\n" for line in result.output), moment=moment)
            _add(archive, _META, text=_meta(record), moment=began)


def _names(results: Iterable[FileResult]) -> Iterator[str]:
    """Give each file a path that stays inside the folder that an archive is unpacked into."""
    taken = {_META}
    for result in results:
        parts = [
            part for part in result.file.path.replace("\\", "/").split("/") if part not in ("", ".", "..")
        ]
        plain = name = visible("/".join(parts)) or "unnamed"
        copy = 1
        while name in taken:
            copy += 1
            name = f"{plain}.{copy}"
        taken.add(name)
        yield name


def _add(archive: tarfile.TarFile, name: str, *, text: str, moment: int) -> None:
    data = text.encode(errors="backslashreplace")
    entry = tarfile.TarInfo(name)
    entry.size = len(data)
    entry.mtime = moment
    archive.addfile(entry, io.BytesIO(data))


def _meta(record: RunRecord) -> str:
    """Write the description of the archive, in the part of YAML that Perl's YAML::Tiny reads."""
    summary = summarise(record)
    names = list(_names(record.results))
    began = record.run.started_at.timestamp() if record.run else 0.0
    lines = ["---", "extra_properties:", *(f"  {key}: {value}" for key, value in _properties(record))]
    lines += ["file_attributes:" if names else "file_attributes: []"]
    for name, result in zip(names, record.results, strict=True):
        lines += _attributes(name, result)
    lines += ["file_order:" if names else "file_order: []", *(f"  - {_quoted(name)}" for name in names)]
    lines += [f"start_time: {began:.0f}", f"stop_time: {began + summary.elapsed_s:.0f}"]
    return "\n".join(lines) + "\n"


def _attributes(name: str, result: FileResult) -> list[str]:
    end = result.started_at + timedelta(seconds=result.elapsed_s)
    return [
        f"  - category: {_quoted(result.file.category)}",
        f"    description: {_quoted(name)}",
        f"    end_time: {end.timestamp():.6f}",
        f"    outcome: {_quoted(result.outcome)}",
        f"    start_time: {result.started_at.timestamp():.6f}",
    ]


def _properties(record: RunRecord) -> list[tuple[str, str]]:
    totals = summarise(record).totals
    counts = [("tests", totals.tests), ("passed", totals.passed), ("failed", totals.failed)]
    shown = [(name, str(count)) for name, count in counts]
    if record.run:
        seen = record.run.environment
        words = {
            "run": str(record.run.id),
            "name": record.run.name,
            "target": seen.target,
            "server_version": seen.server_version,
            "pgtap": seen.pgtap,
            "client": seen.client,
            "commit": seen.commit,
        }
        shown += [(key, _quoted(value)) for key, value in words.items() if value]
    return shown


def _quoted(text: str) -> str:
    escaped = visible(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
