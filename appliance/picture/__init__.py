"""The call flow as a picture: what stands in it, how Graphviz lays it out, and how it stands on a page."""
