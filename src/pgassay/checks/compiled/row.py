"""One check as a row of the list that a compiled function works through."""

import json
from dataclasses import asdict

from pgassay.checks import obstacles
from pgassay.checks.compiled.text import dollar_quoted, placed
from pgassay.checks.contract import Check, ProbeCheck
from pgassay.checks.parameters import SHARED, encode
from pgassay.checks.surroundings import Lack, Surroundings
from pgassay.model.check import CheckInfo, Finding
from pgassay.model.message import ServerMessage

_ROLE, _MESSAGE = "@role@", "@message@"
"""What the function knows only when it runs."""


def check_row(place: int, check: Check, *, major: int) -> str:
    """Give the row: its place, what is known of it, what may stand in its way, and its query."""
    info = check.info
    parameters = _parameters(check)
    names = [each["name"] for each in parameters]
    asks = not isinstance(check, ProbeCheck) and info.fits(major)
    text = "null"
    if asks and not isinstance(check, ProbeCheck):
        sql = placed(check.query, lambda name: f"($1)[{names.index(name) + 1}]")
        text = dollar_quoted(f"\n{sql}\n", tag="query")
    cells = [
        str(place),
        f"'{info.name}'",
        f"'{info.areas[0]}'",
        f"'{info.level}'",
        dollar_quoted(info.help, tag="help"),
        dollar_quoted(_json(parameters), tag="parameters") + "::jsonb",
        dollar_quoted(_json(_obstacles(check, major)), tag="obstacles") + "::jsonb",
        text,
    ]
    return "(" + ",\n".join(cells) + ")"


def _parameters(check: Check) -> list[dict[str, str]]:
    """Describe the parameters in the order in which the query gets them: its own first, then the shared."""
    own = [
        {"name": each.name, "kind": str(each.kind), "default": encode(each.kind, each.default)}
        for each in check.info.parameters
    ]
    named = {each["name"] for each in own}
    return own + [{"name": name, "kind": "names", "default": "{}"} for name in SHARED if name not in named]


def _obstacles(check: Check, major: int) -> dict[str, object]:
    info = check.info
    return {
        "lacks": [
            {
                "kind": str(need.kind),
                "name": need.name,
                "missing": _plain(obstacles.lacking(info, Lack(need=need), role=_ROLE)),
                "available": _plain(obstacles.lacking(info, Lack(need=need, available=True), role=_ROLE)),
            }
            for need in info.needs
        ],
        "unasked": _plain(_unasked(check, major)),
        "refused": {state: _plain(found) for state in _STATES if (found := _refused(info, state))},
        "broken": _plain(obstacles.broken(info, f"The server refused its query: {_MESSAGE}.")),
    }


_STATES = ("42501", "55P03", "42P01", "42883", "3F000", "42704", "42703", "55000", "0A000", "58P01")


def _refused(info: CheckInfo, state: str) -> Finding | None:
    error = ServerMessage(severity="ERROR", sqlstate=state, message=_MESSAGE)
    return obstacles.refused(info, error, role=_ROLE)


def _unasked(check: Check, major: int) -> Finding:
    """Say why a check without a query has none here."""
    if isinstance(check, ProbeCheck):
        return obstacles.not_verified(
            check.info, "SQL alone cannot tell.", f"pgassay checks run {check.info.name}"
        )
    return obstacles.wrong_version(check.info, Surroundings(major=major))


def _plain(finding: Finding) -> dict[str, object]:
    told = asdict(finding)
    return {name: told[name] for name in ("object", "level", "detail", "remediation")}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
