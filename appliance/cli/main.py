"""`copperdesk COMMAND …`: finds the command, reads its arguments, and says what went wrong and what to do.

Exit codes: 0 done, 1 it could not be done (or, for a check, something is wrong), 2 the command was not understood.
"""

from __future__ import annotations

import argparse
import importlib
import os
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import NoReturn, Protocol, cast

from appliance.cli.owner import become_owner_of
from appliance.control.errors import ControlError
from appliance.control.folder import default_data_folder
from appliance.control.lock import AlreadyRunning
from hw.nearest import nearest


class CommandModule(Protocol):
    add_arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]


@dataclass(frozen=True, slots=True)
class Subcommand:
    """A command of `copperdesk`.

    module: imported only when the command is used, so that `status` need not wait for all that `run` imports.
    example: what may follow the command's name; several on lines of their own.
    as_root: it changes the machine, and is careful itself with what it finds in the data folder.
    """

    name: str
    summary: str
    module: str
    example: str
    as_root: bool = False


COMMANDS = (
    Subcommand("run", "start the appliance", "appliance.daemon", "--office my-office.json"),
    Subcommand("web", "serve the local web page", "web.server", "--port 8080"),
    Subcommand("account", "let people sign in at the local page", "web.accountcommand", "password ada"),
    Subcommand("phone", "be an outside caller on the built-in exchange", "appliance.testphone.console", ""),
    Subcommand("play", "play scenarios, faster than real time", "appliance.scenario.play", "my.call --wav heard/"),
    Subcommand("simulate", "let an office be used for days", "appliance.cli.simulate", "--days 7"),
    Subcommand("status", "show what goes on at this moment", "appliance.cli.status", ""),
    Subcommand("hw", "show and try lines, telephones and buttons", "appliance.cli.hw", "test fxo-1"),
    Subcommand("night", "close or open the office by hand", "appliance.cli.night", "closed --until 08:00"),
    Subcommand("person", "show and change how people are reached", "appliance.cli.person", "do-not-disturb jane on"),
    Subcommand("message", "show, restore and delete messages", "appliance.cli.message", "list jane"),
    Subcommand("announcement", "tell all callers something first", "appliance.cli.announcement", "on --until 12:00"),
    Subcommand("sound", "let callers hear recordings", "appliance.cli.sound", "add menu.greeting welcome.wav"),
    Subcommand("greeting", "set the greetings of a mailbox", "appliance.cli.greeting", "set jane regular hello.wav"),
    Subcommand(
        "greetings",
        "offer greetings for a company",
        "appliance.cli.greetings",
        '--company "Riverside Dental" --does "family dentistry" --who Maria',
    ),
    Subcommand("card", "print what can be dialed on a telephone", "appliance.cli.card", "--pdf card.pdf"),
    Subcommand("log", "show the latest calls", "appliance.cli.log", "--limit 50"),
    Subcommand("lost", "show who called and got nobody", "appliance.cli.lost", "done 20260303-141503-540000-1"),
    Subcommand("line", "test a line to the telephone company", "appliance.cli.line", "test fxo-1 --report line.html"),
    Subcommand("fax", "send faxes, and read those received", "appliance.cli.fax", "send offer.pdf 5550123"),
    Subcommand("mail", "try the mail server, and see what waits", "appliance.cli.mail", "test jane@example.org"),
    Subcommand("say", "speak a text as a prompt", "appliance.cli.say", '"We are closed today." --out closed.wav'),
    Subcommand("office", "check, walk, show or load the office", "appliance.cli.office", "check my-office.json"),
    Subcommand("contact", "keep contacts and the block list", "appliance.cli.contact", "import addresses.csv"),
    Subcommand("backup", "put all that must not be lost in one file", "appliance.cli.backup", "monday.backup"),
    Subcommand(
        "restore",
        "put a backup in place of what there is",
        "appliance.cli.restore",
        "--show monday.backup\nmonday.backup",
    ),
    Subcommand("find", "look for units in the network", "appliance.cli.find", "--seconds 10"),
    Subcommand("label", "print the labels of units", "appliance.cli.label", "--pdf label.pdf"),
    Subcommand(
        "fleet",
        "make and check the files of many units",
        "appliance.cli.fleet",
        "make my-units/ --template template.toml --units units.csv\ncheck my-units/\ncompare my-units/",
    ),
    Subcommand("demo", "show an example office with people who call", "appliance.cli.demo", ""),
    Subcommand("doctor", "say what works, what does not, and what to do", "appliance.cli.doctor", ""),
    Subcommand("support", "make an archive for whoever helps you", "appliance.cli.support", "support.zip"),
    Subcommand(
        "update",
        "install another version, and go back",
        "appliance.cli.update",
        "check copperdesk-1.1.tar.zst\ninstall copperdesk-1.1.tar.zst\nback",
        as_root=True,
    ),
    Subcommand(
        "provision", "do what the boot partition says", "appliance.cli.provision", "--boot /boot/firmware", as_root=True
    ),
    Subcommand("announce", "have the network told of this unit", "appliance.cli.announce", "", as_root=True),
    Subcommand("hil", "try a unit with a gateway on a bench", "appliance.cli.hil", "my-bench.toml --report friday/"),
)


