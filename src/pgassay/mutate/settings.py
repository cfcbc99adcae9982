"""The settings of a mutation check: their types, defaults and checks."""

from dataclasses import dataclass
from pathlib import Path

from pgassay.model.setting import PATH, PERCENT, REASONS, TEXTS, setting, whole

JOURNAL = Path(".pgassay/mutate.jsonl")


@dataclass(frozen=True, slots=True, kw_only=True)
class MutateSettings:
    """Everything that ``[mutate]`` may say."""

    at_least: float = setting(
        95.0,
        PERCENT,
        help="The share of mutants that the suite has to notice, excused ones and those that cannot be "
        "applied left out.",
        flag="--at-least",
    )
    excused: tuple[tuple[str, str], ...] = setting(
        (), REASONS, help="Mutants that may survive, each with the reason why nothing can notice it."
    )
    schemas: tuple[str, ...] = setting(
        (), TEXTS, help="The schemas to mutate. Not set: all that are the database's own.", flag="--schema"
    )
    kinds: tuple[str, ...] = setting(
        (), TEXTS, help="The kinds of mutants to try. Not set: all.", flag="--kind"
    )
    jobs: int = setting(2, whole(least=1), help="Parallel workers, each with a clone.", flag="--jobs")
    journal: Path = setting(
        JOURNAL, PATH, help="Where results are kept for --resume, as JSON lines.", flag="--journal"
    )
