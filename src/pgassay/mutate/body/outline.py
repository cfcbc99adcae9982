"""The outline of a PL/pgSQL body: its statements, its conditions, its branches.

Nothing is understood beyond that: expressions and SQL stay text. A body that does not read as expected has an
empty outline, since a change in the wrong place would be worse than none.
"""

from dataclasses import dataclass, field

from pgassay.mutate.body.tokens import Token

_LOOPS = frozenset({"LOOP", "WHILE", "FOR", "FOREACH"})
_ENDS = frozenset({"END", "ELSE", "ELSIF", "ELSEIF", "WHEN", "EXCEPTION"})


class Unreadable(Exception):
    """The body does not read as PL/pgSQL."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A statement without statements in it, its semicolon included.

    ``alone``: nothing else is in its branch.
    """

    tokens: tuple[Token, ...]
    alone: bool = False

    @property
    def words(self) -> tuple[str, str]:
        """Its first two words, empty where there is something else."""
        return self.tokens[0].word, self.tokens[1].word


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """What decides, from ``start`` to ``end``; ``keyword`` is what stands in front of it."""

    keyword: str
    tokens: tuple[Token, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """Statements that run in some case only, other than behind IF and ELSIF."""

    keyword: str
    tokens: tuple[Token, ...]


@dataclass(slots=True)
class Outline:
    """All of a body, each in the order of its end."""

    statements: list[Statement] = field(default_factory=list)
    conditions: list[Condition] = field(default_factory=list)
    branches: list[Branch] = field(default_factory=list)


def outline(tokens: tuple[Token, ...]) -> Outline:
    """Read a body; an empty outline where that fails."""
    reader = _Reader(tokens)
    try:
        reader.block()
    except (Unreadable, IndexError):
        return Outline()
    return reader.found


class _Reader:
    def __init__(self, tokens: tuple[Token, ...]) -> None:
        self.found = Outline()
        self._tokens = tokens
        self._at = 0

    def block(self) -> None:
        """Read ``[DECLARE …] BEGIN … [EXCEPTION …] END``, without what follows."""
        self._label()
        if self._word == "DECLARE":
            self._until("BEGIN")
        self._expect("BEGIN")
        self._statements(branch=False)
        if self._word == "EXCEPTION":
            self._at += 1
            self._whens("EXCEPTION")
        self._expect("END")

    @property
    def _word(self) -> str:
        return self._tokens[self._at].word

    def _expect(self, word: str) -> None:
        if self._word != word:
            raise Unreadable
        self._at += 1

    def _label(self) -> None:
        while self._tokens[self._at].text == "<<":
            self._at += 3

    def _until(self, *words: str) -> tuple[Token, ...]:
        """Pass everything up to a word that no parenthesis and no CASE encloses; stand on it."""
        start, depth, cases = self._at, self._tokens[self._at].depth, 0
        while True:
            token = self._tokens[self._at]
            if token.depth <= depth and cases == 0 and (token.word in words or token.text in words):
                return self._tokens[start : self._at]
            cases += (token.word == "CASE") - (token.word == "END" and cases > 0)
            self._at += 1

    def _statements(self, *, branch: bool) -> None:
        """Read statements up to what ends them."""
        found: list[tuple[Token, ...] | None] = []
        while self._word not in _ENDS:
            found.append(self._statement())
        self.found.statements += [
            Statement(tokens=each, alone=branch and len(found) == 1) for each in found if each is not None
        ]

    def _statement(self) -> tuple[Token, ...] | None:
        """Read one statement; give its tokens if it is a simple one."""
        self._label()
        match self._word:
            case "IF":
                self._if()
            case "CASE":
                self._case()
            case "BEGIN" | "DECLARE":
                self.block()
            case word if word in _LOOPS:
                self._loop(word)
            case _:
                return self._simple()
        self._until(";")
        self._at += 1
        return None

    def _simple(self) -> tuple[Token, ...]:
        start = self._at
        head = self._tokens[start].word
        self._until(";")
        self._at += 1
        tokens = self._tokens[start : self._at]
        if head in ("EXIT", "CONTINUE"):
            when = next((index for index, each in enumerate(tokens) if each.word == "WHEN"), None)
            if when is not None:
                self.found.conditions.append(Condition(keyword=f"{head} WHEN", tokens=tokens[when + 1 : -1]))
        return tokens

    def _if(self) -> None:
        keyword = "IF"
        while keyword in ("IF", "ELSIF", "ELSEIF"):
            self._at += 1
            condition = self._until("THEN")
            self.found.conditions.append(Condition(keyword=keyword, tokens=condition))
            self._at += 1
            self._statements(branch=True)
            keyword = self._word
        self._else()
        self._expect("END")
        self._expect("IF")

    def _else(self) -> None:
        if self._word == "ELSE":
            self._at += 1
            self._branch("ELSE")

    def _branch(self, keyword: str) -> None:
        start = self._at
        self._statements(branch=True)
        if self._at > start:
            self.found.branches.append(Branch(keyword=keyword, tokens=self._tokens[start : self._at]))

    def _whens(self, of: str) -> None:
        while self._word == "WHEN":
            self._until("THEN")
            self._at += 1
            self._branch(f"{of} WHEN")

    def _case(self) -> None:
        self._at += 1
        self._until("WHEN")
        self._whens("CASE")
        self._else()
        self._expect("END")
        self._expect("CASE")

    def _loop(self, word: str) -> None:
        self._at += 1
        if word == "WHILE":
            self.found.conditions.append(Condition(keyword=word, tokens=self._until("LOOP")))
        elif word != "LOOP":
            self._until("LOOP")
        if word != "LOOP":
            self._at += 1
        self._statements(branch=False)
        self._expect("END")
        self._expect("LOOP")
