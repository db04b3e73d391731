"""Statements, codings and the snapshot that exporters are given."""
