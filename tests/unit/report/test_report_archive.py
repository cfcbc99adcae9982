import io
import json
import shutil
import subprocess
import tarfile
from dataclasses import replace
from pathlib import Path

import pytest

from pgassay.model.events.suite import FileFinished, SuiteEvent
from pgassay.report.choice import load_format
from pgassay.report.reporter import ReportOptions
from sample_runs import events, result, run_of

Events = tuple[SuiteEvent, ...]

READ_ARCHIVE = """
use strict; use warnings;
use JSON::PP; use TAP::Harness::Archive;
my $meta;
my $seen = TAP::Harness::Archive->aggregator_from_archive({
    archive => $ARGV[0], meta_yaml_callback => sub { $meta = $_[0][0] },
});
my %files = map { my ($parser) = $seen->parsers($_); $_ => [$parser->tests_run + 0, scalar $parser->failed] }
    $seen->descriptions;
print JSON::PP->new->encode({
    meta => $meta, order => [$seen->descriptions], files => \\%files, status => $seen->get_status,
    passed => scalar $seen->passed, failed => scalar $seen->failed,
});
"""


def has_archive_reader() -> bool:
    perl = shutil.which("perl")
    if perl is None:
        return False
    modules = ["-MTAP::Harness::Archive", "-MJSON::PP", "-e", "1"]
    return subprocess.run([perl, *modules], capture_output=True, check=False).returncode == 0


def archived(told: tuple[SuiteEvent, ...]) -> bytes:
    data = io.BytesIO()
    reporter = load_format("archive").open_reporter(io.TextIOWrapper(data), options=ReportOptions())
    for event in told:
        reporter.see(event)
    reporter.close()
    return data.getvalue()


@pytest.mark.skipif(not has_archive_reader(), reason="Perl's TAP::Harness::Archive is not installed")
def test_perl_reads_the_archive(busy_run: Events, tmp_path: Path) -> None:
    path = tmp_path / "run.tar.gz"
    path.write_bytes(archived(busy_run))
    done = subprocess.run(["perl", "-e", READ_ARCHIVE, path], capture_output=True, text=True, check=True)
    seen = json.loads(done.stdout)
    results = [event.result for event in busy_run if isinstance(event, FileFinished)]

    assert seen["order"] == [each.file.path for each in results]
    assert seen["files"]["sql/tests/unit/opportunity_stages.sql"] == [4, 3]
    assert seen["files"]["sql/tests/integration/merge.sql"] == [4, 0]
    assert seen["status"] == "FAIL"
    attributes = seen["meta"]["file_attributes"]
    assert [each["description"] for each in attributes] == seen["order"]
    assert [each["outcome"] for each in attributes] == [each.outcome for each in results]
    assert float(attributes[1]["end_time"]) - float(attributes[1]["start_time"]) == pytest.approx(0.31)
    assert seen["meta"]["start_time"] == "1741064767"
    assert seen["meta"]["stop_time"] == "1741064770"
    assert seen["meta"]["extra_properties"]["server_version"] == "17.2"


def test_an_entry_is_the_output_as_it_was(busy_run: Events) -> None:
    contents = unpacked(archived(busy_run))
    for event in busy_run:
        if isinstance(event, FileFinished):
            text = contents[event.result.file.path].decode()
            assert text.splitlines() == list("\n".join(event.result.output).splitlines())


def test_the_same_run_gives_the_same_bytes(busy_run: Events) -> None:
    data = archived(busy_run)
    assert data == archived(busy_run)
    # RFC 1952, section 2.3: the time is told in the header, and is that of the run.
    assert int.from_bytes(data[4:8], "little") == 1741064767


def test_no_entry_leaves_the_folder_or_replaces_another() -> None:
    paths = [
        "/etc/passwd",
        "../../etc/passwd",
        "etc/passwd",
        "meta.yml",
        "..",
        "C:\\x\\..\\y.sql",
        "a\nb.sql",
    ]
    results = [replace(result(path), output=(path,)) for path in paths]
    contents = unpacked(archived(tuple(events(run_of(results), *results))))
    assert set(contents) == {
        "etc/passwd",
        "etc/passwd.2",
        "etc/passwd.3",
        "meta.yml",
        "meta.yml.2",
        "unnamed",
        "C:/x/y.sql",
        "a\\nb.sql",
    }
    assert contents["meta.yml"].startswith(b"---\n")


def test_an_empty_run_is_an_archive_too() -> None:
    assert b"file_order: []\n" in unpacked(archived(()))["meta.yml"]


def unpacked(data: bytes) -> dict[str, bytes]:
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        return {each.name: contents.read() for each in archive if (contents := archive.extractfile(each))}
