"""The shape of a rule. A rule is one module in ``rules`` with a constant ``RULE``, found by looking."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pgassay.parse.sql.case import Case
from pgassay.parse.sql.finding import Finding
from pgassay.parse.sql.grammar import Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What one kind of harm is, and how it is seen.

    ``title`` completes "stops a test that …". ``kinds`` are the node types that ``judge`` is asked about.
    ``functions`` are names, or beginnings with ``*``, of functions whose calls it is asked about; a call
    is a ``FuncCall``.
    """

    name: str
    title: str
    judge: Callable[[Node, Case], Iterator[Finding]]
    kinds: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()
