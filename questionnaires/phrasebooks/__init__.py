"""The sentences of conditions in each language that we speak: one book for each, all alike."""
