"""Small programs on disk, a key, and bundles of them, for tests."""

from __future__ import annotations

import platform
import sys
from pathlib import Path

from appliance.updating import bundle
from appliance.updating.folder import ABOUT, LAUNCHER, ProgramFolder
from appliance.updating.signature import PublicKey, SecretKey, sign

PYTHON = f"{sys.version_info[0]}.{sys.version_info[1]}"


def key_pair(number: int = 1) -> tuple[SecretKey, PublicKey]:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    seed, name = bytes([number]) * 32, bytes([number]) * 8
    public = Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()
    return SecretKey(name, seed), PublicKey(name, public)


KEY, PUBLIC = key_pair()


def program(
    folder: Path, version: str, *, machine: str = platform.machine(), python: str = PYTHON, data: int = 1
) -> Path:
    """An application folder whose program says its version and what it was asked."""
    (folder / "bin").mkdir(parents=True)
    (folder / "lib/inner").mkdir(parents=True)
    (folder / "lib/inner/module.py").write_text(f"VERSION = {version!r}\n")
    (folder / LAUNCHER).write_text(f'#!/bin/sh\necho {version} "$@"\n')
    (folder / LAUNCHER).chmod(0o755)
    (folder / ABOUT).write_bytes(ProgramFolder(version, machine, python, data).as_json())
    return folder


def signed(folder: Path, file: Path, key: SecretKey = KEY) -> Path:
    """The signed bundle of an application folder."""
    with file.open("wb") as written:
        bundle.pack(folder, written)
    return signed_file(file, key)


def signed_file(file: Path, key: SecretKey = KEY) -> Path:
    with file.open("rb") as read:
        file.with_name(f"{file.name}.minisig").write_text(sign(read, key, "a test"))
    return file


def any_moment() -> None:
    """Nobody is on the telephone, and the office is closed."""
