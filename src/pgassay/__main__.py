"""``python -m pgassay``."""

from pgassay.cli.main import main

main()
