"""Sending faxes: the queue on disk, when each is tried, its calls, its proof, and the ways in which faxes come."""
