"""``rapporteur migrate``."""

from app.cli.terminal import busy, say


def migrate() -> None:
    """Bring the database to the revision that this program needs."""
    from app.database import schema
    from app.settings import read_settings

    url = read_settings().database_url
    before = schema.current_revision(url)
    newest = schema.newest_revision()
    if before == newest:
        say(f"The database is at revision {newest} already; nothing to do.")
        return
    if before is not None:
        schema.require_known(before)
    with busy("Migrating the database"):
        schema.migrate(url)
    say(f"The database is now at revision {newest} (before: {before or 'no tables'}).")
