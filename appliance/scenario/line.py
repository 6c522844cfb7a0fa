"""One line of a scenario, read token by token."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NoReturn

from appliance.scenario.mistakes import Mistake, MistakeFound
from hw.callerid.coding import CallerId, CallerIdError, encode_mdmf
from hw.callerid.text import LONGEST_NUMBER
from hw.nearest import nearest

_TOKEN = re.compile(r'"(?P<text>[^"]*)"|(?P<open>"[^"]*$)|(?P<comma>,)|(?P<word>[^\s",]+)')
_AMOUNT = re.compile(r"(?P<number>\d+(?:\.\d+)?)(?P<unit>[a-z]*)")
LONGEST_WAIT_S = 31 * 86400.0
"""The longest duration in a scenario, a month: a longer one would be played for hours."""
_UNITS = {
    "ms": 0.001,
    "milliseconds": 0.001,
    "s": 1.0,
    "second": 1.0,
    "seconds": 1.0,
    "min": 60.0,
    "minute": 60.0,
    "minutes": 60.0,
}


@dataclass(frozen=True, slots=True)
class Token:
    """`kind` is `text` (was in quotes), `comma` or `word`; `column` counts from 1."""

    kind: str
    value: str
    column: int


class LineCursor:
    """A cursor over the tokens of one line. Raises `MistakeFound`, with the place, for what it cannot read."""

    def __init__(self, number: int, text: str) -> None:
        self.number = number
        self.text = text
        self._at = 0
        self._tokens: list[Token] = []
        for match in _TOKEN.finditer(text):
            kind = str(match.lastgroup)
            if kind == "open":
                raise MistakeFound(Mistake(number, match.start() + 1, "the closing quotation mark is missing"))
            self._tokens.append(Token(kind, match.group(kind), match.start() + 1))

    @property
    def column(self) -> int:
        """The column of the next token."""
        return self._tokens[self._at].column if self._at < len(self._tokens) else len(self.text.rstrip()) + 1

    @property
    def over(self) -> bool:
        return self._at >= len(self._tokens)

    def peek(self, ahead: int = 0) -> Token | None:
        at = self._at + ahead
        return self._tokens[at] if at < len(self._tokens) else None

    def fail(self, reason: str, suggestion: str = "", column: int | None = None) -> NoReturn:
        raise MistakeFound(Mistake(self.number, self.column if column is None else column, reason, suggestion))

    def take(self, words: str) -> bool:
        """Read these words if they come next, in any case."""
        wanted = words.split()
        for ahead, word in enumerate(wanted):
            token = self.peek(ahead)
            if token is None or token.kind != "word" or token.value.lower().rstrip(":") != word.lower():
                return False
        self._at += len(wanted)
        return True

    def take_comma(self) -> bool:
        token = self.peek()
        if token is not None and token.kind == "comma":
            self._at += 1
            return True
        return False

    def expect(self, words: str) -> None:
        if not self.take(words):
            self.fail(f"{words!r} is expected here{self._instead()}", self._meant([words]))

    def choice(self, *choices: str) -> str:
        """One of these (of one or more words), the longest that fits."""
        for one in sorted(choices, key=len, reverse=True):
            if self.take(one):
                return one
        self.fail(f"one of {', '.join(sorted(choices))} is expected here{self._instead()}", self._meant(choices))

    def unread(self) -> str:
        """The part of the line that was not read yet, as it is written."""
        return self.text[self.column - 1 :]

    def word(self, what: str) -> str:
        token = self.peek()
        if token is None or token.kind != "word":
            self.fail(f"{what} is expected here{self._instead()}")
        self._at += 1
        return token.value

    def quoted(self, what: str, *, empty: bool = False) -> str:
        token = self.peek()
        if token is None or token.kind != "text":
            self.fail(f'{what} in "quotation marks" is expected here{self._instead()}')
        if not token.value.strip() and not empty:
            self.fail(f"{what} is empty")
        self._at += 1
        return token.value

    def is_quoted(self) -> bool:
        token = self.peek()
        return token is not None and token.kind == "text"

    def name(self, known: Sequence[str], what: str) -> str:
        """One of the known names, which may have several words or be in quotation marks; the longest that fits."""
        token = self.peek()
        if token is not None and token.kind == "text":
            for one in known:
                if one.lower() == token.value.lower():
                    self._at += 1
                    return one
        for one in sorted(known, key=len, reverse=True):
            if self.take(one.lower()):
                return one
        self.fail(f"{what} is expected here{self._instead()}", self._meant(known))

    def digits(self, what: str, allowed: str = "0123456789") -> str:
        column = self.column
        value = self.word(what)
        wrong = [digit for digit in value if digit not in allowed]
        if wrong:
            self.fail(f"{what} may hold only {allowed}, not {wrong[0]!r}", column=column)
        return value

    def telephone_number(self, what: str) -> str:
        column = self.column
        number = self.digits(what)
        if len(number) > LONGEST_NUMBER:
            self.fail(f"{what} has {LONGEST_NUMBER} digits at most", number[:LONGEST_NUMBER], column)
        return number

    def caller_name(self, what: str) -> str:
        """A name as caller ID tells it; empty where none is written here."""
        if not self.is_quoted():
            return ""
        column = self.column
        name = self.quoted(what)
        try:
            encode_mdmf(CallerId(name=name))
        except CallerIdError as error:
            self.fail(str(error), column=column)
        return name

    def number_of(self, what: str) -> float:
        column = self.column
        value = self.word(what)
        try:
            return float(value)
        except ValueError:
            self.fail(f"{what} is a number, not {value!r}", column=column)

    def duration(self, longest: float = LONGEST_WAIT_S) -> float:
        """Seconds: `8s`, `300ms`, `2min`, `8 seconds`."""
        column = self.column
        value = self.word("a length of time such as 8s")
        match = _AMOUNT.fullmatch(value.lower())
        if match is None:
            self.fail(f"a length of time such as 8s or 300ms is expected here, not {value!r}", column=column)
        unit = match["unit"]
        if not unit:
            token = self.peek()
            if token is None or token.value.lower() not in _UNITS:
                self.fail(f"{value!r} needs a unit", f"{value}s", column)
            unit = self.word("a unit").lower()
        if unit not in _UNITS:
            self.fail(f"{unit!r} is no unit of time; there are ms, s and min", nearest(unit, list(_UNITS)), column)
        seconds = float(match["number"]) * _UNITS[unit]
        if seconds > longest:
            self.fail(f"{longest:.0f} s is the longest time here", column=column)
        return seconds

    def rest(self) -> str:
        """All that is left, as it was written."""
        text = self.text[self.column - 1 :].strip()
        self._at = len(self._tokens)
        return text

    def end(self) -> None:
        if not self.over:
            self.fail(f"the line should end here{self._instead()}")

    def _instead(self) -> str:
        token = self.peek()
        return ", not the end of the line" if token is None else f", not {token.value!r}"

    def _meant(self, known: Sequence[str]) -> str:
        token = self.peek()
        if token is None or token.kind != "word":
            return ""
        firsts = {one.split()[0]: one for one in known}
        meant = nearest(token.value, list(firsts))
        return firsts.get(meant, "")
