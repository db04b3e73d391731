"""The routes of respondents, in the order in which they are matched."""

from fastapi import APIRouter

from app.responses.routes.form import router as form
from app.responses.routes.materials import router as materials
from app.responses.routes.media import router as media
from app.responses.routes.start import router as start
from app.responses.routes.submit import router as submit

router = APIRouter()
# The sections of a form stand at /form/{name}, so every other page comes first. Not included but
# listed: to look into a router costs each request as much as ten routes.
for part in (start, submit, materials, media, form):
    router.routes.extend(part.routes)
