"""Faxes: what is to be sent or received, how it ends, the engines that do it, and pages as files."""
