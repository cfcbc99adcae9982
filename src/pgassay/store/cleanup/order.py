"""Puts rows into an order in which they can be removed: first what refers to others. Pure.

Rows that refer to each other in a circle form one unit (R. E. Tarjan's strongly connected components, 1972).
Such a circle is opened at references that need not hold until the end of the transaction, or that may be
nothing; where it has none, the unit cannot be removed.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

N = TypeVar("N", bound=Hashable)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference(Generic[N]):
    """``child`` refers to ``parent``, by the foreign key of that name.

    ``deferrable``: it may be broken until the end of the transaction. ``yielding``: the server itself removes
    or nulls it when the parent goes. ``nullable``: it may be nothing.
    """

    child: N
    parent: N
    key: str
    deferrable: bool = False
    yielding: bool = False
    nullable: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit(Generic[N]):
    """Rows that are removed together, in this order.

    ``deferred``, ``yielding`` and ``nulled`` are the references at which a circle is opened. ``stuck`` are
    foreign keys of a circle that cannot be opened; nothing of the unit can be removed then.
    """

    members: tuple[N, ...]
    deferred: tuple[Reference[N], ...] = ()
    yielding: tuple[Reference[N], ...] = ()
    nulled: tuple[Reference[N], ...] = ()
    stuck: tuple[str, ...] = ()


def units(nodes: Sequence[N], references: Iterable[Reference[N]]) -> tuple[Unit[N], ...]:
    """Give the units in the order in which they can be removed; ties in the order of ``nodes``."""
    known = set(nodes)
    kept = [
        each
        for each in references
        if each.child != each.parent and each.child in known and each.parent in known
    ]
    children: defaultdict[N, list[N]] = defaultdict(list)
    for each in kept:
        children[each.parent].append(each.child)
    place = {node: at for at, node in enumerate(nodes)}
    found = _components(nodes, children)
    inside = {node: at for at, component in enumerate(found) for node in component}
    within: defaultdict[int, list[Reference[N]]] = defaultdict(list)
    for each in kept:
        if inside[each.child] == inside[each.parent]:
            within[inside[each.child]].append(each)
    return tuple(
        _unit(sorted(component, key=place.__getitem__), within[at]) for at, component in enumerate(found)
    )


def _unit(members: list[N], references: list[Reference[N]]) -> Unit[N]:
    """Open a circle at as little as possible: at what can be deferred, then also at what can be nothing."""
    if len(members) == 1:
        return Unit(members=tuple(members))
    deferred = tuple(each for each in references if each.deferrable)
    yielding = tuple(each for each in references if each.yielding)
    hard = [each for each in references if not (each.deferrable or each.yielding)]
    order = _sorted(members, hard)
    if order is not None:
        return Unit(members=order, deferred=deferred, yielding=yielding)
    harder = [each for each in hard if not each.nullable]
    order = _sorted(members, harder)
    if order is None:
        return Unit(members=tuple(members), stuck=tuple(sorted({each.key for each in harder})))
    nulled = tuple(each for each in hard if each.nullable)
    return Unit(members=order, deferred=deferred, yielding=yielding, nulled=nulled)


def _sorted(members: list[N], references: list[Reference[N]]) -> tuple[N, ...] | None:
    """Order children before parents; ``None`` where a circle is left."""
    children: dict[N, set[N]] = {each: set() for each in members}
    for each in references:
        children[each.parent].add(each.child)
    done: dict[N, None] = {}
    while len(done) < len(members):
        ready = [each for each in members if each not in done and children[each] <= done.keys()]
        if not ready:
            return None
        done.update(dict.fromkeys(ready))
    return tuple(done)


def _components(nodes: Sequence[N], children: Mapping[N, list[N]]) -> list[list[N]]:
    """Give the components, each behind those that its members' children are in."""
    search = _Search(children)
    for node in nodes:
        if node not in search.index:
            search.visit(node)
    return search.found


class _Search(Generic[N]):
    """Tarjan's search, with a stack of its own: chains of rows may be longer than Python's."""

    def __init__(self, children: Mapping[N, list[N]]) -> None:
        self.index: dict[N, int] = {}
        self.found: list[list[N]] = []
        self._children = children
        self._low: dict[N, int] = {}
        self._stack: list[N] = []
        self._on_stack: set[N] = set()

    def visit(self, root: N) -> None:
        work = [(root, self._enter(root))]
        while work:
            node, left = work[-1]
            child = next(left, None)
            if child is None:
                work.pop()
                self._leave(node, work[-1][0] if work else None)
            elif child not in self.index:
                work.append((child, self._enter(child)))
            elif child in self._on_stack:
                self._low[node] = min(self._low[node], self.index[child])

    def _enter(self, node: N) -> Iterator[N]:
        self.index[node] = self._low[node] = len(self.index)
        self._stack.append(node)
        self._on_stack.add(node)
        return iter(self._children.get(node, ()))

    def _leave(self, node: N, above: N | None) -> None:
        if above is not None:
            self._low[above] = min(self._low[above], self._low[node])
        if self._low[node] != self.index[node]:
            return
        component: list[N] = []
        while not component or component[-1] != node:
            component.append(self._stack.pop())
            self._on_stack.discard(component[-1])
        self.found.append(component)
