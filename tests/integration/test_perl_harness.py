"""Our TAP reader against Perl's own TAP::Parser: the corpus, and seeded random streams."""

import json
import random
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from tap_facts import Facts, facts_of, limited, read

CORPUS = Path(__file__).parents[1] / "cases" / "tap"
PERL = shutil.which("perl")
pytestmark = pytest.mark.skipif(PERL is None, reason="perl is not installed")

LINES = [
    "ok {n} - a", "ok {n} - a", "ok {n} - a", "ok {n} - a", "not ok {n} - b", "ok", "not ok", "ok {n}",
    "not ok {n}", "ok {k} - out of order", "okay", "ok{n}", "not  ok {n}", "ok {n}|ok 2",
    "not ok {n} - b # TODO later", "ok {n} - b # TODO", "ok {n} # SKIP why", "not ok {n} # skip",
    "not ok {n} a # b # TODO c", "ok {n} # TODO\tx", "not ok {n} a \\# TODO b", "not ok {n} a\\\\# TODO b",
    "not ok {n} #todo", "not ok {n} # TODOs", "not ok {n}#TODO:", "1..{n}", "1..{n}", "1..{k}", "1..0",
    "1..0 # SKIP not here", "1..0#skip", "1..{n} # SKIP x", "1..{n} todo {k} 2", "1..{n} todo",
    "1..0 todo 1", "1..00{k}", "1..{n}x", "1..", "1..{n} \t", " 1..{n}", "1..99999999999999999999",
    "# comment", "#", "# Failed test {n}", "# Subtest: x", "    # Subtest: x", "    ok 1 - nested",
    "    1..1", "", "   ", "hello", "Bail out!", "Bail out! why", "  Bail out!x", "bail out!",
    "TAP version 13", "TAP version 13", "tap Version 13 ", "TAP version 12", "TAP version 14",
    "TAP version 99999999999999999999", "TAP version", "not", " not ", "not\t", "pragma +strict",
    "pragma -strict, +x", "pragma +strict,-strict", "pragma strict", "ok\r", "ok {n} - a\r",
    "not ok {n} - b # TODO x\r", "1..{n}\r", "Bail out! r\r", "ok {n} \u00e4", "ok\u00e4 {n}", "\u00a0ok",
    "ok \u0663", "ok 99999999999999999999", "ok 0{n}", "ok -{n}", "ok +{n}", "ok {n}.5", "  ---", "  ...",
    "  a: 1",
]  # fmt: skip
YAML = [
    "---", "--- x", "--- '", "--- {}", "a: 1", "b:", "  c: 2", "  - x", "- y", "- k: v", "  l: w", "-",
    "  -", "- ", "- - z", "'q' : \"w\"", "\"q", "e: 'x", "f: \"x\\\"y\"", "g: ~", "prose here",
    "h: |\n    text\n      more", "    text", "  ...x", "h:i", "  ...", "    ...", "- 'it''s'", "- \"a\" b",
    "a b: c", "x: >\n    y", "\u00e9: 1", "_: _", ": x", "1:",
]  # fmt: skip


def test_the_corpus_is_read_as_perl_reads_it() -> None:
    streams = sorted(CORPUS.glob("*.tap"))
    _compare([_lines(each) for each in streams], [each.stem for each in streams])


@pytest.mark.parametrize("seed", range(4))
def test_random_streams_are_read_as_perl_reads_them(seed: int) -> None:
    chance = random.Random(seed)
    streams = [_stream(chance) for _ in range(1000)]
    _compare(streams, [f"{seed}:{at}" for at in range(len(streams))])


@pytest.mark.parametrize("seed", range(2))
def test_random_yaml_blocks_are_read_as_perl_reads_them(seed: int) -> None:
    chance = random.Random(seed)
    streams = [_with_block(chance) for _ in range(500)]
    _compare(streams, [f"{seed}:{at}" for at in range(len(streams))])


def _compare(streams: Sequence[list[str]], names: Sequence[str]) -> None:
    theirs = _by_perl(streams)
    assert sum(each is not None for each in theirs) > 0.9 * len(streams)
    for name, lines, facts in zip(names, streams, theirs, strict=True):
        if facts is not None:
            assert facts_of(read(lines)) == facts, (name, lines)


def _by_perl(streams: Sequence[list[str]]) -> list[Facts | None]:
    script = Path(__file__).with_name("tap_parser.pl")
    done = subprocess.run(
        [str(PERL), str(script)],
        input=json.dumps(streams).encode(),
        capture_output=True,
        check=True,
        timeout=300,
    )
    return [None if each is None else limited(each) for each in json.loads(done.stdout)]


def _lines(path: Path) -> list[str]:
    lines = path.read_bytes().decode().split("\n")
    return lines[:-1] if lines[-1] == "" else lines


def _stream(chance: random.Random) -> list[str]:
    lines, number = [], 0
    for _ in range(chance.randrange(12)):
        line = chance.choice(LINES[:9] if chance.random() < 0.5 else LINES)
        number += line.startswith(("ok", "not ok"))
        lines.append(line.format(n=number, k=chance.randrange(6)))
    if chance.random() < 0.3:
        lines.insert(0, "TAP version 13")
    if chance.random() < 0.5:
        lines.append(f"1..{number}")
    return lines


def _with_block(chance: random.Random) -> list[str]:
    """A block of 13; text of several lines is always indented, because Perl seldom ends otherwise."""
    block = [chance.choice(YAML) for _ in range(chance.randrange(7))]
    if chance.random() < 0.8:
        block.insert(0, "---")
    if chance.random() < 0.9:
        block.append("...")
    return ["TAP version 13", "1..2", "ok 1", *("  " + each for each in "\n".join(block).split("\n")), "ok 2"]
