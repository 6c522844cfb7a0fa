"""What an image is made of, as a list that security tools read: CycloneDX 1.5 (ECMA-424), in JSON."""

from __future__ import annotations

import hashlib
import json
import re
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from email.parser import HeaderParser
from pathlib import Path
from typing import Any

from image.building.board import Board
from image.building.disk import SPACE
from image.building.layers import SUITE
from image.building.program import PLACE

Component = dict[str, Any]
LICENCE = re.compile(r"^License:[ \t]*(\S[^\n]*)$", re.MULTILINE)
CLASSIFIER = "License :: "


def paragraphs(text: str) -> Iterator[dict[str, str]]:
    """The paragraphs of one of Debian's control files, each as its fields. Lines that go on are left out."""
    for part in re.split(r"\n\s*\n", text.strip()):
        yield dict(re.findall(r"^([\w-]+):[ \t]*(.*)$", part, re.MULTILINE))


def debian_components(root: Path) -> Iterator[Component]:
    """The installed packages of a root folder, with the licences that their copyright files name."""
    for fields in paragraphs((root / "var/lib/dpkg/status").read_text(encoding="utf-8")):
        if fields.get("Status") != "install ok installed":
            continue
        name, version, arch = fields["Package"], fields["Version"], fields["Architecture"]
        source = fields.get("Source", name).split()[0]
        reference = f"pkg:deb/debian/{name}@{quoted(version)}?arch={arch}&distro={SUITE}"
        component: Component = {"type": "library", "bom-ref": reference, "name": name, "version": version}
        component |= {"purl": reference, "properties": [{"name": "copperdesk:debian-source", "value": source}]}
        if licences := debian_licences(root / "usr/share/doc" / name / "copyright"):
            component["licenses"] = [{"license": {"name": licence}} for licence in licences]
        yield component


def debian_licences(file: Path) -> list[str]:
    """The short names of licences in a copyright file of Debian's machine-readable format; none in older ones."""
    text = file.read_text(encoding="utf-8", errors="replace") if file.exists() else ""
    return sorted({found.strip() for found in LICENCE.findall(text)})


def python_components(lib: Path) -> Iterator[Component]:
    """The Python packages of a folder, with the licence that each names itself."""
    for folder in sorted(lib.glob("*.dist-info")):
        about = HeaderParser().parsestr((folder / "METADATA").read_text(encoding="utf-8"))
        name, version = re.sub(r"[-_.]+", "-", about["Name"]).lower(), about["Version"]
        reference = f"pkg:pypi/{name}@{quoted(version)}"
        component: Component = {"type": "library", "bom-ref": reference, "name": name, "version": version}
        component["purl"] = reference
        if expression := about.get("License-Expression"):
            component["licenses"] = [{"expression": expression}]
        else:
            named = [one.rpartition(" :: ")[2] for one in about.get_all("Classifier", []) if one.startswith(CLASSIFIER)]
            said = (about.get("License") or "").strip().splitlines()
            if named or said:
                component["licenses"] = [{"license": {"name": one}} for one in named or said[:1]]
        yield component


def quoted(version: str) -> str:
    """A version within a package URL."""
    return version.replace("%", "%25").replace("+", "%2B").replace(":", "%3A").replace("~", "~")


def bill(root: Path, board: Board, version: str, epoch: int) -> Component:
    """The whole list for a root folder. epoch: the time it is of, in Unix seconds."""
    components = [*debian_components(root), *python_components(root / PLACE / "lib")]
    components.sort(key=lambda one: str(one["bom-ref"]))
    content = json.dumps(components, sort_keys=True)
    image = f"copperdesk-image-{board.arch}"
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "serialNumber": f"urn:uuid:{uuid.uuid5(SPACE, hashlib.sha256(content.encode()).hexdigest())}",
        "version": 1,
        "metadata": {
            "timestamp": datetime.fromtimestamp(epoch, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "component": {
                "type": "operating-system",
                "bom-ref": image,
                "name": image,
                "version": version,
                "licenses": [{"license": {"id": "GPL-3.0-or-later"}}],
            },
        },
        "components": components,
        "dependencies": [{"ref": image, "dependsOn": [one["bom-ref"] for one in components]}],
    }
