"""What is logged of an error nobody foresaw: the route, and nothing that was in its address."""

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from app.web import refusals


def test_address_of_an_error_is_logged_without_the_token_in_it(
    caplog: pytest.LogCaptureFixture,
) -> None:
    app = FastAPI()
    refusals.install(app)

    @app.get("/r/{token}")
    def broken(token: str) -> None:
        raise RuntimeError("An error nobody foresaw.")

    client = TestClient(app, raise_server_exceptions=False)
    answer = client.get("/r/a-secret-token", headers={"Accept": "application/json"})

    assert answer.status_code == 500
    assert "GET /r/{token}" in caplog.text
    assert "a-secret-token" not in caplog.text
