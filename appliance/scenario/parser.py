"""Reads a scenario's text: the settings first, then, with the office's names known, every step."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from appliance.office.model import Office
from appliance.scenario.actions import StepAction
from appliance.scenario.line import LineCursor
from appliance.scenario.mistakes import Mistake, MistakeFound, ScenarioErrors
from appliance.scenario.names import Names, SoundReader
from appliance.scenario.settings import SETTINGS, Override, Setup
from appliance.scenario.verb import Subject, Verb
from appliance.scenario.verbs import VERBS
from appliance.wav.loading import load_wav
from hw.audio import Samples
from hw.nearest import nearest

MEANWHILE = "meanwhile"

OfficeReader = Callable[[str, Sequence[Override]], Office]
"""Reads the office of that name with these overrides. Raises `MistakeFound`, or `OfficeUnread` with many reasons."""


class OfficeUnread(Exception):
    """The office cannot be read; each reason belongs to the scenario's `office` line, or to its first."""

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__("; ".join(reasons))
        self.reasons = tuple(reasons)


@dataclass(frozen=True, slots=True)
class ScenarioStep:
    """One line that acts or expects. meanwhile: the next line does not wait for it."""

    line: int
    text: str
    action: StepAction
    meanwhile: bool = False


@dataclass(frozen=True, slots=True)
class Scenario:
    name: str
    """The file's name, for messages."""
    setup: Setup
    office: Office
    steps: tuple[ScenarioStep, ...]
    sounds: Mapping[str, Samples]
    """What is in the files that are played, by their names in the text."""


def load_sound(name: str) -> Samples:
    """The sound of the WAV file at this path. Raises `AudioFileError`."""
    return load_wav(Path(name))


def parse(text: str, name: str, read_office: OfficeReader, read_sound: SoundReader = load_sound) -> Scenario:
    """The scenario in this text. Raises `ScenarioErrors` with all mistakes."""
    mistakes: list[Mistake] = []
    settings, others = _lines(text, mistakes)
    setup = Setup()
    _read_settings([line for line in settings if line.take("office")], setup, mistakes, "office")
    try:
        setup.office = read_office(setup.office_file, setup.overrides)
    except OfficeUnread as unread:
        place = next((line.number for line in settings if line.text.lower().startswith("office")), 1)
        mistakes += [Mistake(place, 1, reason) for reason in unread.reasons]
    _read_settings([line for line in settings if not line.text.lower().startswith("office")], setup, mistakes)
    if setup.office is None:
        raise ScenarioErrors(name, mistakes)
    names = Names.of(setup.office, setup.outsiders, read_sound)
    steps = []
    for line in others:
        try:
            steps.append(_step(line, names))
        except MistakeFound as found:
            mistakes.append(found.mistake)
    if not steps and not mistakes:
        mistakes.append(Mistake(1, 1, "nothing happens in this scenario"))
    if mistakes:
        raise ScenarioErrors(name, mistakes)
    return Scenario(name, setup, setup.office, tuple(steps), names.sounds)


def _lines(text: str, mistakes: list[Mistake]) -> tuple[list[LineCursor], list[LineCursor]]:
    """The lines that set something up, and the others. The first line that is no setting ends the settings."""
    settings: list[LineCursor] = []
    others: list[LineCursor] = []
    for number, written in enumerate(text.splitlines(), start=1):
        if not written.strip() or written.lstrip().startswith("#"):
            continue
        try:
            line = LineCursor(number, written.rstrip())
        except MistakeFound as found:
            mistakes.append(found.mistake)
            continue
        first = line.peek()
        word = first.value.lower().rstrip(":") if first is not None else ""
        if any(setting.name == word for setting in SETTINGS):
            if others:
                mistakes.append(Mistake(number, 1, f"{word!r} belongs before the first step"))
            settings.append(line)
        else:
            others.append(line)
    return settings, others


def _read_settings(lines: Sequence[LineCursor], setup: Setup, mistakes: list[Mistake], taken: str = "") -> None:
    for line in lines:
        name = taken or line.word("a setting").lower().rstrip(":")
        setting = next(setting for setting in SETTINGS if setting.name == name)
        try:
            setting.read(line, setup)
            line.end()
        except MistakeFound as found:
            mistakes.append(found.mistake)


def _step(line: LineCursor, names: Names) -> ScenarioStep:
    meanwhile = line.take(MEANWHILE)
    action = _action(line, names)
    line.end()
    return ScenarioStep(line.number, line.text.strip(), action, meanwhile)


def _action(line: LineCursor, names: Names) -> StepAction:
    for verb in VERBS:
        if verb.subject is Subject.NONE and line.take(verb.words):
            return verb.read(line, "", names)
    who, column = _who(line, names)
    known = who in names.all or who in names.trunks
    setting = "" if known else nearest(who.rstrip(":"), [setting.name for setting in SETTINGS])
    verb = _verb(line, setting)
    _check_subject(line, verb, who, column, names)
    return verb.read(line, who, names)


def _who(line: LineCursor, names: Names) -> tuple[str, int]:
    column = line.column
    line.take("the")
    try:
        name = line.name(names.all, "somebody")
        return names.ports.get(name, name), column
    except MistakeFound:
        return line.word("somebody, or a verb"), column


def _verb(line: LineCursor, setting: str) -> Verb:
    """The verb of a line. setting: the setting that its first word resembles, told in the mistake if there is none."""
    usable = [verb for verb in VERBS if verb.subject is not Subject.NONE]
    for verb in sorted(usable, key=lambda verb: len(verb.words), reverse=True):
        if line.take(verb.words):
            return verb
    token = line.peek()
    if token is None:
        line.fail("a verb is missing")
    firsts = {verb.words.split()[0]: verb.words for verb in reversed(usable)}
    meant = firsts.get(nearest(token.value, list(firsts)), "")
    same = [verb.words for verb in usable if verb.words.split()[0] == token.value.lower()]
    if same:
        line.fail(f"after {token.value!r}, one of {', '.join(same)} is expected")
    if setting and not meant:
        line.fail("this is neither a setting nor something that somebody does", setting, 1)
    line.fail(f"there is no verb {token.value!r}", meant)


def _check_subject(line: LineCursor, verb: Verb, who: str, column: int, names: Names) -> None:
    kinds = {
        Subject.OUTSIDE: tuple(names.outsiders),
        Subject.TELEPHONE: names.telephones,
        Subject.TRUNK: names.trunks,
        Subject.PARTY: (*names.telephones, *names.outsiders),
    }
    if who in kinds[verb.subject]:
        return
    if verb.words == "calls" and who not in names.all:
        if who[:1].isupper() and who.isalpha():
            return
        line.fail("the name of somebody outside begins with a capital letter", who.capitalize(), column)
    known = who in names.all or who in names.trunks
    reason = f"{verb.words!r} is not said of {who!r}" if known else f"nobody is called {who!r} here"
    line.fail(reason, nearest(who, kinds[verb.subject]), column)
