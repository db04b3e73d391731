"""The service that runs: web, worker and command line over one database."""
