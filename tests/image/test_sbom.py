"""The list of what an image is made of, from a made-up root folder."""

from __future__ import annotations

import json
import re

import pytest

from image.building.board import BOARDS
from image.building.sbom import bill, debian_licences

STATUS = """\
Package: libspandsp2
Status: install ok installed
Architecture: arm64
Source: spandsp (0.0.6)
Version: 0.0.6+dfsg-2
Description: Telephony signal processing library
 Hears and makes tones.

Package: gone
Status: deinstall ok config-files
Architecture: arm64
Version: 1

Package: tzdata
Status: install ok installed
Architecture: all
Version: 1:2025b-0
"""
COPYRIGHT = """\
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Files: *
License: LGPL-2.1

Files: tests/*
License: GPL-2

License: LGPL-2.1
 The text of it.
"""


@pytest.fixture
def root(tmp_path):
    files = {
        "var/lib/dpkg/status": STATUS,
        "usr/share/doc/libspandsp2/copyright": COPYRIGHT,
        "usr/share/doc/tzdata/copyright": "This database is in the public domain.\n",
        "opt/copperdesk/lib/flask_wtf-1.3.0.dist-info/METADATA": "Name: Flask-WTF\nVersion: 1.3.0\n"
        "Classifier: License :: OSI Approved :: BSD License\n",
        "opt/copperdesk/lib/numpy-2.4.6.dist-info/METADATA": "Name: numpy\nVersion: 2.4.6\n"
        "License-Expression: BSD-3-Clause AND 0BSD\nClassifier: License :: OSI Approved :: BSD License\n",
        "opt/copperdesk/lib/pjsua2_python-2.17+r1.dist-info/METADATA": "Name: pjsua2-python\nVersion: 2.17+r1\n"
        "License: GPL-2.0-or-later\n",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def listed(root):
    return bill(root, BOARDS["arm64"], "0.1.0", 1_750_000_000)


def test_what_is_installed_is_listed_with_version_and_licence_and_nothing_else(root):
    found = {one["purl"]: one.get("licenses") for one in listed(root)["components"]}
    assert found == {
        "pkg:deb/debian/libspandsp2@0.0.6%2Bdfsg-2?arch=arm64&distro=bookworm": [
            {"license": {"name": "GPL-2"}},
            {"license": {"name": "LGPL-2.1"}},
        ],
        "pkg:deb/debian/tzdata@1%3A2025b-0?arch=all&distro=bookworm": None,
        "pkg:pypi/flask-wtf@1.3.0": [{"license": {"name": "BSD License"}}],
        "pkg:pypi/numpy@2.4.6": [{"expression": "BSD-3-Clause AND 0BSD"}],
        "pkg:pypi/pjsua2-python@2.17%2Br1": [{"license": {"name": "GPL-2.0-or-later"}}],
    }


def test_the_list_is_of_the_form_that_tools_read(root):
    """The rules of CycloneDX 1.5 (ECMA-424) that this list could break."""
    made = json.loads(json.dumps(listed(root)))
    assert (made["bomFormat"], made["specVersion"], made["version"]) == ("CycloneDX", "1.5", 1)
    assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", made["serialNumber"])
    assert made["metadata"]["timestamp"] == "2025-06-15T15:06:40Z"
    everything = [made["metadata"]["component"], *made["components"]]
    references = [one["bom-ref"] for one in everything]
    assert len(set(references)) == len(references)
    assert {one["type"] for one in everything} <= {"library", "operating-system"}
    assert all(one["name"] and one["version"] for one in everything)
    assert made["dependencies"][0]["ref"] == references[0]
    assert made["dependencies"][0]["dependsOn"] == references[1:]


def test_the_same_system_has_the_same_list_and_another_one_another_number(root):
    first = listed(root)
    assert listed(root) == first
    status = root / "var/lib/dpkg/status"
    status.write_text(status.read_text().replace("2025b", "2026a"))
    assert listed(root)["serialNumber"] != first["serialNumber"]


def test_a_copyright_file_in_plain_words_names_no_licence(tmp_path):
    (tmp_path / "copyright").write_text("Licensed as you like.\n")
    assert debian_licences(tmp_path / "copyright") == []
    assert debian_licences(tmp_path / "missing") == []
