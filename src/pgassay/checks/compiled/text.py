"""Puts something else in the places of a query's parameters, and quotes text for SQL."""

import re
from collections.abc import Callable

from pgassay.pg.query import Query

_TOKEN = re.compile(r"--[^\n]*|/\*.*?\*/|\$\$.*?\$\$|\$(?P<place>\d+)|'(?:[^']|'')*'|\"[^\"]*\"", re.DOTALL)


def placed(query: Query, spell: Callable[[str], str]) -> str:
    """Give the query's text with ``spell(name)`` where a parameter is."""

    def put(token: "re.Match[str]") -> str:
        place = token["place"]
        return token[0] if place is None else spell(query.parameters[int(place) - 1])

    return _TOKEN.sub(put, query.text)


def dollar_quoted(text: str, *, tag: str) -> str:
    """Quote a text so that it stays readable; the tag is changed until the text does not hold it."""
    while f"${tag}$" in text:
        tag += "_"
    return f"${tag}${text}${tag}$"
