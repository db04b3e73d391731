"""Which files were asked for."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from app.downloads.models import Export
from app.errors import NotFound


def export_by_key(session: Session, key: str) -> Export:
    """The export of a key; whether the asker may see it is the caller's to decide."""
    export = session.exec(select(Export).where(Export.key == key)).one_or_none()
    if export is None:
        raise NotFound("There is no such file.")
    return export


def exports_of(session: Session, round_id: int, *, limit: int = 100) -> Sequence[Export]:
    """The files that were asked for in a round, the newest first."""
    return session.exec(
        select(Export)
        .where(Export.round_id == round_id)
        .order_by(col(Export.requested_at).desc(), col(Export.id).desc())
        .limit(limit)
    ).all()
