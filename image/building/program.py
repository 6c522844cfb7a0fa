"""Copperdesk itself in the image: its Python packages for the board, complete, in /opt/copperdesk."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

from appliance.office.languages import LANGUAGES
from appliance.updating.folder import ABOUT, DATA_GENERATION, ProgramFolder
from image.building.board import Board
from image.building.layers import key
from image.building.steps import BuildSteps, BuildTrouble

HOME = Path(__file__).resolve().parent.parent.parent
PLACE = "opt/copperdesk"
PYTHON = (3, 11)
"""The Python of Debian 12."""
EXTRAS = "voice,pi"
PARTS = ("appliance", "hw", "web", "setup.py", "pyproject.toml", "README.md", "LICENSE")
PRUNED = (
    "bin",  # commands, which name the Python of the machine that built them, and which nothing calls
    *("**/tests", "numpy/distutils"),
    *("onnxruntime/transformers", "onnxruntime/tools", "onnxruntime/quantization"),
    "onnxruntime/capi/libonnxruntime.so*",  # the library once more, for programs that are not Python
    *("piper/hebrew", "piper/tashkeel/*.onnx", "piper/train"),  # languages no office has, and the making of voices
)
"""What the packages bring and Copperdesk never loads: a quarter of their size."""
IMPORTS = """\
import importlib, pkgutil, piper, pjsua2
for name in ("appliance", "web"):
    for module in pkgutil.walk_packages(importlib.import_module(name).__path__, f"{name}."):
        if not module.name.endswith(".__main__"):
            importlib.import_module(module.name)
"""
"""Run by the image's own Python: it ends with an error where anything is missing that Copperdesk loads."""
UNREPORTED = {"ORT_DISABLE_TELEMETRY": "1"}
"""The runtime of the voice reports nothing, and leaves no number for all units made of the image (`speaker.py`)."""
LOCALES = "babel/locale-data"
"""How languages write dates and numbers. Those of the page are kept of some hundreds."""


def sip_library(board: Board, steps: BuildSteps) -> Path:
    """The wheel of the SIP library, built where there is none yet: some minutes."""
    options = ["--keep", *(["--arm64"] if board.arch == "arm64" else [])]
    with steps.step("the SIP library (minutes, if it is built)"):
        return Path(steps.run([HOME / "image/pjsua2", *options]).splitlines()[-1])


def own_wheel(folder: Path, commit: str, epoch: int, steps: BuildSteps) -> Path:
    """Copperdesk as a wheel, of the files of a commit. folder: a new one, for the files and the wheel."""
    source = folder / "source"
    source.mkdir(parents=True)
    with steps.step("packing Copperdesk"):
        steps.run(["git", "-C", HOME, "archive", "--output", folder / "source.tar", commit, *PARTS])
        steps.run(["tar", "--extract", "--file", folder / "source.tar", "--directory", source])
        pip = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--wheel-dir", folder, source]
        steps.run(pip, env={"SOURCE_DATE_EPOCH": str(epoch)})
    return next(folder.glob("copperdesk-*.whl"))


def choosing(board: Board) -> list[str]:
    """pip's options to choose wheels for a board instead of for this machine."""
    python = f"{PYTHON[0]}{PYTHON[1]}"
    options = ["--only-binary=:all:", "--implementation=cp", f"--python-version={python}"]
    options += [f"--abi={abi}" for abi in (f"cp{python}", "abi3", "none")]
    return options + [f"--platform={platform}" for platform in board.platforms]


def wheels(board: Board, own: Path, cache: Path, steps: BuildSteps, *, again: bool = False) -> Path:
    """The folder of the wheels that Copperdesk needs on a board. Each list of needs has its own in the cache."""
    needs = (HOME / "setup.py").read_text(encoding="utf-8")
    folder = cache / f"wheels-{board.arch}-{key(needs, EXTRAS, board.platforms)}"
    if folder.exists() and not again:
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    new = folder.with_suffix(".new")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    with steps.step("fetching its Python packages"):
        wanted = f"{own}[{EXTRAS}]"
        steps.run([sys.executable, "-m", "pip", "download", "-q", "--dest", new, *choosing(board), wanted])
    (new / own.name).unlink(missing_ok=True)
    new.rename(folder)
    return folder


def install(board: Board, root: Path, own: Path, sources: Iterable[Path], epoch: int, steps: BuildSteps) -> None:
    """Put the program into a root folder, from its own wheel and the folders with all others; nothing is fetched."""
    place = root / PLACE
    lib = place / "lib"
    links = [f"--find-links={folder}" for folder in (own.parent, *sources)]
    with steps.step("installing Copperdesk"):
        pip = [sys.executable, "-m", "pip", "install", "-q", "--no-index", "--no-compile", "--target", lib, *links]
        steps.run([*pip, *choosing(board), f"copperdesk[{EXTRAS}]", "pjsua2-python"])
        prune(lib)
        compile_all(root, lib, steps)
        (place / "bin").mkdir()
        shutil.copy(HOME / "image/program-launcher", place / "bin/copperdesk")
        (place / "bin/copperdesk").chmod(0o755)
        about = ProgramFolder(own.name.split("-")[1], board.machine, ".".join(map(str, PYTHON)), DATA_GENERATION)
        (place / ABOUT).write_bytes(about.as_json())
        # Accounts, services and the command are put in place as on any other machine.
        ours = [HOME / "image/install", "--root", root, "--no-packages", "--no-program"]
        steps.run(ours, env={"SOURCE_DATE_EPOCH": str(epoch)})
    with steps.step("trying whether all of it can be loaded"):
        loads = {"PYTHONPATH": f"/{PLACE}/lib", "PYTHONSAFEPATH": "1", "PYTHONDONTWRITEBYTECODE": "1"}
        steps.run(["chroot", root, "/usr/bin/python3", "-c", IMPORTS], env=loads | UNREPORTED)


def prune(lib: Path) -> None:
    """Remove what is never loaded."""
    for file in (lib / LOCALES).glob("*.dat"):
        if file.stem.partition("_")[0] not in {"root", *LANGUAGES}:
            file.unlink()
    for pattern in PRUNED:
        for path in sorted(lib.glob(pattern)):
            if path.is_dir():
                shutil.rmtree(path)
            elif path.exists():
                path.unlink()
    for record in lib.glob("*.dist-info/RECORD"):
        lines = record.read_text(encoding="utf-8").splitlines(keepends=True)
        # With its commands, which name the folder that an image is built in, a list would differ from build to build.
        record.write_text("".join(line for line in lines if not line.startswith("../")), encoding="utf-8")


def compile_all(root: Path, lib: Path, steps: BuildSteps) -> None:
    """Compile the modules beforehand: the program's folder is read only, and each start would do it again."""
    if sys.version_info[:2] != PYTHON:
        raise BuildTrouble(
            f"An image is built with Python {PYTHON[0]}.{PYTHON[1]}, as in Debian 12: it compiles what the image runs."
        )
    options = ["-q", "-j2", "--invalidation-mode=unchecked-hash", "-s", str(root), "-p", "/"]
    # Some packages bring templates that are named .py and are none: what does not compile is left as it is.
    steps.run(["sh", "-c", '"$@" || true', "sh", sys.executable, "-m", "compileall", *options, lib])
