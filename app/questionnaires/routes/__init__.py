"""The routes of questionnaires: versions, drafts, their pictures, and trying a draft out."""

from fastapi import APIRouter

from app.questionnaires.routes.drafts import router as drafts
from app.questionnaires.routes.pictures import router as pictures
from app.questionnaires.routes.preview import router as preview
from app.questionnaires.routes.translations import router as translations
from app.questionnaires.routes.versions import router as versions

router = APIRouter(include_in_schema=False)
for part in (versions, drafts, pictures, preview, translations):
    router.include_router(part)
