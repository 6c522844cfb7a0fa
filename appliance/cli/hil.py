"""`copperdesk hil`: try a unit with a gateway on a bench, or in simulation; see docs/hil.md.

The cases are pytest's, in tests/hil of the source tree, which is not installed with the package.
"""

from __future__ import annotations

import argparse
import importlib.util
import subprocess
import sys
from pathlib import Path

from appliance.clock import RealClock

ROOT = Path(__file__).resolve().parents[2]
FOLDER = Path("tests/hil")
PYTEST_SAYS_NONE_RUN = 5


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="the bench: its gateway, its unit, how they are wired")
    parser.add_argument(
        "--simulated", action="store_true", help="build gateway, cords and unit in memory; FILE says which"
    )
    parser.add_argument("--short", action="store_true", help="only the most telling cases, each once")
    parser.add_argument(
        "--only", action="append", default=[], metavar="NAME", help="only these cases, such as `keys`; may be repeated"
    )
    parser.add_argument(
        "--report", type=Path, metavar="FOLDER", help="where report.html, junit.xml and the recordings go (hil-DATE)"
    )


def run(args: argparse.Namespace) -> int:
    """0: all cases passed, 1: one failed, or the bench could not be used."""
    folder = ROOT / FOLDER
    if not (folder / "conftest.py").is_file():
        return _wrong(
            f"the cases are not here: {folder} is missing. They are part of the source tree, not of the installed "
            "package; run `copperdesk hil` of a checkout, as `.venv/bin/copperdesk hil`"
        )
    if importlib.util.find_spec("pytest") is None:
        return _wrong("pytest, which runs the cases, is not installed; `make setup` in the source tree installs it")
    if not args.file.is_file():
        return _wrong(f"{args.file} is not there; {FOLDER}/bench.toml is one to begin your own from")
    if unknown := [name for name in args.only if not (folder / f"test_hil_{name}.py").is_file()]:
        return _wrong(f"there is no case {unknown[0]!r}; there are {', '.join(cases(folder))}")
    report = args.report or Path(f"hil-{_today()}")
    report.mkdir(parents=True, exist_ok=True)
    files = [f"{folder}/test_hil_{name}.py" for name in args.only] or [str(folder)]
    done = subprocess.run([*_command(args, report), *files], cwd=ROOT)
    if done.returncode == PYTEST_SAYS_NONE_RUN:
        return _wrong("none of these cases is in the short selection")
    return min(done.returncode, 1)


def cases(folder: Path) -> list[str]:
    """The names of all cases."""
    return sorted(path.stem.removeprefix("test_hil_") for path in folder.glob("test_hil_*.py"))


def _command(args: argparse.Namespace, report: Path) -> list[str]:
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-s", "-k", "test_hil_"]
    command += ["--tb=short", "--no-header", "--disable-warnings", f"--junitxml={report.resolve() / 'junit.xml'}"]
    command += [f"--hil={args.file.resolve()}", f"--hil-report={report.resolve()}"]
    command += ["--hil-simulated"] if args.simulated else []
    command += ["--hil-short"] if args.short else []
    return command


def _today() -> str:
    return RealClock().now().astimezone().strftime("%Y-%m-%d-%H%M")


def _wrong(message: str) -> int:
    print(f"copperdesk: {message}", file=sys.stderr)
    return 1
