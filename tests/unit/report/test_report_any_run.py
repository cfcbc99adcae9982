"""Whatever a run contains, every format writes it without an error, in text that any file can take."""

import io

import pytest
from hypothesis import HealthCheck, given, settings

from pgassay.model.events.suite import SuiteEvent
from pgassay.report.choice import format_names, load_format
from pgassay.report.reporter import ReportOptions, Verbosity
from sample_runs import arbitrary_runs


@pytest.mark.parametrize("name", format_names())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(arbitrary_runs())
def test_any_run(name: str, told: list[SuiteEvent]) -> None:
    data = io.BytesIO()
    out = io.TextIOWrapper(data, encoding="utf-8", errors="backslashreplace")
    reporter = load_format(name).open_reporter(out, options=ReportOptions(verbosity=Verbosity.VERBOSE))
    for event in told:
        reporter.see(event)
    reporter.close()
    out.flush()
    if name != "archive":
        text = data.getvalue().decode("utf-8")
        assert "\x1b" not in text and "\0" not in text
