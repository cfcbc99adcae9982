"""The entry point."""


def main() -> None:
    """Run the command line."""
    raise SystemExit(70)
