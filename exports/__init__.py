"""The package of exporters: what turns a frozen round into a file to hand out."""
