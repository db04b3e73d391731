"""Render a page: templates, the words in them, and what every page knows."""

from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from app.web import csrf
from app.web.said import INTERFACE, language_attributes, said, with_colon
from app.web.times import day_in_words, deadline_in_words, last_day_in_words, moment_in_words
from questionnaires.languages import english_name

FOLDER = Path(__file__).parent / "templates"
STATIC = Path(__file__).parent / "static"


@cache
def new_environment() -> Environment:
    """The one template environment: everything escaped, every unknown name an error.

    Made once for a process: each application would compile every template again.
    """
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters["moment"] = _moment
    environment.filters["day"] = _day
    environment.filters["deadline"] = _deadline
    environment.filters["last_day"] = _last_day
    environment.filters["said"] = said
    environment.filters["english_name"] = english_name
    environment.filters["with_colon"] = with_colon
    environment.filters["language_attributes"] = language_attributes
    return environment


def _moment(value: datetime | None, zone: str = "UTC") -> str:
    return "" if value is None else moment_in_words(value, ZoneInfo(zone))


def _day(value: datetime | None, zone: str = "UTC") -> str:
    return "" if value is None else day_in_words(value, ZoneInfo(zone))


def page(
    request: Request,
    template: str,
    context: dict[str, Any] | None = None,
    *,
    status: int = 200,
    headers: dict[str, str] | None = None,
) -> HTMLResponse:
    """The page a template makes. Templates also see ``request``, ``service``, ``csrf_token``."""
    services = request.app.state.services
    environment: Environment = request.app.state.templates
    visit = csrf.visit_of(request)
    words: dict[str, Any] = {
        "request": request,
        "service": services.settings,
        "csrf_field": csrf.FIELD,
        "csrf_token": csrf.token_for(visit, secret=services.secret),
        "language": INTERFACE,
        "direction": "ltr",
        "person": getattr(request.state, "person", None),
        "notice": "",
        **(context or {}),
    }
    html = environment.get_template(template).render(words)
    response = HTMLResponse(html, status_code=status, headers=headers)
    csrf.remember_visit(request, response, secure=services.settings.secure_cookies)
    return response


def _deadline(value: datetime | None, zone: str = "UTC") -> str:
    return "" if value is None else deadline_in_words(value, ZoneInfo(zone))


def _last_day(value: datetime | None, zone: str = "UTC") -> str:
    return "" if value is None else last_day_in_words(value, ZoneInfo(zone))
