"""Reads what a check's query gave as findings, and fills the remediation in."""

import json
import re
from collections.abc import Iterator, Mapping

from pgassay.model.check import CheckInfo, Finding, Level, Scalar
from pgassay.pg.reply import Reply

COLUMNS = ("object", "detail", "level", "remediation", "metadata")
_BLANK = re.compile(r"\{(\w+)\}")


class NoFinding(ValueError):
    """A row that is no finding, with a sentence on what is wrong with it."""


def findings_of(check: CheckInfo, reply: Reply) -> tuple[Finding, ...]:
    """Read a reply.

    Raises:
        NoFinding: the query gives other columns, or a value that does not fit.
    """
    _demand_columns(reply.columns)
    return tuple(_finding(check, row) for row in _by_name(reply))


def filled(template: str, values: Mapping[str, Scalar]) -> str:
    """Fill in ``{name}`` for each name that is known; others stay as they are."""
    return _BLANK.sub(lambda found: str(values.get(found[1], found[0])), template)


def _demand_columns(columns: tuple[str, ...]) -> None:
    missing = [name for name in COLUMNS[:2] if name not in columns]
    stray = [name for name in columns if name not in COLUMNS]
    if missing or stray or len(set(columns)) < len(columns):
        what = f"lacks the column {missing[0]}" if missing else f"gives the column {(stray or columns)[0]}"
        raise NoFinding(f"Its query {what}; the columns of a finding are {', '.join(COLUMNS)}.")


def _by_name(reply: Reply) -> Iterator[dict[str, str | None]]:
    for row in reply.rows:
        yield dict(zip(reply.columns, row, strict=True))


def _finding(check: CheckInfo, row: Mapping[str, str | None]) -> Finding:
    named = row["object"]
    if named is None:
        raise NoFinding("Its query gives a row whose object is null.")
    level = _level(row.get("level"), check.level)
    metadata = _metadata(row.get("metadata"))
    remediation = row.get("remediation")
    if remediation is None and level is not Level.PASSED:
        remediation = filled(check.help, dict(metadata) | {"object": named})
    return Finding(
        check=check.name,
        object=named,
        level=level,
        detail=row["detail"] or "",
        remediation=remediation or "",
        metadata=metadata,
    )


def _level(text: str | None, default: Level) -> Level:
    try:
        return default if text is None else Level(text)
    except ValueError:
        raise NoFinding(f"Its query gives the level {text!r}; there are {', '.join(Level)}.") from None


def _metadata(text: str | None) -> tuple[tuple[str, Scalar], ...]:
    if text is None:
        return ()
    try:
        said = json.loads(text)
    except ValueError:
        said = None
    if not isinstance(said, dict):
        raise NoFinding("Its query gives metadata that is no JSON object: use jsonb_build_object(…).")
    return tuple((key, _scalar(value)) for key, value in said.items())


def _scalar(value: object) -> Scalar:
    if isinstance(value, str | int | float | bool) or value is None:
        return value
    return json.dumps(value, ensure_ascii=False)
