"""Questionnaires as their authors write them: drafts, test answers, comparison, publishing."""
