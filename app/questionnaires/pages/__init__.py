"""The pages of questionnaires, their drafts and versions."""
