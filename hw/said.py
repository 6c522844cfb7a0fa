"""Sentences for people that can be said in other languages, too: a template, and the facts that are put into it.

`said("%(line)s is dead: no battery", line="main")` is an ordinary text, the English sentence, which commands and logs
use as it is. It keeps its template and its facts, so that the local page can look up the template in the catalogue of
another language and put the same facts in. `wording` is how it goes over the control socket.

The template is written out where `said` or `counted` is called: `make texts` finds it there for the translators.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NotRequired, TypeAlias, TypedDict, cast

Fact: TypeAlias = "str | int | float | tuple[Fact, ...]"
"""What is put into a template. A text that is `Said` itself is translated, and of several the list is said."""


class Wording(TypedDict):
    """A sentence as it goes over the control socket. One that has no template is shown as it is."""

    text: str
    template: NotRequired[str]
    plural: NotRequired[str]
    capital: NotRequired[bool]
    facts: NotRequired[dict[str, object]]


class Said(str):
    """The English text. template: as it is in the catalogue. plural: the same for another number than 1; empty where
    none is counted. capital: it begins with one, whatever is put in first. facts: what is put in, `num` being the
    number that is counted.
    """

    __slots__ = ("capital", "facts", "plural", "template")
    template: str
    plural: str
    capital: bool
    facts: Mapping[str, Fact]

    def __new__(cls, template: str, facts: Mapping[str, Fact], plural: str = "", *, capital: bool = False) -> Said:
        """KeyError where the template has a blank of which no fact is given."""
        form = plural if plural and facts["num"] != 1 else template
        text = form % {name: _in_english(fact) for name, fact in facts.items()} if facts else form
        made = super().__new__(cls, text[:1].upper() + text[1:] if capital else text)
        made.template, made.plural, made.capital, made.facts = template, plural, capital, facts
        return made

    def __reduce__(self) -> tuple[Callable[..., Said], tuple[str, Mapping[str, Fact], str, bool]]:
        """It passes between processes with its template and facts."""
        return _made, (self.template, self.facts, self.plural, self.capital)


def _made(template: str, facts: Mapping[str, Fact], plural: str, capital: bool) -> Said:
    return Said(template, facts, plural, capital=capital)


def said(template: str, /, **facts: Fact) -> Said:
    """A sentence. Its blanks are `%(name)s`; where it has facts, a percent sign is doubled."""
    return Said(template, {name: _printable(fact) for name, fact in facts.items()})


def counted(one: str, several: str, num: int, /, **facts: Fact) -> Said:
    """A sentence about a number of things, which is its blank `%(num)s`. one: for the number 1. several: for others."""
    return Said(one, {"num": num} | {name: _printable(fact) for name, fact in facts.items()}, several)


def did_you_mean(word: str) -> Said:
    """What may have been meant, to stand behind what is wrong."""
    return said("(did you mean '%(suggestion)s'?)", suggestion=word)


def listed(parts: Sequence[str]) -> str:
    """Several names, as a fact of a sentence: `A, B and C`."""
    if len(parts) < 2:
        return "".join(parts)
    return said("%(most)s and %(last)s", most=tuple(parts[:-1]), last=parts[-1])


def fixed(text: str) -> Said:
    """A text that is declared elsewhere, without blanks. A page says it in English where it is not in the catalogue."""
    return Said(text, {})


def in_a_row(*parts: str, by: str = " ", capital: bool = False) -> Said:
    """Several sentences one behind the other, or parts of one. by: what stands between them."""
    blanks = {f"part{number}": _printable(part) for number, part in enumerate(parts, start=1)}
    return Said(by.join(f"%({name})s" for name in blanks), blanks, capital=capital)


def told_by(error: BaseException) -> str:
    """What an error says: a sentence that is `Said`, what the system says of a file or a disk, or its text."""
    if error.args and isinstance(error.args[0], Said):
        return error.args[0]
    return (isinstance(error, OSError) and error.strerror) or str(error)


def wording(text: str) -> Wording:
    """A sentence for the control socket. A plain text is taken, too."""
    told = Wording(text=str(text))
    if isinstance(text, Said):
        told["template"] = text.template
        if text.plural:
            told["plural"] = text.plural
        if text.capital:
            told["capital"] = True
        if text.facts:
            told["facts"] = {name: _on_wire(fact) for name, fact in text.facts.items()}
    return told


def revived(told: Wording) -> str:
    """The sentence of which the control socket has told."""
    if "template" not in told:
        return told["text"]
    facts = {name: _from_wire(fact) for name, fact in told.get("facts", {}).items()}
    return Said(told["template"], facts, told.get("plural", ""), capital=told.get("capital", False))


def _in_english(fact: Fact) -> str | int | float:
    return ", ".join(str(_in_english(one)) for one in fact) if isinstance(fact, tuple) else fact


def _printable(fact: Fact) -> Fact:
    """Without control characters, which a terminal would carry out."""
    if isinstance(fact, tuple):
        return tuple(_printable(one) for one in fact)
    if isinstance(fact, str) and not isinstance(fact, Said) and not fact.isprintable():
        return repr(fact)[1:-1]
    return fact


def _on_wire(fact: Fact) -> object:
    if isinstance(fact, tuple):
        return [_on_wire(one) for one in fact]
    return wording(fact) if isinstance(fact, Said) else fact


def _from_wire(fact: object) -> Fact:
    if isinstance(fact, list):
        return tuple(_from_wire(one) for one in fact)
    return revived(cast(Wording, fact)) if isinstance(fact, dict) else cast(Fact, fact)
