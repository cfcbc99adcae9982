"""SARIF 2.1.0, for code scanning: a rule per check, a result per finding that is no *passed*.

What is not verified is a notification of the invocation, as the tool's own limit and no finding. Ignored
findings are results with a suppression. A result stands at the project's own check, else at the settings
file, since an object of a database has no line in any file; its name is a logical location. The standard:
https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

import hashlib
from collections.abc import Iterator
from typing import TextIO

import msgspec

from pgassay import __version__
from pgassay.model.check import CheckInfo, CheckResult, Finding, Level, Waived
from pgassay.model.events.check import CheckEvent
from pgassay.model.exits import Exit
from pgassay.report.checks.record import CheckCollector, CheckRecord
from pgassay.report.checks.sources import is_own_file
from pgassay.report.checks.verdict import exit_of
from pgassay.report.reporter import ReportOptions, Shape

SUMMARY = "for code scanning: SARIF 2.1.0"
SHAPE = Shape.DOCUMENT

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_SETTINGS_FILE = "pgassay.toml"
_LEVELS = {Level.FAILED: "error", Level.WARNING: "warning", Level.INFO: "note"}
_Json = dict[str, object]


def open_reporter(out: TextIO, *, options: ReportOptions) -> "SarifReporter":
    """Report to code scanning; no option changes it."""
    return SarifReporter(out)


class SarifReporter:
    """Collects a run and writes it when it is over."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._collector = CheckCollector()

    def see(self, event: CheckEvent) -> None:
        """Take note."""
        self._collector.see(event)

    def close(self) -> None:
        """Write the log."""
        log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [_run(self._collector.record())]}
        self._out.write(msgspec.json.format(msgspec.json.encode(log), indent=2).decode() + "\n")


def _run(record: CheckRecord) -> _Json:
    places = {each.check.name: place for place, each in enumerate(record.results)}
    driver = {
        "name": "pgassay",
        "version": __version__,
        "rules": [_rule(each.check) for each in record.results],
    }
    run: _Json = {
        "tool": {"driver": driver},
        "invocations": [_invocation(record)],
        "results": [found for each in record.results for found in _results(each, places)],
        "columnKind": "unicodeCodePoints",
    }
    if record.started is not None:
        run["automationDetails"] = {"id": f"pgassay/{'+'.join(record.started.areas) or 'checks'}/"}
    return run


def _rule(check: CheckInfo) -> _Json:
    return {
        "id": check.name,
        "shortDescription": {"text": check.title},
        "fullDescription": {"text": check.reason or check.title},
        "help": {"text": check.help},
        "defaultConfiguration": {"level": _LEVELS[check.level]},
        "properties": {"tags": list(check.areas)},
    }


def _results(result: CheckResult, places: dict[str, int]) -> Iterator[_Json]:
    for finding in result.findings:
        if finding.level in _LEVELS:
            yield _result(result.check, finding, places)
    for waived in result.waived:
        if waived.finding.level in _LEVELS:
            yield _result(result.check, waived.finding, places) | {"suppressions": [_suppression(waived)]}


def _result(check: CheckInfo, finding: Finding, places: dict[str, int]) -> _Json:
    said = f"{finding.object}: {finding.detail}" if finding.detail else finding.object
    message = f"{said}\n{finding.remediation}" if finding.remediation else said
    key = f"{finding.check}\n{finding.object}".encode(errors="backslashreplace")
    return {
        "ruleId": finding.check,
        "ruleIndex": places[finding.check],
        "level": _LEVELS[finding.level],
        "message": {"text": message},
        "locations": [_location(check, finding)],
        "partialFingerprints": {"pgassay/v1": hashlib.sha256(key).hexdigest()},
        "properties": dict(finding.metadata),
    }


def _location(check: CheckInfo, finding: Finding) -> _Json:
    uri = check.path if is_own_file(check) else _SETTINGS_FILE
    return {
        "physicalLocation": {"artifactLocation": {"uri": uri}, "region": {"startLine": 1}},
        "logicalLocations": [{"fullyQualifiedName": finding.object}],
    }


def _suppression(waived: Waived) -> _Json:
    return {"kind": "external", "justification": f"{waived.reason} (until {waived.until})"}


def _invocation(record: CheckRecord) -> _Json:
    code = exit_of(record)
    invocation: _Json = {
        "executionSuccessful": code in (Exit.OK, Exit.RED),
        "exitCode": int(code),
        "toolExecutionNotifications": list(_notifications(record)),
    }
    if record.started is not None:
        invocation["startTimeUtc"] = f"{record.started.at:%Y-%m-%dT%H:%M:%SZ}"
    if record.finished is not None:
        invocation["endTimeUtc"] = f"{record.finished.at:%Y-%m-%dT%H:%M:%SZ}"
    return invocation


def _notifications(record: CheckRecord) -> Iterator[_Json]:
    for result in record.results:
        for finding in result.findings:
            if finding.level is Level.NOT_VERIFIED:
                yield {
                    "level": "error" if result.broken else "warning",
                    "message": {"text": f"Not verified: {finding.detail} {finding.remediation}".rstrip()},
                    "associatedRule": {"id": finding.check},
                }
