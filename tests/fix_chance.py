"""Examples that are made up: the same ones in every run, on a machine however slow.

What is new is looked for by the long runs (``-m soak``), whose examples are other ones each time.
"""

import pytest
from hypothesis import HealthCheck, settings


def pytest_configure(config: pytest.Config) -> None:
    """Choose how examples are made up, where a test says nothing else."""
    settings.register_profile(
        "tests",
        deadline=None,
        derandomize=config.getoption("markexpr") != "soak",
        suppress_health_check=[HealthCheck.too_slow],
    )
    settings.load_profile("tests")
