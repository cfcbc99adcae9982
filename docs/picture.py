"""Makes the README's picture: what a terminal shows, as it comes on standard input with its colours, as SVG.

tmux new-session -d -x 96 -y 40 -s picture 'pgassay demo; sleep 60'
tmux capture-pane -e -p -t picture | python docs/picture.py > docs/images/terminal.svg
"""

import re
import sys
from io import StringIO

from rich.console import Console
from rich.text import Text

_COLUMNS = 96


def main() -> None:
    """Read a screen, write a picture."""
    console = Console(record=True, width=_COLUMNS, file=StringIO(), force_terminal=True)
    console.print(Text("$ pgassay demo", style="bold"))
    console.print(Text.from_ansi(sys.stdin.read().rstrip()))
    picture = console.export_svg(title="pgassay")
    # No font is fetched from anywhere: whoever looks at it has a monospaced one.
    sys.stdout.write(re.sub(r"@font-face \{.*?\}\s*|<!--.*?-->\s*", "", picture, flags=re.DOTALL))


if __name__ == "__main__":
    main()
