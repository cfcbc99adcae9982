from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings

from pgassay.model.errors import UsageError
from pgassay.model.events.suite import SuiteEvent, Warned
from pgassay.report.jsonl_codec import decode, encode, read_events
from sample_runs import arbitrary_runs

Events = tuple[SuiteEvent, ...]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(arbitrary_runs())
def test_every_event_comes_back_as_it_was(events: list[SuiteEvent]) -> None:
    lines = [encode(event, first=index == 0) for index, event in enumerate(events)]
    assert list(read_events(lines)) == events
    assert all("\n" not in line and "\r" not in line for line in lines)


def test_the_file_that_a_run_writes_is_read_back(busy_run: Events, report: Callable[..., str]) -> None:
    lines = report("jsonl", busy_run).splitlines()
    assert tuple(read_events(lines)) == busy_run
    assert lines[0].startswith('{"event":"run_started","schema":1,')
    assert sum('"schema"' in line for line in lines) == 1


def test_a_byte_that_was_not_utf8_is_spelled_out() -> None:
    line = encode(Warned(sentence="caf\udce9", remedy='"\\'))
    assert decode(line) == Warned(sentence="caf\\udce9", remedy='"\\')


def test_fields_of_a_later_version_are_ignored() -> None:
    assert decode('{"event":"warned","sentence":"x","colour":"red"}') == Warned(sentence="x")


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ('{"event":"run_started","schema":2}', "These events are of version 2; this pgassay reads up to 1."),
        ('{"event":"exploded"}', 'There is no event "exploded".'),
        ('{"sentence":"x"}', "This line is not an event of pgassay"),
        ('{"event":"warned"}', "This line is not an event of pgassay"),
        ("ok 1 - x", "This line is not an event of pgassay"),
    ],
)
def test_what_is_no_event_is_refused(line: str, sentence: str) -> None:
    with pytest.raises(UsageError) as caught:
        decode(line)
    assert caught.value.sentence.startswith(sentence)


def test_an_error_names_its_line() -> None:
    with pytest.raises(UsageError, match=r"^Line 3: "):
        list(read_events(['{"event":"warned","sentence":"x"}', "", "?"]))
