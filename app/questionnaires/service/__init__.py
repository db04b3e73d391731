"""The verbs of questionnaires: keep a draft, try it out, publish it, discard it."""
