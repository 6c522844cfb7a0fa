"""All that a unit must not lose in one file, sealed by a passphrase, and back: docs/backup.md."""
