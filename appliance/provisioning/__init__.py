"""A unit is told what it is to be by a file on its boot partition, before anybody can reach its page."""
