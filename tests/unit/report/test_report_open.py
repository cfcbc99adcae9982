import io
import os
import pkgutil
import stat
import subprocess
import sys
from collections.abc import Iterable, Iterator
from io import StringIO
from pathlib import Path

import pytest

import pgassay.report.formats
from pgassay.model.errors import UsageError
from pgassay.model.events.suite import SuiteEvent, Warned
from pgassay.report.choice import FormatChoice, format_names, load_format, parse_format, with_screen
from pgassay.report.open import Reporters, open_reporters
from pgassay.report.reporter import ReportOptions, Shape, Verbosity, options_from

Events = tuple[SuiteEvent, ...]


@pytest.fixture
def stderr() -> StringIO:
    return StringIO()


def opened(choices: Iterable[str], stdout: io.TextIOBase, stderr: StringIO) -> Reporters[SuiteEvent]:
    return open_reporters(
        [parse_format(text) for text in choices],
        stdout=stdout,  # type: ignore[arg-type]
        stderr=stderr,
        options=ReportOptions(),
    )


def tell(reporters: Reporters[SuiteEvent], events: Iterable[SuiteEvent]) -> None:
    with reporters:
        for event in events:
            reporters.see(event)


def test_the_formats_are_found_by_looking() -> None:
    assert {"terminal", "tap", "junit", "jsonl", "github", "html", "archive"} <= set(format_names())
    assert set(format_names()) == {
        each.name for each in pkgutil.iter_modules(pgassay.report.formats.__path__)
    }


@pytest.mark.parametrize("name", format_names())
def test_every_format_says_what_it_is_for(name: str) -> None:
    form = load_format(name)
    assert form.SUMMARY and "\n" not in form.SUMMARY and len(form.SUMMARY) <= 70
    assert form.SHAPE in Shape


@pytest.mark.parametrize(
    ("text", "choice"),
    [
        ("tap", FormatChoice(name="tap")),
        ("tap:-", FormatChoice(name="tap")),
        ("junit:out/report.xml", FormatChoice(name="junit", file="out/report.xml")),
        ("html:C:/x.html", FormatChoice(name="html", file="C:/x.html")),
        ("archive:x.tar.gz", FormatChoice(name="archive", file="x.tar.gz")),
    ],
)
def test_a_choice_is_a_name_and_a_file(text: str, choice: FormatChoice) -> None:
    assert parse_format(text) == choice


