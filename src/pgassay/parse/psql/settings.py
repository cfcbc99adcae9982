r"""What ``\pset`` and its short forms do to the output format."""

from collections.abc import Callable
from dataclasses import replace

from pgassay.parse.psql.steps import OutputFormat
from pgassay.parse.psql.variables import RefusedValue, boolean, choice

_FORMATS = (
    "aligned", "asciidoc", "csv", "html", "latex", "latex-longtable", "troff-ms", "unaligned", "wrapped",
)  # fmt: skip
_WITHOUT_EFFECT = frozenset({
    "border", "columns", "csv_fieldsep", "linestyle", "pager", "pager_min_lines", "tableattr", "T",
    "unicode_border_linestyle", "unicode_column_linestyle", "unicode_header_linestyle", "xheader_width",
})  # fmt: skip


class PsqlOnly(Exception):
    """Something that only the real psql can do; ``why`` is a clause that ends the sentence "it …"."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def with_option(current: OutputFormat, name: str, value: str | None) -> OutputFormat:
    """Give the format after ``\\pset name value``.

    Raises RefusedValue with psql's words, or PsqlOnly for a format that is not printed here.
    """
    if name in _WITHOUT_EFFECT:
        return current
    change = _OPTIONS.get(name)
    if change is None:
        raise RefusedValue(f"\\pset: unknown option: {name}")
    return change(current, value)


def _format(current: OutputFormat, value: str | None) -> OutputFormat:
    if value is None:
        return current
    matches = [each for each in _FORMATS if each.startswith(value.lower())]
    if not matches:
        raise RefusedValue(f"\\pset: allowed formats are {', '.join(_FORMATS)}")
    if matches != ["unaligned"]:
        raise PsqlOnly(f"prints results in the format {value}")
    return current


def _expanded(current: OutputFormat, value: str | None) -> OutputFormat:
    if value is None:
        return replace(current, expanded=not current.expanded)
    try:
        # Unaligned output is never expanded by itself.
        return replace(current, expanded=value.lower() != "auto" and boolean(value, "expanded"))
    except RefusedValue:
        choice(value, "expanded", ("on", "off", "auto"))
        raise


def _tuples_only(current: OutputFormat, value: str | None) -> OutputFormat:
    chosen = not current.tuples_only if value is None else boolean(value, "tuples_only")
    return replace(current, tuples_only=chosen)


def _footer(current: OutputFormat, value: str | None) -> OutputFormat:
    return replace(current, footer=not current.footer if value is None else boolean(value, "footer"))


def _numeric_locale(current: OutputFormat, value: str | None) -> OutputFormat:
    if value is None or boolean(value, "numericlocale"):
        raise PsqlOnly("prints numbers as the locale has them")
    return current


def _null(current: OutputFormat, value: str | None) -> OutputFormat:
    return current if value is None else replace(current, null=value)


def _fieldsep(current: OutputFormat, value: str | None) -> OutputFormat:
    return current if value is None else replace(current, fieldsep=value)


def _recordsep(current: OutputFormat, value: str | None) -> OutputFormat:
    return current if value is None else replace(current, recordsep=value)


def _title(current: OutputFormat, value: str | None) -> OutputFormat:
    return replace(current, title=value or "")


_OPTIONS: dict[str, Callable[[OutputFormat, str | None], OutputFormat]] = {
    "format": _format,
    "x": _expanded,
    "expanded": _expanded,
    "vertical": _expanded,
    "t": _tuples_only,
    "tuples_only": _tuples_only,
    "footer": _footer,
    "null": _null,
    "fieldsep": _fieldsep,
    "fieldsep_zero": lambda current, _: replace(current, fieldsep="\0"),
    "recordsep": _recordsep,
    "recordsep_zero": lambda current, _: replace(current, recordsep="\0"),
    "title": _title,
    "C": _title,
    "numericlocale": _numeric_locale,
}
