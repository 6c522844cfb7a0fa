"""Builds the image of a unit, step by step. `image/build` is the command; docs/image.md tells what comes of it."""
