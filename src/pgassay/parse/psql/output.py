"""A result as the text that psql prints for it, unaligned."""

from collections.abc import Iterator, Sequence

from pgassay.parse.psql.steps import OutputFormat

Row = Sequence[str | None]


def render(columns: Sequence[str], rows: Sequence[Row], form: OutputFormat) -> str:
    """Give the exact text, with its closing newline; empty where psql prints nothing.

    ``rows`` hold one value a column as the server sent it, ``None`` for null.
    """
    separator = form.recordsep
    text = (_expanded if form.expanded else _table)(columns, rows, form)
    if text is None:
        return ""
    # The last record always ends its line, unless records are separated by NUL as for xargs -0.
    return text + ("\0" if separator == "\0" else "\n")


def _table(columns: Sequence[str], rows: Sequence[Row], form: OutputFormat) -> str | None:
    records = [_record(row, form) for row in rows] if columns else []
    if form.tuples_only:
        return form.recordsep.join(records) if records else None
    title = form.title + form.recordsep if form.title else ""
    footer = [f"({len(rows)} {'row' if len(rows) == 1 else 'rows'})"] if form.footer else []
    return title + form.recordsep.join([form.fieldsep.join(columns), *records, *footer])


def _record(row: Row, form: OutputFormat) -> str:
    if len(row) == 1:
        return form.null if row[0] is None else row[0]
    return form.fieldsep.join([form.null if value is None else value for value in row])


def _expanded(columns: Sequence[str], rows: Sequence[Row], form: OutputFormat) -> str | None:
    records = list(_expanded_records(columns, rows, form))
    if not form.tuples_only and form.title:
        records.insert(0, form.title)
    return (form.recordsep * 2).join(records) if records else None


def _expanded_records(columns: Sequence[str], rows: Sequence[Row], form: OutputFormat) -> Iterator[str]:
    for row in rows if columns else ():
        yield form.recordsep.join(
            f"{column}{form.fieldsep}{form.null if value is None else value}"
            for column, value in zip(columns, row, strict=True)
        )
