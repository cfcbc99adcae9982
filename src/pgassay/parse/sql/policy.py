"""What a user allows, or forbids, beyond what the rules say: by rule, and with a reason."""

from dataclasses import dataclass, replace

from pgassay.model.errors import UsageError
from pgassay.parse.sql.finding import Finding, Verdict

NEVER_RELAXED = frozenset({"commits", "not_transactional"})
"""Rules whose relaxation would take the ground from under the promise that everything is rolled back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """The verdict that all findings of a rule get. Raises UsageError for a relaxation without a reason."""

    rule: str
    verdict: Verdict
    reason: str = ""

    def __post_init__(self) -> None:
        if self.verdict is Verdict.REFUSED:
            return
        if not self.reason.strip():
            raise UsageError(
                f"the policy relaxes the rule {self.rule} without a reason",
                remedy='say why it is safe on this target: reason = "…"',
            )
        if self.rule in NEVER_RELAXED:
            raise UsageError(
                f"the rule {self.rule} cannot be relaxed: what it stops would not be rolled back",
                remedy="run the file against a clone instead: pgassay test --isolation clone",
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """All overrides, at most one a rule. Raises UsageError for a second one."""

    overrides: tuple[Override, ...] = ()

    def __post_init__(self) -> None:
        names = [each.rule for each in self.overrides]
        for name in names:
            if names.count(name) > 1:
                raise UsageError(f"the policy has the rule {name} twice")

    def check(self, rules: tuple[str, ...]) -> None:
        """Raise UsageError for an override of a rule that there is not."""
        for each in self.overrides:
            if each.rule not in rules:
                raise UsageError(
                    f"the policy names the rule {each.rule}, which does not exist",
                    remedy=f"the rules are {', '.join(rules)}",
                )

    def apply(self, finding: Finding) -> Finding:
        """Give the finding with the verdict that the policy has for its rule."""
        for each in self.overrides:
            if each.rule == finding.rule and each.verdict is not finding.verdict:
                return replace(finding, verdict=each.verdict, reason=each.reason)
        return finding
