"""The entry point: global options, the commands, and errors as sentences.

A command is imported when it is chosen, and what it calls when it runs, so that every command starts at
once.
"""

import json
import os
import sys
from itertools import islice
from pathlib import Path
from typing import Annotated

import click
import typer

from pgassay import __version__
from pgassay.cli.group import CommandGroup
from pgassay.cli.invocation import Invocation
from pgassay.cli.output import say, silence
from pgassay.model.errors import PgassayError
from pgassay.model.exits import Exit

_SWITCHES = frozenset({"--json", "-v", "--verbose", "-q", "--quiet"})
_WITH_VALUE = ("--config", "--target")
_VALUE_IF_BARE = {"--production-safe": "rollback"}

app = typer.Typer(
    name="pgassay",
    cls=CommandGroup,
    help="Tests PostgreSQL databases before, during and after a deployment.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(wanted: bool) -> None:
    if wanted:
        say(f"pgassay {__version__}")
        raise typer.Exit


@app.callback()
def pgassay(  # noqa: PLR0913 - one parameter an option
    context: typer.Context,
    *,
    config: Annotated[Path | None, typer.Option(help="The settings file to use.", metavar="FILE")] = None,
    target: Annotated[
        str | None, typer.Option(help="The database: a name from the settings, or a URL.", metavar="NAME|URL")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
    verbose: Annotated[bool, typer.Option("-v", "--verbose", help="Say more.")] = False,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Say only what is wrong.")] = False,
    version: Annotated[
        bool, typer.Option("--version", help="Print the version.", callback=_show_version, is_eager=True)
    ] = False,
) -> None:
    """Tests PostgreSQL databases before, during and after a deployment."""
    verbosity = int(verbose) - int(quiet)
    context.obj = Invocation(config_file=config, target=target, json=as_json, verbosity=verbosity)


def main() -> None:
    """Run the command line and leave with its exit code."""
    try:
        code = app(args=in_front(sys.argv[1:]), standalone_mode=False)
    except click.ClickException as error:
        code = _correct(error)
    except PgassayError as error:
        code = _explain(error)
    except (click.Abort, KeyboardInterrupt):
        code = Exit.INTERRUPTED
    except BrokenPipeError:
        silence()
        code = Exit.INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the last resort: a bug is a sentence, too
        code = _confess(error)
    sys.exit(code or Exit.OK)


def in_front(words: list[str]) -> list[str]:
    """Put the global options in front of the command: a person may write them anywhere."""
    front: list[str] = []
    rest: list[str] = []
    left = iter(words)
    for word in left:
        if word == "--":
            rest += [word, *left]
        elif word in _SWITCHES or word.startswith(tuple(f"{name}=" for name in _WITH_VALUE)):
            front.append(word)
        elif word in _WITH_VALUE:
            front += [word, *islice(left, 1)]
        else:
            rest.append(f"{word}={_VALUE_IF_BARE[word]}" if word in _VALUE_IF_BARE else word)
    return front + rest


def _correct(error: click.ClickException) -> Exit:
    """Show how the command is written, which only who typed it has to know."""
    _document(error.format_message(), "pgassay COMMAND --help", Exit.USAGE)
    error.show()
    return Exit.USAGE


def _document(sentence: str, remedy: str, code: Exit) -> None:
    if "--json" in sys.argv[1:]:
        said = {"sentence": sentence, "remedy": remedy, "exit": int(code)}
        say(json.dumps({"format": "pgassay.error/1", "error": said}))


def _explain(error: PgassayError) -> Exit:
    _document(error.sentence, error.remedy, error.exit_code)
    sys.stderr.write(f"pgassay: {error.sentence}\n")
    if error.remedy:
        sys.stderr.write(f"  {error.remedy}\n")
    return error.exit_code


def _confess(error: Exception) -> Exit:
    sys.stderr.write(f"pgassay: This is a bug in pgassay: {type(error).__name__}: {error}\n")
    if os.environ.get("LOG_LEVEL", "").upper() == "DEBUG":
        raise error
    sys.stderr.write("  Please report it with what LOG_LEVEL=DEBUG prints.\n")
    return Exit.BUG
