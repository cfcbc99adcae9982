"""The settings of ``[perf]``."""

from dataclasses import dataclass

from pgassay.model.setting import DURATION, PATHS, SWITCH, setting, whole


@dataclass(frozen=True, slots=True, kw_only=True)
class PerfSettings:
    """Everything that ``[perf]`` may say."""

    workload: tuple[str, ...] = setting(
        ("workload",), PATHS, help="Files and folders with the statements that are measured."
    )
    warmup: int = setting(5, whole(least=1), help="Rounds that are not counted; the first is the cold one.")
    rounds: int = setting(15, whole(least=5), help="Rounds that are counted.")
    timeout_s: float = setting(30.0, DURATION, help="How long one statement may take.")
    alerts: bool = setting(True, SWITCH, help="Whether `perf check` raises and resolves alerts.")
