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


SCENES = [
    Scene("backup", "/backup", prepare=a_backup),
    Scene("backup-restore", "/backup/restore", prepare=lambda site: site.ask("restore.forget")),
    Scene("backup-passphrase", "/backup/restore", prepare=lambda site: site.ask("restore.forget"), act=a_file),
]
