"""WAV files, read and written."""
