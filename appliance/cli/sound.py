"""`copperdesk sound`: recordings in place of the texts of the office."""

from __future__ import annotations

import argparse
import io
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from appliance.cli.athand import Ask, at_hand, sent
from appliance.cli.table import columns
from appliance.control.errors import ControlError
from appliance.control.folder import DataFolder
from appliance.control.local import LocalControl

SHOWN_CHARACTERS = 60

EXAMPLES = """\
list                  every text that callers hear, with its number and what is in use: the text or a recording
add PLACE FILE        let callers hear a WAV or FLAC file in place of the text; PLACE is a number of the list, or
                      where the text stands in the office document: menu.greeting, menus.billing.keys.1.says
remove PLACE          let the text be spoken again
back PLACE            bring the version before back"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = f"{parser.description}\n\n{EXAMPLES}"
    parser.add_argument("action", choices=list(ACTIONS), metavar="ACTION", help=", ".join(ACTIONS))
    parser.add_argument("place", nargs="?", default="", metavar="PLACE", help="a number of the list, or a path")
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE", help="add: a WAV or FLAC file, up to 5 minutes")
    parser.add_argument("--json", action="store_true", help="for programs: the answer as JSON")
    parser.set_defaults(misunderstood=parser.error)


def run(args: argparse.Namespace) -> int:
    usage, work = ACTIONS[args.action]
    given = len([word for word in (args.place, args.file) if word])
    if given != len(usage.split()):
        args.misunderstood(f"it is: copperdesk sound {args.action} {usage}".rstrip())
    return work(args)


def _list(args: argparse.Namespace) -> int:
    found: list[dict[str, Any]] = []
    with at_hand(args.data, _sounds) as call:
        while (answer := call("sounds.list", after=len(found)))["sounds"]:
            found += answer["sounds"]
    if args.json:
        return _print_json(found)
    rows = [(one["number"], one["place"], _in_use(one), _shown(one["text"])) for one in found]
    if rows:
        print("\n".join(columns([("number", "place", "callers hear", "text"), *rows])))
    else:
        print("There is no office yet whose texts could be recorded: `copperdesk office load FILE` puts one there.")
    return 0


def _add(args: argparse.Namespace) -> int:
    from appliance.prompts.converting import converted
    from appliance.wav.clip import written_clip
    from appliance.wav.loading import AudioFileError

    try:
        sound = converted(args.file)
    except AudioFileError as error:
        print(f"copperdesk: {error}", file=sys.stderr)
        return 1
    for warning in sound.warnings:
        print(f"warning: {warning}", file=sys.stderr)
    with at_hand(args.data, _sounds) as call:
        upload = sent(call, "sounds.upload", io.BytesIO(written_clip(sound.samples)))
        facts = call("sounds.add", place=args.place, upload=upload)
    if args.json:
        return _print_json(facts | {"warnings": sound.warnings})
    print(f"Callers hear {args.file} at {facts['place']} from now on: {facts['seconds']:g} s.")
    return 0


def _remove(args: argparse.Namespace) -> int:
    return _changed(args, "sounds.remove")


def _back(args: argparse.Namespace) -> int:
    return _changed(args, "sounds.back")


def _changed(args: argparse.Namespace, method: str) -> int:
    with at_hand(args.data, _sounds) as call:
        facts = call(method, place=args.place)
    if args.json:
        return _print_json(facts)
    what = f"a recording of {facts['seconds']:g} s." if facts["seconds"] else f"the text: {facts['text']}"
    print(f"Callers hear at {facts['place']} from now on {what}")
    return 0


def _in_use(one: dict[str, Any]) -> str:
    if one["in_use"] == "text":
        return "the text" if one["text"] else "nothing"
    return f"a recording of {one['seconds']:g} s" if one["seconds"] else "a recording that is BROKEN"


def _shown(text: str | None) -> str:
    if text is None:
        return "(no longer in the office document)"
    return text if len(text) <= SHOWN_CHARACTERS else f"{text[: SHOWN_CHARACTERS - 1]}…"


def _print_json(answer: Any) -> int:
    print(json.dumps(answer, indent=2, ensure_ascii=False))
    return 0


@contextmanager
def _sounds(data: DataFolder) -> Iterator[Ask]:
    """The methods `sounds.…`, on the data folder itself."""
    from appliance.api.sounds import offer_sounds
    from appliance.calls.sounds import Sounds
    from appliance.office.places import places
    from appliance.store.office import OfficeStore
    from appliance.store.sounds import SoundStore
    from appliance.storedoffice import stored_office

    office, fault = stored_office(OfficeStore(data.office), None)
    if fault:
        print(f"copperdesk: {fault}", file=sys.stderr)
    there = places(office) if office is not None else {}
    sounds = Sounds(SoundStore(data.sounds))
    with LocalControl() as control:

        async def opened(_params: dict[str, Any]) -> str:
            fault = await sounds.open()
            if there:
                await sounds.allot(there)
            return fault

        control.method("open", opened)
        if fault := control.call("open"):
            raise ControlError("sounds-damaged", fault)
        offer_sounds(control, sounds, lambda: there, data.path)
        yield control.call


ACTIONS: dict[str, tuple[str, Callable[[argparse.Namespace], int]]] = {
    "list": ("", _list),
    "add": ("PLACE FILE", _add),
    "remove": ("PLACE", _remove),
    "back": ("PLACE", _back),
}
"""What follows each action, and what it does."""
