"""Another version of the program, and the way back to the one before: docs/updates.md."""
