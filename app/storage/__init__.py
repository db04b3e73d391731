"""Files that people hand in: kept outside the web root, checked for type and size."""
