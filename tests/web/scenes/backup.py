"""Backups and how they are taken over."""

from __future__ import annotations

import time

from tests.web.scenes.scene import Scene


def a_backup(site):
    site.ask("backup.begin", passphrase="a passphrase for tests")
    while site.ask("backup.state")["running"]:
        time.sleep(0.05)


def a_file(page):
    """Brought once; at the next size it is there already."""
    if page.locator("#passphrase").count():
        return
    page.set_input_files("#file", {"name": "some.backup", "mimeType": "application/octet-stream", "buffer": b"x"})
    page.click("main button.primary")
    page.wait_for_selector("#passphrase")


def nightly(site):
    """It was set, and the stick is not there."""
    setting = {"kind": "stick", "place": "BACKUP", "passphrase": "a passphrase for tests", "at": "02:30"}
    site.ask("nightly.set", by="ada", keep=14, days=90, **setting)
    while site.ask("nightly.get")["running"]:
        time.sleep(0.05)


SCENES = [
    Scene("backup-nightly", "/backup", prepare=nightly),
    Scene("backup-nightly-form", "/backup/nightly"),
    Scene("backup", "/backup", prepare=a_backup),
    Scene("backup-restore", "/backup/restore", prepare=lambda site: site.ask("restore.forget")),
    Scene("backup-passphrase", "/backup/restore", prepare=lambda site: site.ask("restore.forget"), act=a_file),
]