@pytest.mark.parametrize(
    ("text", "sentence", "remedy"),
    [
        ("juint:x", 'There is no report format "juint".', "Did you mean junit?"),
        ("xyzzy", 'There is no report format "xyzzy".', "Choose from: archive, github, html, jsonl"),
        ("", 'There is no report format "".', "Choose from"),
        ("junit:", 'The format "junit:" ends with a colon, but names no file.', ""),
        ("archive", "The format archive is not text and needs a file.", "--format archive:"),
        ("archive:-", "The format archive is not text and needs a file.", "--format archive:"),
    ],
)
def test_a_choice_that_makes_no_sense_is_refused(text: str, sentence: str, remedy: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_format(text)
    assert caught.value.sentence == sentence
    assert caught.value.remedy.startswith(remedy)


def test_a_person_always_has_a_screen() -> None:
    junit, tap = parse_format("junit:x.xml"), parse_format("tap")
    assert with_screen([]) == (FormatChoice(name="terminal"),)
    assert with_screen([junit]) == (FormatChoice(name="terminal"), junit)
    assert with_screen([junit, tap]) == (junit, tap)


@pytest.mark.parametrize(
    "choices",
    [
        ["tap", "terminal"],
        ["terminal", "tap"],
        ["terminal", "github", "tap"],
        ["terminal", "terminal"],
        ["tap:x", "junit:x"],
        ["terminal:x", "github:x"],
    ],
)
def test_reports_do_not_mix(
    choices: list[str], stderr: StringIO, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match="cannot both be written to"):
        opened(choices, StringIO(), stderr)
    assert list(tmp_path.iterdir()) == []


def test_the_terminal_and_github_share_a_log(green_run: Events, stderr: StringIO) -> None:
    out = StringIO()
    tell(opened(["terminal", "github"], out, stderr), green_run)
    assert "PASS  4 tests in 2 files" in out.getvalue()


def test_all_reports_are_written_at_once(busy_run: Events, stderr: StringIO, tmp_path: Path) -> None:
    files = {name: tmp_path / "new" / name / "report" for name in format_names()}
    tell(opened([f"{name}:{file}" for name, file in files.items()], StringIO(), stderr), busy_run)
    # The annotations and the rest are told by their own tests; here it matters that all came to be.
    assert all(file.stat().st_size > 100 for file in files.values())
    assert [len(list(file.parent.iterdir())) for file in files.values()] == [1] * len(files)
    assert stderr.getvalue() == ""


def test_a_document_appears_whole_and_a_stream_grows(
    green_run: Events, stderr: StringIO, tmp_path: Path
) -> None:
    xml, lines = tmp_path / "x.xml", tmp_path / "x.jsonl"
    xml.write_text("the last run's")
    reporters = opened([f"junit:{xml}", f"jsonl:{lines}"], StringIO(), stderr)
    with reporters:
        for event in green_run[:-1]:
            reporters.see(event)
        assert xml.read_text() == "the last run's"
        assert lines.read_text().count("\n") == len(green_run) - 1
        reporters.see(green_run[-1])
    assert "<testsuites" in xml.read_text()


def test_a_link_is_kept_and_its_target_replaced(green_run: Events, stderr: StringIO, tmp_path: Path) -> None:
    target, link = tmp_path / "real.xml", tmp_path / "link.xml"
    target.write_text("old")
    link.symlink_to(target)
    tell(opened([f"junit:{link}"], StringIO(), stderr), green_run)
    assert link.is_symlink()
    assert target.read_text().startswith("<?xml")


def test_a_report_is_readable_for_others(green_run: Events, stderr: StringIO, tmp_path: Path) -> None:
    path = tmp_path / "x.html"
    mask = os.umask(0o022)
    try:
        tell(opened([f"html:{path}"], StringIO(), stderr), green_run)
    finally:
        os.umask(mask)
    assert stat.S_IMODE(path.stat().st_mode) == 0o644


def test_a_run_that_never_began_leaves_everything_alone(stderr: StringIO, tmp_path: Path) -> None:
    path = tmp_path / "x.xml"
    path.write_text("the last run's")
    out = StringIO()
    opened(["terminal", f"junit:{path}"], out, stderr).close()
    assert (out.getvalue(), stderr.getvalue()) == ("", "")
    assert [(each, each.read_text()) for each in tmp_path.iterdir()] == [(path, "the last run's")]


def test_a_run_that_broke_off_is_reported_as_far_as_it_came(
    green_run: Events, stderr: StringIO, tmp_path: Path
) -> None:
    path = tmp_path / "x.xml"
    with pytest.raises(RuntimeError), opened([f"junit:{path}"], StringIO(), stderr) as reporters:
        for event in green_run[:-1]:
            reporters.see(event)
        raise RuntimeError
    assert 'name="sql/tests/unit/contacts.sql"' in path.read_text()


@pytest.mark.parametrize("name", ["folder", "file/x.xml"])
def test_a_file_that_cannot_be_is_refused_before_the_run(name: str, stderr: StringIO, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("")
    other = tmp_path / "other.html"
    with pytest.raises(UsageError, match="The report cannot be written to"):
        opened([f"html:{other}", f"junit:{tmp_path / name}"], StringIO(), stderr)
    assert {each.name for each in tmp_path.iterdir()} == {"folder", "file"}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device")
@pytest.mark.parametrize("name", ["tap", "jsonl", "junit", "html", "terminal", "archive"])
def test_a_full_disk_is_one_warning_and_the_others_go_on(
    name: str, busy_run: Events, stderr: StringIO, tmp_path: Path
) -> None:
    good = tmp_path / "good.tap"
    tell(opened([f"{name}:/dev/full", f"tap:{good}"], StringIO(), stderr), busy_run)
    assert stderr.getvalue() == (
        f"warning: the {name} report (/dev/full) is incomplete: No space left on device\n"
    )
    assert good.read_text().endswith("1..22\n")


class BrokenPipe(StringIO):
    def write(self, text: str) -> int:
        raise BrokenPipeError(32, "Broken pipe")


def test_a_reader_that_has_left_is_no_mistake(green_run: Events, stderr: StringIO, tmp_path: Path) -> None:
    good = tmp_path / "good.tap"
    tell(opened(["terminal", f"tap:{good}"], BrokenPipe(), stderr), green_run)
    assert stderr.getvalue() == ""
    assert good.read_text().endswith("1..4\n")


@pytest.fixture
def narrow() -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(), encoding="ascii", write_through=True)


def written(out: io.TextIOWrapper) -> bytes:
    out.seek(0)
    return bytes(out.buffer.read())


def test_a_terminal_that_knows_only_ascii_gets_ascii(
    busy_run: Events, stderr: StringIO, narrow: io.TextIOWrapper
) -> None:
    tell(opened(["terminal"], narrow, stderr), busy_run)
    text = written(narrow)
    assert stderr.getvalue() == ""
    assert b"FAIL  5 of 17 tests" in text
    assert text.isascii()
    assert b"\\u" not in text


def test_a_terminal_spells_out_what_it_does_not_know(stderr: StringIO, narrow: io.TextIOWrapper) -> None:
    tell(opened(["terminal"], narrow, stderr), [Warned(sentence="日")])
    assert b"warning: \\u65e5\n" in written(narrow)


def test_a_program_gets_utf8_whatever_the_terminal_knows(stderr: StringIO, narrow: io.TextIOWrapper) -> None:
    tell(opened(["jsonl"], narrow, stderr), [Warned(sentence="日本")])
    assert "日本" in written(narrow).decode("utf-8")


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, ReportOptions()),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, ReportOptions(colour=False)),
        ({"NO_COLOR": "", "FORCE_COLOR": "1"}, ReportOptions(colour=True)),
        ({"TERM": "dumb"}, ReportOptions(colour=False, live=False)),
        ({"GITHUB_STEP_SUMMARY": "/x/y"}, ReportOptions(job_summary=Path("/x/y"))),
    ],
)
def test_the_environment_shapes_reports(environment: dict[str, str], expected: ReportOptions) -> None:
    assert options_from(environment) == expected
    assert options_from({}, verbosity=Verbosity.QUIET).verbosity is Verbosity.QUIET


def imported(code: str) -> set[str]:
    """Name the modules that a fresh interpreter has imported after running some code."""
    shown = f"import sys\n{code}\nprint('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", shown], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def heavy(modules: set[str]) -> Iterator[str]:
    expensive = ("rich", "tarfile", "xml", "jinja2", "psycopg", "socket", "subprocess")
    return (name for name in expensive if name in modules)


OPEN_A_LOG = """
import io
from pgassay.report.choice import parse_format
from pgassay.report.open import open_reporters
from pgassay.report.reporter import ReportOptions
out = io.StringIO()
open_reporters([parse_format("terminal")], stdout=out, stderr=out, options=ReportOptions())
"""


def test_a_plain_log_imports_nothing_heavy() -> None:
    assert list(heavy(imported(OPEN_A_LOG))) == []
