"""Letters in words: the texts of each language, with the facts in their blanks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import import_module
from string import Formatter

from appliance.notify.parcel import SOUND_MARK
from appliance.office.model import Office

_BLANK = re.compile(r"\{([a-z_]+)\}")
_SPACE = re.compile(r"[\x00-\x1f\x7f]+")


@dataclass(frozen=True, slots=True)
class Written:
    """A letter as somebody reads it."""

    subject: str
    """One line."""
    text: str
    """With `SOUND_MARK` where it is told whether the sound goes with it."""
    sound_words: Mapping[str, str]
    """See `Job.sound_words`."""


def written(kind: str, facts: Mapping[str, str], person: str, office: Office) -> Written:
    """A letter of this kind to a person of the office, in the person's language. person: empty: to nobody of ours."""
    reader = office.person(person)
    texts = letters(reader.language or office.language if reader is not None else office.language, office.language)
    blanks = _blanks(facts, texts, office) | {"name": reader.name if reader is not None else ""}
    if kind in ("message", "new-fax"):
        blanks["sound"] = SOUND_MARK
    of_a_fax = "fax-" if kind == "new-fax" else ""
    words = {name: texts[of_a_fax + name] for name in ("attached", "too-large", "not-attached")}
    if facts.get("private"):
        words = dict.fromkeys(words, texts["private"])
    return Written(_filled(texts[f"{kind}-subject"], blanks), _filled(texts[f"{kind}-text"], blanks), words)


@cache
def letters(language: str, otherwise: str) -> Mapping[str, str]:
    """The texts of a language, or of another one where it has none; in English what both lack."""
    found: dict[str, str] = dict(_letters("en"))
    for code in (otherwise, language):
        found |= _letters(code)
    return found


def _letters(language: str) -> Mapping[str, str]:
    try:
        texts: Mapping[str, str] = import_module(f"appliance.prompts.languages.{language}.letters").LETTERS
    except ModuleNotFoundError:
        return {}
    return texts


def _blanks(facts: Mapping[str, str], texts: Mapping[str, str], office: Office) -> dict[str, str]:
    number = facts.get("number", "")
    shown = {"private": texts["private-caller"], "unavailable": "", "": ""}.get(number, number)
    name = facts.get("caller_name", "")
    known = {
        "caller": f"{name} ({shown})" if name and shown else name or shown or texts["unknown-caller"],
        "office": office.name,
        "asks": texts["asks"] if facts.get("asks") else "",
        "mark": texts["urgent"] if facts.get("urgent") else "",
        "proof": texts["fax-proof-attached"] if facts.get("proof") else "",
        "incomplete": texts["fax-incomplete"] if facts.get("incomplete") else "",
    }
    if facts.get("when"):
        known["when"] = _moment(facts["when"], office)
    if facts.get("text"):
        known["sure"] = str(round(100 * float(facts["sure"])))
    if facts.get("seconds"):
        minutes, seconds = divmod(round(float(facts["seconds"])), 60)
        known["length"] = f"{minutes}:{seconds:02}"
    return {**facts, **known}


def _moment(when: str, office: Office) -> str:
    """A moment on the office's clock, in a form that is read alike in every language. Words stay as they are."""
    try:
        return f"{office.local(datetime.fromisoformat(when)):%Y-%m-%d %H:%M}"
    except ValueError:
        return when


def _filled(text: str, blanks: Mapping[str, str]) -> str:
    """Without the lines that say nothing, and without what a caller's name could do to a mail."""
    lines: list[str] = []
    for line in text.split("\n"):
        asked = [name for _, name, *_ in Formatter().parse(line) if name]
        if asked and not any(blanks.get(name) for name in asked):
            continue
        filled = _BLANK.sub(lambda found: _SPACE.sub(" ", blanks.get(found[1], "")), line).strip()
        if filled or (lines and lines[-1]):
            lines.append(filled)
    return "\n".join(lines).strip()
