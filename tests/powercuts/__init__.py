"""The power fails while all kinds of work go on: at the level of the disk's blocks, below a real file system."""
