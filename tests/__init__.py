"""The tests: unit tests mirror the source, integration tests use databases, e2e a browser."""
