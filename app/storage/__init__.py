"""Files that were uploaded or made, outside the web root."""
