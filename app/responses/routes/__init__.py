"""The routes of respondents, in the order in which they are matched."""

from app.responses.routes.form import router as form
from app.responses.routes.materials import router as materials
from app.responses.routes.start import router as start
from app.responses.routes.submit import router as submit

ROUTERS = (start, submit, materials, form)
"""The sections of a form stand at /form/{name}, so every other page comes first."""
