"""Files that were asked for: building, keeping and serving exports."""
