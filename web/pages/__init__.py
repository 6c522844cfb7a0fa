"""The pages, one file a subject. Each has a blueprint named `pages`, which `web.app` registers by the list there."""
