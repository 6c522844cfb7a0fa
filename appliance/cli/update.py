"""`copperdesk update`: bundles of the program made, checked and installed, and the way back. docs/updates.md."""

from __future__ import annotations

import argparse
import asyncio
import subprocess
import sys
from pathlib import Path
from typing import Any

from appliance.cli.ask import ask
from appliance.control.errors import ControlError
from appliance.control.folder import DataFolder
from appliance.updating import bundle
from appliance.updating.handover import BUNDLE, answer, handover_folder, take_request
from appliance.updating.programs import Programs
from appliance.updating.refusal import UpdateRefused
from appliance.updating.signature import secret_key, sign, trusted_keys
from appliance.updating.state import Phase, UpdateState, programs_folder, read_state
from appliance.updating.trial import TRIAL_S, on_trial, takes_a_call

IMAGE = Path("/opt/copperdesk")
RESTART = "systemctl restart copperdesk.service"

ACTS = {
    "bundle": "make a bundle of an application folder, for developers",
    "check": "tell whether a bundle could be installed",
    "install": "install a bundle; it is on trial from the next start on",
    "requested": "install what was brought to the page, as root does when the daemon asks",
    "back": "go back to the version before",
    "state": "tell which version runs, and why another one does not",
    "starting": "what the unit does before each start of the daemon",
    "trial": "call a new version by the test telephone, and put it back if it takes no call",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    lines = "; ".join(f"{name}: {what}" for name, what in ACTS.items())
    parser.add_argument("act", choices=ACTS, metavar="ACT", help=lines)
    parser.add_argument("file", type=Path, nargs="?", metavar="FILE", help="the bundle")
    parser.add_argument("--folder", type=Path, metavar="DIR", help="bundle: the application folder")
    parser.add_argument("--key", type=Path, metavar="FILE", help="bundle: the secret key that signs it")
    parser.add_argument("--older", action="store_true", help="an older version than the one that runs is meant")
    parser.add_argument("--now", action="store_true", help="also while the office is open; never during a call")
    parser.add_argument("--old-settings", action="store_true", help="back: with the settings of the day of the update")
    parser.add_argument("--image", type=Path, default=IMAGE, metavar="DIR", help="the image's program (%(default)s)")
    parser.add_argument(
        "--programs", type=Path, default=programs_folder(), metavar="DIR", help="the versions (%(default)s)"
    )
    parser.add_argument("--restart", default=RESTART, metavar="COMMAND", help="starts the daemon anew (%(default)s)")


def run(args: argparse.Namespace) -> int:
    if args.act in ("bundle", "check", "install") and args.file is None:
        print(f"copperdesk update {args.act}: the name of the bundle is missing", file=sys.stderr)
        return 2
    try:
        return _acts[args.act](args)
    except UpdateRefused as error:
        print(f"copperdesk: not done: {error}", file=sys.stderr)
        return 1


def told(state: UpdateState | None, runs: str) -> str:
    """Which version runs, and why another one does not: for the log-in and the command."""
    line = f"Copperdesk {runs}"
    match state:
        case UpdateState(phase=Phase.PENDING | Phase.TRYING, version=version) if version == runs:
            return f"{line}, on trial: it must take a call yet"
        case UpdateState(phase=Phase.RETURNING | Phase.REJECTED, version=version, reason=reason):
            return f"{line}. The update to {version} was taken back: {reason}"
    return line


def _bundle(args: argparse.Namespace) -> int:
    if args.folder is None:
        raise UpdateRefused("say which application folder: --folder DIR")
    with args.file.open("wb") as file:
        about = bundle.pack(args.folder, file)
    if args.key is None:
        print(f"{args.file} holds {about.version}. Sign it: minisign -S -m {args.file}")
        return 0
    key = secret_key(args.key.read_text(encoding="utf-8"))
    with args.file.open("rb") as file:
        text = sign(file, key, f"copperdesk {about.version} for {about.machine}")
    args.file.with_name(f"{args.file.name}.minisig").write_text(text, encoding="utf-8")
    print(f"{args.file} holds {about.version}, and is signed.")
    return 0


def _check(args: argparse.Namespace) -> int:
    new = _programs(args).check(args.file, trusted_keys(args.image / "keys"), older=args.older)
    print(f"{new.version} can be installed here.")
    return 0


def _install(args: argparse.Namespace) -> int:
    keys = trusted_keys(args.image / "keys")
    new = _programs(args).install(args.file, keys, lambda: _may_stop(args), older=args.older)
    print(f"{new.version} is installed, and on trial for {TRIAL_S / 60:.0f} minutes.")
    return _restart(args)


def _requested(args: argparse.Namespace) -> int:
    folder = handover_folder()
    request = take_request(folder)
    if request is None:
        return 0
    args.file, args.now, args.older = folder / BUNDLE, request.now, request.older
    answer(args.programs, "")
    try:
        return _install(args)
    except UpdateRefused as error:
        answer(args.programs, str(error))
        raise


def _back(args: argparse.Namespace) -> int:
    _may_stop(args)
    print(f"{_programs(args).back(old_settings=args.old_settings)} is put back.")
    return _restart(args)


def _state(args: argparse.Namespace) -> int:
    print(told(read_state(args.programs), _programs(args).runs.version))
    return 0


def _starting(args: argparse.Namespace) -> int:
    _programs(args).before_start()
    return 0


def _trial(args: argparse.Namespace) -> int:
    programs, data = _programs(args), DataFolder(args.data)
    state = asyncio.run(on_trial(args.programs))
    if state is None:
        return 0
    reason = asyncio.run(takes_a_call(data.socket, is_set_up=data.office.exists()))
    if not reason:
        programs.confirm(state.version)
        print(f"{state.version} took a call, and stays.")
        return 0
    print(f"{state.version} is taken back: {reason}", file=sys.stderr)
    return _restart(args) if programs.reject(state.version, reason) else 0


def _may_stop(args: argparse.Namespace) -> None:
    """Raise UpdateRefused while a call goes on, and while the office is open unless told; who is not there is idle."""
    try:
        moment: dict[str, Any] = ask(args.data, "update.moment")
    except ControlError as error:
        if error.code == "not-running":
            return
        raise
    if moment["calls"]:
        raise UpdateRefused("somebody is on the telephone: try again when nobody is")
    if moment["open"] and not args.now:
        raise UpdateRefused("the office is open; say --now if it must be")


def _restart(args: argparse.Namespace) -> int:
    return subprocess.run(args.restart.split(), check=False).returncode


def _programs(args: argparse.Namespace) -> Programs:
    return Programs(args.image, args.programs, args.data)


_acts = {
    "bundle": _bundle,
    "check": _check,
    "install": _install,
    "requested": _requested,
    "back": _back,
    "state": _state,
    "starting": _starting,
    "trial": _trial,
}
