"""The verbs of responses: start, save, add material, submit, reopen."""
