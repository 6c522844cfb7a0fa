"""Whether a file can be written, asked before the work whose result it is to hold."""

from __future__ import annotations

import os
from pathlib import Path


def cannot_write(file: Path) -> str:
    """Why this file cannot be written, and what to do; an empty text where it can. Nothing is made or changed."""
    folder = file.parent
    if file.is_dir():
        return f"{file} is a folder; name a file in it"
    if not folder.is_dir():
        return f"there is no folder {folder}; make it first, or name another file"
    if not os.access(file if file.exists() else folder, os.W_OK):
        return f"{file} cannot be written by this user; name another file"
    return ""


def cannot_write_in(folder: Path) -> str:
    """Why files cannot be written in this folder, and what to do; an empty text where they can, or it can be made."""
    if folder.exists() and not folder.is_dir():
        return f"{folder} is a file; name a folder"
    there = folder if folder.exists() else folder.absolute().parent
    if not there.is_dir():
        return f"there is no folder {there}; make it first"
    return "" if os.access(there, os.W_OK) else f"this user may not write in {there}; name another folder"