class _Parser(argparse.ArgumentParser):
    """A parser that tells what was probably meant by a word or an option that it does not know."""

    def error(self, message: str) -> NoReturn:
        options = [option for action in self._actions for option in action.option_strings]
        choices = [str(choice) for action in self._actions for choice in action.choices or ()]
        unknown = re.search(r"unrecognized arguments: (-[^\s=]+)|invalid choice: '([^']*)'", message)
        near = nearest(unknown[1] or unknown[2], options if unknown[1] else choices) if unknown else ""
        message = re.sub(r"invalid (?:int|float) value: ('.*')", r"\1 is no number", message)
        super().error(f"{message}; did you mean {near!r}?" if near else message)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; its exit code."""
    chosen, rest = _choose(sys.argv[1:] if arguments is None else arguments)
    module = cast(CommandModule, importlib.import_module(chosen.module))
    examples = chosen.example.split("\n")
    parser = _Parser(
        prog=f"copperdesk {chosen.name}",
        description=f"{chosen.summary[0].upper()}{chosen.summary[1:]}.",
        epilog="\n".join(["example:", *(f"  copperdesk {chosen.name} {one}".rstrip() for one in examples)]),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--data",
        type=Path,
        default=default_data_folder(),
        metavar="DIR",
        help="the folder of this appliance's office, messages and log (%(default)s)",
    )
    module.add_arguments(parser)
    args = parser.parse_intermixed_args(rest)
    if not chosen.as_root:
        if args.data.exists() and not args.data.is_dir():
            print(f"copperdesk: {args.data} is a file; --data names the folder of this appliance", file=sys.stderr)
            return 1
        become_owner_of(args.data)
    return _guarded(lambda: module.run(args))


def _choose(arguments: Sequence[str]) -> tuple[Subcommand, Sequence[str]]:
    lines = "\n".join(f"  {command.name:<12} {command.summary}" for command in COMMANDS)
    parser = argparse.ArgumentParser(
        prog="copperdesk",
        usage="copperdesk COMMAND …",
        description="A small office's whole telephone system.",
        epilog=f"commands:\n{lines}\n\nexample:\n  copperdesk status\n\n`copperdesk COMMAND --help` says more.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"Copperdesk {version('copperdesk')}")
    parser.add_argument("command", metavar="COMMAND", help=argparse.SUPPRESS)
    if not arguments:
        parser.print_help(sys.stderr)
        raise SystemExit(2)
    known = {command.name: command for command in COMMANDS}
    places = [place for place, argument in enumerate(arguments) if argument in known]
    if places and arguments[0].startswith("--") and arguments[0] != "--version":  # Options may come first.
        return known[arguments[places[0]]], [*arguments[: places[0]], *arguments[places[0] + 1 :]]
    name = parser.parse_args(arguments[:1]).command
    if name not in known:
        near = nearest(name, known)
        meant = f"did you mean {near!r}?" if near else f"there are {', '.join(known)}"
        parser.error(f"there is no command {name!r}; {meant}")
    return known[name], arguments[1:]


def _guarded(work: Callable[[], int]) -> int:
    try:
        return work()
    except (ControlError, AlreadyRunning) as error:
        print(f"copperdesk: {error}", file=sys.stderr)
    except BrokenPipeError:  # Whoever reads our output, `head` perhaps, has stopped reading.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        what = f"{error.filename}: " if error.filename else ""
        print(f"copperdesk: {what}{error.strerror or error}", file=sys.stderr)
    except (KeyboardInterrupt, EOFError):  # Ctrl-C, or Ctrl-D where something is asked for.
        print(file=sys.stderr)
    return 1
