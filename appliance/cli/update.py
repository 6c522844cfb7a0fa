"""`copperdesk update`: bundles of the program made, checked and installed, and the way back. docs/updates.md."""

from __future__ import annotations

import argparse
import asyncio
import subprocess
import sys
from pathlib import Path
from typing import Any

from appliance.control.blocking import BlockingClient
from appliance.control.errors import ControlError
from appliance.control.folder import DataFolder
from appliance.machine.hostname import host_name_now
from appliance.machine.takenback import IN_WORDS
from appliance.updating import bundle
from appliance.updating.folder import program_in
from appliance.updating.going import ANSWER_S, GONE, end_when_idle
from appliance.updating.handover import BUNDLE, answer, forget_upload, handover_folder, take_request
from appliance.updating.login import RUN, show_at_log_in, told
from appliance.updating.programs import Programs
from appliance.updating.refusal import UpdateRefused
from appliance.updating.signature import secret_key, sign, trusted_keys
from appliance.updating.state import programs_folder, state_or_none
from appliance.updating.trial import TRIAL_S, fails, on_trial
from hw.said import said, told_by

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
    parser.add_argument(
        "--older", action="store_true", help="check, install: although it is older than the version that runs"
    )
    parser.add_argument(
        "--now", action="store_true", help="install, back: also while the office is open; never during a call"
    )
    parser.add_argument("--old-settings", action="store_true", help="back: with the settings of the day of the update")
    parser.add_argument("--image", type=Path, default=IMAGE, metavar="DIR", help="the image's program (%(default)s)")
    parser.add_argument(
        "--programs", type=Path, default=programs_folder(), metavar="DIR", help="the versions (%(default)s)"
    )
    parser.add_argument("--run", type=Path, default=RUN, metavar="DIR", help="where log-ins look (%(default)s)")
    parser.add_argument("--restart", default=RESTART, metavar="COMMAND", help="starts the daemon anew (%(default)s)")


def run(args: argparse.Namespace) -> int:
    if args.act in ("bundle", "check", "install") and args.file is None:
        print(f"copperdesk update {args.act}: the name of the bundle is missing", file=sys.stderr)
        return 2
    try:
        return _acts[args.act](args)
    except UpdateRefused as error:
        how = f"; {error.unless} does it nevertheless" if error.unless else ""
        print(f"copperdesk: not done: {error}{how}", file=sys.stderr)
        return 1


def _bundle(args: argparse.Namespace) -> int:
    if args.folder is None:
        raise UpdateRefused("say which application folder: --folder DIR")
    program_in(args.folder)  # Before a bundle of this name, if there is one, is written over.
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


def _install(args: argparse.Namespace) -> None:
    keys = trusted_keys(args.image / "keys")
    new = _programs(args).install(args.file, keys, lambda: _may_stop(args), older=args.older)
    print(f"{new.version} is installed, and on trial for {TRIAL_S / 60:.0f} minutes.")


def _install_and_start(args: argparse.Namespace) -> int:
    _install(args)
    return _restart(args)


def _requested(args: argparse.Namespace) -> int:
    folder = handover_folder()
    request = take_request(folder)
    if request is None:
        return 0
    args.file, args.now, args.older = folder / BUNDLE, request.now, False
    answer(args.programs, "")
    try:
        _install(args)
    except UpdateRefused as error:
        answer(args.programs, told_by(error))
        raise
    finally:
        forget_upload(folder)
    return _restart(args)


def _back(args: argparse.Namespace) -> int:
    _may_stop(args)
    print(f"{_programs(args).back(old_settings=args.old_settings)} is put back.")
    return _restart(args)


def _state(args: argparse.Namespace) -> int:
    print(told(state_or_none(args.programs), _programs(args).runs.version))
    return 0


def _starting(args: argparse.Namespace) -> int:
    try:
        _programs(args).before_start()
    finally:
        _show_at_log_in(args)
    return 0


def _trial(args: argparse.Namespace) -> int:
    programs, data = _programs(args), DataFolder(args.data)
    state = asyncio.run(on_trial(args.programs))
    if state is None:
        return 0
    why = asyncio.run(fails(data.socket, args.programs / state.version, is_set_up=data.office.exists()))
    if why is None:
        programs.confirm(state.version)
        _show_at_log_in(args)
        print(f"{state.version} took a call, and stays.")
        return 0
    print(f"{state.version} is taken back: {IN_WORDS[why]}", file=sys.stderr)
    return _restart(args) if programs.reject(state.version, why) else 0


def _may_stop(args: argparse.Namespace) -> None:
    """Raise UpdateRefused while a call goes on, and while the office is open unless told; who is not there is idle."""
    try:
        with BlockingClient(DataFolder(args.data).socket, ANSWER_S) as control:
            moment: dict[str, Any] = control.call("update.moment")
    except ControlError as error:
        if error.code in GONE:
            return
        raise UpdateRefused(said("nothing tells whether a call goes on: %(why)s", why=error.message)) from None
    if moment["calls"]:
        raise UpdateRefused(said("somebody is on the telephone: try again when nobody is"))
    if moment["open"] and not args.now:
        raise UpdateRefused(said("the office is open"), unless="--now")


def _restart(args: argparse.Namespace) -> int:
    """Have the chosen version started as soon as no call goes on."""

    def end() -> int:
        return subprocess.run(args.restart.split(), check=False).returncode

    return asyncio.run(end_when_idle(DataFolder(args.data).socket, end))


def _show_at_log_in(args: argparse.Namespace) -> None:
    try:
        show_at_log_in(told(state_or_none(args.programs), _programs(args).runs.version), host_name_now(), args.run)
    except (OSError, UpdateRefused) as error:  # The telephones do not wait for that.
        print(f"copperdesk: nothing is shown at the log-in: {error}", file=sys.stderr)


def _programs(args: argparse.Namespace) -> Programs:
    return Programs(args.image, args.programs, args.data)


_acts = {
    "bundle": _bundle,
    "check": _check,
    "install": _install_and_start,
    "requested": _requested,
    "back": _back,
    "state": _state,
    "starting": _starting,
    "trial": _trial,
}
