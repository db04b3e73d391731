"""The routes of respondents, in the order in which they are matched."""

from fastapi import APIRouter

from app.responses.routes.form import router as form
from app.responses.routes.materials import router as materials
from app.responses.routes.start import router as start
from app.responses.routes.submit import router as submit

router = APIRouter(include_in_schema=False)
# The sections of a form stand at /form/{name}, so every other page comes first.
for part in (start, submit, materials, form):
    router.include_router(part)
