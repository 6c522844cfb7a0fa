"""The command `lp` and the print service behind it, which take files and say what those of CUPS say."""

from __future__ import annotations

import json
import stat
import sys
from pathlib import Path

_PROGRAM = """#!{python}
import json, pathlib, shutil, sys, time
here = pathlib.Path({here!r})
state = json.loads((here / "state.json").read_text())
printer, title, options, files, rest = state["usual"], "", [], [], sys.argv[1:]
while rest:
    one = rest.pop(0)
    if one == "--":
        files, rest = rest, []
    elif one == "-d":
        printer = rest.pop(0)
    elif one == "-t":
        title = rest.pop(0)
    elif one == "-o":
        options.append(rest.pop(0))
    elif one.startswith("-"):
        sys.exit(f"lp: Error - unknown option '{{one[1:]}}'.")
    else:
        files.append(one)
with (here / "asked").open("a") as asked:
    asked.write(printer + "\\n")
if not state["running"]:
    sys.exit("lp: Error - scheduler not responding.")
if not printer:
    sys.exit("lp: Error - no default destination available.")
if printer not in state["printers"]:
    sys.exit("lp: The printer or class does not exist.")
if printer in state["rejecting"]:
    sys.exit(f'lp: Destination "{{printer}}" is not accepting jobs.')
for file in files:
    if not pathlib.Path(file).is_file():
        sys.exit(f'lp: Error - unable to access "{{file}}" - No such file or directory')
number = len(list(here.glob("*.job"))) + 1
for file in files:
    shutil.copy(file, here / f"{{number}}.pdf")
job = dict(printer=printer, title=title, options=options)
(here / f"{{number}}.job").write_text(json.dumps(job))
print(f"request id is {{printer}}-{{number}} ({{len(files)}} file(s))")
"""


class PrintService:
    """A print service in a folder. Put `path` in front of PATH to have its `lp`."""

    def __init__(self, folder: Path, *printers: str) -> None:
        self.path = folder / "bin"
        self._here = folder
        self._state = {"printers": list(printers), "usual": "", "running": True, "rejecting": []}
        self.path.mkdir(parents=True)
        program = self.path / "lp"
        program.write_text(_PROGRAM.format(python=sys.executable, here=str(folder)))
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        self.becomes()

    def becomes(self, **state: object) -> None:
        """printers: those there are. usual: which of them is. running: whether the service is. rejecting: those that
        take no jobs."""
        self._state |= state
        (self._here / "state.json").write_text(json.dumps(self._state))

    @property
    def jobs(self) -> list[dict[str, object]]:
        """What was taken, in order."""
        return [json.loads((self._here / f"{number}.job").read_text()) for number in range(1, self._taken() + 1)]

    @property
    def asked(self) -> int:
        """How often the command was given."""
        asked = self._here / "asked"
        return len(asked.read_text().splitlines()) if asked.exists() else 0

    def file(self, number: int) -> Path:
        """What was printed as this job, the first being 1."""
        return self._here / f"{number}.pdf"

    def _taken(self) -> int:
        return len(list(self._here.glob("*.job")))
