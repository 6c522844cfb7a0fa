"""The layers of an image as data: which Debian packages, which drivers at the start, and what is left out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

IMAGE = Path(__file__).resolve().parent.parent
LAYERS = IMAGE / "layers"
SUITE = "bookworm"
"""The Debian whose packages an image has; its Python is the one the program's wheels are chosen for."""

RECIPE = 1
"""Counted up when the same lists would give another system, so that the one in the cache is made again."""


@dataclass(frozen=True, slots=True)
class Layered:
    """A Debian package of an image. layer: the list it is in."""

    name: str
    why: str
    layer: str


def entries(file: Path) -> list[list[str]]:
    """The lines of a list, each as its words; those that begin with # are left out."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return [line.split(maxsplit=2) for line in lines if line.strip() and not line.startswith("#")]


def packages(layers: Iterable[str]) -> list[Layered]:
    """The packages of these layers, and those that the program itself needs. Each is listed once."""
    found = {
        name: Layered(name, " ".join(why), layer) for layer in layers for name, *why in entries(LAYERS / f"{layer}.txt")
    }
    for group, name, why in entries(IMAGE / "packages.txt"):
        if group == "run":
            found.setdefault(name, Layered(name, why, "program"))
    return list(found.values())


def drivers() -> list[str]:
    """The kernel modules of the initial RAM disk."""
    return [words[0] for words in entries(LAYERS / "modules.txt")]


def left_out() -> list[str]:
    """dpkg's options that keep paths out of the image, or in it, in their order."""
    patterns = [words[0] for words in entries(LAYERS / "leftout.txt")]
    return [f"path-include={one[1:]}" if one.startswith("!") else f"path-exclude={one}" for one in patterns]


def key(*inputs: object) -> str:
    """The name in the cache of what is made of these inputs, which must be writable as JSON."""
    return hashlib.sha256(json.dumps([RECIPE, *inputs]).encode()).hexdigest()[:16]
