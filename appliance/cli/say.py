"""`copperdesk say`: hear how a text will sound to callers."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from appliance.office.languages import DEFAULT_LANGUAGE, LANGUAGES
from appliance.wav.target import cannot_write


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("text", help="what is to be spoken")
    parser.add_argument(
        "--out", type=Path, default=Path("said.wav"), metavar="FILE", help="the WAV file to write (%(default)s)"
    )
    parser.add_argument(
        "--language",
        choices=LANGUAGES,
        default=DEFAULT_LANGUAGE,
        help=f"the language it is spoken in: {', '.join(LANGUAGES)} (%(default)s)",
    )


def run(args: argparse.Namespace) -> int:
    from appliance.prompts.languages import language
    from appliance.prompts.synthesis import SynthesisFailed, say_to_wav
    from appliance.prompts.voice import best_voice

    if not args.text.strip():
        print("copperdesk: there is nothing to say", file=sys.stderr)
        return 1
    if refused := cannot_write(args.out):
        print(f"copperdesk: {refused}", file=sys.stderr)
        return 1
    try:
        voice = best_voice(language(args.language))
        say_to_wav(args.text, args.out, language(args.language), voice)
    except SynthesisFailed as error:
        print(f"copperdesk: {error}", file=sys.stderr)
        return 1
    print(f"{args.out}: spoken by {voice.name}")
    return 0
