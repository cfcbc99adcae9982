"""How fast a database grows, and what of that is too fast."""

from dataclasses import dataclass
from datetime import datetime

from pgassay.model.check import Level


@dataclass(frozen=True, slots=True, kw_only=True)
class GrowthLimits:
    """What is too fast: ``percent`` and ``least_bytes`` within a week, or ``limit_bytes`` within ``days``.

    ``limit_bytes`` is the size that must not be reached, 0 where there is none.
    """

    percent: float
    least_bytes: float
    limit_bytes: float
    days: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Growth:
    """What is said of it. ``per_day`` is in bytes, ``None`` where too little is known.

    ``pending_until`` is set where there cannot be enough to judge by yet: until when that is so.
    """

    level: Level
    sentence: str
    remedy: str = ""
    per_day: float | None = None
    samples: int = 0
    pending_until: datetime | None = None
