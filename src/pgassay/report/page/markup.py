"""HTML put together from values: whatever is not markup itself is escaped, so nothing can be forgotten."""

from html import escape

from pgassay.report.words import visible


class Markup(str):
    """Text that is HTML already."""

    __slots__ = ()


Child = Markup | str | None

_VOID = frozenset({"meta", "input", "rect", "br"})


def element(tag: str, *children: Child, **attributes: str | bool | None) -> Markup:
    """Make an element.

    Children that are ``None`` are left out. In names of attributes a trailing underscore is dropped and
    others become hyphens; ``True`` gives an attribute without a value, ``False`` and ``None`` give none.
    """
    written = "".join(_attribute(name, value) for name, value in attributes.items())
    if tag in _VOID:
        return Markup(f"<{tag}{written}>")
    return Markup(f"<{tag}{written}>{joined(*children)}</{tag}>")


def joined(*children: Child) -> Markup:
    """Put children side by side."""
    return Markup("".join(_child(child) for child in children if child is not None))


def _child(child: Markup | str) -> str:
    return child if isinstance(child, Markup) else escape(visible(child))


def _attribute(name: str, value: str | bool | None) -> str:
    if value is None or value is False:
        return ""
    spelled = name.rstrip("_").replace("_", "-")
    return f" {spelled}" if value is True else f' {spelled}="{escape(visible(value))}"'
