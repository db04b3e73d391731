"""A fictional survey of two rounds with full answers, to see tabulations, charts and changes."""
