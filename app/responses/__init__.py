"""Answers, their history, materials and submissions."""
