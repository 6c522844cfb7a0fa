"""What can be typed into `copperdesk phone`, a line at a time."""

from __future__ import annotations

from dataclasses import dataclass

from appliance.scenario.line import LineCursor
from hw.nearest import nearest
from hw.sip.digits import KEYS

CONSOLE_COMMANDS = {
    "call": "call [NUMBER]      lift and dial; without a number, the office",
    "press": "press 1            press keys: 0-9 * #",
    "say": 'say "Hello"        speak',
    "play": "play FILE.wav      play a file into the telephone",
    "send fax": "send fax FILE.tif  be a fax machine, send its pages, and hang up",
    "receive fax": "receive fax FILE.tif  be one that answers, keep the pages there, and hang up",
    "wait": "wait 5             let so many seconds pass",
    "lift": "lift               answer, or ask for dial tone",
    "dial": "dial 101           the same as press",
    "flash": "flash              press the hook for a moment",
    "hang up": "hang up            end the call",
}


@dataclass(frozen=True, slots=True)
class ConsoleCommand:
    """`words`: the number, keys, words or file; `seconds`: how long to wait."""

    name: str
    words: str = ""
    seconds: float = 0.0


def read_command(text: str) -> ConsoleCommand:
    """The command in this line. Raises `MistakeFound`."""
    line = LineCursor(1, text)
    for name in CONSOLE_COMMANDS:
        if line.take(name):
            command = _rest(line, name)
            line.end()
            return command
    first = line.peek()
    wrong = first.value if first is not None else ""
    line.fail(f"there is no command {wrong!r}", nearest(wrong, [*CONSOLE_COMMANDS, "help", "quit"]))


def _rest(line: LineCursor, name: str) -> ConsoleCommand:
    match name:
        case "call":
            return ConsoleCommand(name, "" if line.over else line.digits("a telephone number", KEYS))
        case "press" | "dial":
            return ConsoleCommand(name, line.digits("the keys", KEYS))
        case "say" | "play" | "send fax" | "receive fax":
            words = line.quoted("the words") if line.is_quoted() else line.rest()
            if not words:
                line.fail("the words are missing" if name == "say" else "the file is missing")
            return ConsoleCommand(name, words)
        case "wait":
            token = line.peek()
            plain = token is not None and token.value.replace(".", "", 1).isdigit() and line.peek(1) is None
            return ConsoleCommand(name, seconds=line.number_of("seconds") if plain else line.duration())
        case _:
            return ConsoleCommand(name)
