"""Puts environment variables into a URL: ``${NAME}``, and nothing else that a shell would do."""

import re
from collections.abc import Mapping

_REFERENCE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")


def expand(text: str, environ: Mapping[str, str]) -> str:
    """Replace each ``${NAME}``. The values go in as they are, so those of a URL must be percent-encoded.

    Raises:
        KeyError: a variable is not set; its name is the argument.
    """
    return _REFERENCE.sub(lambda found: environ[found[1]], text)
