"""From what is to be said to the clips that say it: pure text, no audio.

A clip's text is its identity. With a full stop it is spoken as the end of a sentence, without one as the sentence
goes on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from itertools import product
from string import Formatter
from typing import Final, NamedTuple

from appliance.office.phrase import Digits, Phrase, Value, VersionNumber, Words
from appliance.prompts.language import CatalogueEntry, Language, Plural
from appliance.prompts.languages import seldom_said

INSIDE_MS: Final = 40
COMMA_MS: Final = 150
SENTENCE_MS: Final = 220
"""Pauses after a clip. With the quiet edges of two clips they come to about 80, 190 and 260 ms."""

_ENDS: Final = (".", "?", "!")
_SENTENCES: Final = re.compile(r"(?<=[.?!])\s+")
_LEADING_MARKS: Final = re.compile(r"^[,.:?!]+")


class Clip(NamedTuple):
    """One clip's text and the pause after it in ms."""

    text: str
    pause_ms: int


def clip(text: str) -> Clip:
    """The clip for a text as written: a trailing comma or colon is only a longer pause."""
    if text.endswith((",", ":")):
        return Clip(text[:-1], COMMA_MS)
    return Clip(text, SENTENCE_MS if text.endswith(_ENDS) else INSIDE_MS)


def of_words(words: Words) -> list[Clip]:
    """Free text is one clip, spoken as a sentence of its own."""
    text = _as_sentence(words.text)
    return [clip(text)] if text else []


def of_phrase(phrase: Phrase, now: datetime, language: Language) -> list[Clip]:
    """The clips of a catalogue entry. KeyError names an unknown entry or blank; `now` is on the office's clock."""
    values = dict(phrase.values)
    parts = _in_parts(language.catalogue[phrase.name])
    entry = "".join(_form_for(part, values, language) if isinstance(part, Plural) else part for part in parts)
    texts: list[str] = []
    filled = False
    for literal, blank, spec in _parts(entry):
        marks = _LEADING_MARKS.match(literal)
        if marks and filled:
            texts[-1] = texts[-1].removesuffix(",") + marks.group()
        texts += [text for text in _SENTENCES.split(_LEADING_MARKS.sub("", literal).strip()) if text]
        spoken = _spoken(values[blank], spec, now, language) if blank else []
        texts += spoken
        filled = bool(spoken)
    return [clip(text) for text in texts]


@cache
def fixed_texts(language: Language) -> tuple[str, ...]:
    """The text of every clip of a language that is the same in every office, each once."""
    return _texts_of(language, language.catalogue)


@cache
def often_said(language: Language) -> frozenset[str]:
    """Those of them that callers hear every day: all others are said when somebody of the office uses a telephone."""
    return frozenset(_texts_of(language, language.catalogue.keys() - seldom_said(language.code)))


def _texts_of(language: Language, names: Iterable[str]) -> tuple[str, ...]:
    texts: list[str] = []
    for name in names:
        for text in all_forms(language.catalogue[name]):
            texts += _literals(text)
    return tuple(dict.fromkeys(clip(text).text for text in [*texts, *language.vocabulary()]))


def all_forms(entry: CatalogueEntry) -> list[str]:
    """Every text that an entry may become, whatever its numbers are."""
    parts = [[*part.forms.values()] if isinstance(part, Plural) else [part] for part in _in_parts(entry)]
    return ["".join(chosen) for chosen in product(*parts)]


def free_texts(sayables: Iterable[object]) -> list[str]:
    """The clip texts that only this office has: its words, and the texts its phrases are filled with.

    A text may stand inside a sentence or end one, so it is made both ways; words of several sentences stand alone.
    """
    texts: list[str] = []
    for sayable in sayables:
        if isinstance(sayable, Words):
            texts.append(_as_sentence(sayable.text))
            if len(_SENTENCES.split(texts[-1])) == 1:
                texts += _both_ways(sayable.text)
        elif isinstance(sayable, Phrase):
            for _blank, value in sayable.values:
                if isinstance(value, str):
                    texts += _both_ways(value)
    return [text for text in dict.fromkeys(texts) if text]


def _in_parts(entry: CatalogueEntry) -> tuple[str | Plural, ...]:
    return entry if isinstance(entry, tuple) else (entry,)


def _form_for(plural: Plural, values: Mapping[str, Value | Digits], language: Language) -> str:
    count = values[plural.of]
    if not isinstance(count, int):
        raise TypeError(f"{plural.of} is counted, and must be a number")
    return plural.forms[language.form(count)]


def _parts(entry: str) -> list[tuple[str, str, str]]:
    """The literal texts of an entry, each with the blank after it (or "") and its spec."""
    return [(literal, blank or "", spec or "") for literal, blank, spec, _ in Formatter().parse(entry)]


def _literals(entry: str) -> list[str]:
    """Every clip text of an entry that does not depend on a blank."""
    first, *rest = [literal for literal, *_ in _parts(entry)]
    stripped = [first, *(_LEADING_MARKS.sub("", literal) for literal in rest)]
    return [text for literal in stripped for text in _SENTENCES.split(literal.strip()) if text]


def _spoken(value: Value | Digits, spec: str, now: datetime, language: Language) -> list[str]:
    match value:
        case Digits():
            return language.digits(value.digits)
        case int():
            return language.duration(value) if spec == "seconds" else language.number(value, spec)
        case VersionNumber():
            return language.version(value.text)
        case datetime():
            return language.moment(value, now)
        case str():
            return _both_ways(value)[:1]


def _both_ways(text: str) -> list[str]:
    """A text as it stands inside a sentence, and as it ends one; nothing for a text without words."""
    bare = _bare(text)
    return [bare, f"{bare}."] if bare else []


def _as_sentence(text: str) -> str:
    """A text as a sentence of its own; empty for a text without words."""
    bare, spaced = _bare(text), " ".join(text.split())
    return spaced if bare and spaced.endswith(_ENDS) else bare and f"{bare}."


def _bare(text: str) -> str:
    return " ".join(text.split()).rstrip(" .,;:!?")
