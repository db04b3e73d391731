"""What we ask: questionnaires, their meaning, and nothing of the service around them."""
