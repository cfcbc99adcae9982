"""Which schemas of a backup can be put in the place of those that are there, and which stay as they are."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pgassay.model.rollback import StayingSchema
from pgassay.recovery.rollback.schemas.part import SchemaThen

_STORE = frozenset({"prod_test_schema", "performance_monitoring"})
_TOOLS = frozenset({"pgtap"})
_PLATFORM = frozenset(
    {
        *("auth", "storage", "realtime", "_realtime", "_analytics", "_supavisor", "extensions", "graphql"),
        *("graphql_public", "vault", "pgsodium", "pgsodium_masks", "pgbouncer", "supabase_functions"),
        *("net", "cron", "pgmq", "pgmq_public", "dbdev", "topology", "tiger", "tiger_data", "rdsadmin"),
    }
)
_MARK = '{"pgassay_aside"'


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemaNow:
    """A schema that is there. ``owned``: this role may rename it."""

    name: str
    owner: str
    owned: bool
    of_extension: bool
    comment: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The schemas that are swapped, as the backup has them, and those that stay."""

    swapped: tuple[SchemaThen, ...]
    staying: tuple[StayingSchema, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of those that are swapped."""
        return tuple(each.name for each in self.swapped)


def choose(then: Iterable[SchemaThen], now: Sequence[SchemaNow]) -> Choice:
    """Part them. What was set aside earlier is neither."""
    there = {each.name: each for each in now if not _is_aside(each.comment)}
    backed_up = {each.name: each for each in then if not _is_aside(each.comment)}
    reasons = {name: _why_not(name, there.get(name)) for name in backed_up}
    return Choice(
        swapped=tuple(each for name, each in backed_up.items() if not reasons[name]),
        staying=tuple(sorted(_staying(there, reasons), key=lambda each: each.name)),
    )


def _staying(there: dict[str, SchemaNow], reasons: dict[str, str]) -> Iterator[StayingSchema]:
    for name, now in there.items():
        why = reasons[name] if name in reasons else _why_not(name, now) or "it is not in the backup"
        if why:
            yield StayingSchema(name=name, why=why)


def _why_not(name: str, now: SchemaNow | None) -> str:
    if name in _STORE:
        return "it is the store's"
    if name in _TOOLS:
        return "it is for tests"
    if name in _PLATFORM:
        return "it is the platform's"
    if now is not None and now.of_extension:
        return "it belongs to an extension"
    if now is not None and not now.owned:
        return f"it belongs to {now.owner}"
    if any(each.isspace() for each in name):
        return "there is a blank in its name"
    return ""


def _is_aside(comment: str | None) -> bool:
    return comment is not None and comment.startswith(_MARK)
