"""Every setting of the service, read from the environment or a ``.env`` file."""

from email.utils import parseaddr
from ipaddress import ip_address
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from app.errors import AppError
from app.mailbox import read_mailbox


class UnreadableSettings(AppError):
    """The file of settings is no text."""

    status = 503
    code = "unreadable-settings"
    title = "The settings cannot be read"


class Settings(BaseSettings):
    """The settings; each is the variable ``RAPPORTEUR_`` and its name in capitals."""

    model_config = SettingsConfigDict(
        env_prefix="RAPPORTEUR_", env_file=".env", env_ignore_empty=True, extra="ignore"
    )

    database_url: str = "sqlite:///var/rapporteur.sqlite3"
    """``sqlite:///path`` or ``postgresql://user:password@host/name``."""
    workflow_database_url: str = ""
    """Where durable workflows keep their state; empty: beside the database."""
    data_dir: Path = Path("var")
    """Folder for uploads, exports and the secret key."""
    secret_key: SecretStr = SecretStr("")
    """At least 32 characters; empty: made once and kept in DATA_DIR/secret.key."""
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    base_url: str = ""
    """The address that people see, used in mails; empty: http://HOST:PORT (see ``public_url``)."""
    smtp_url: SecretStr = SecretStr("")
    """``smtp://user:password@host:port``, ``smtps://`` for TLS; empty: mails go to the console."""
    mail_from: str = "Rapporteur <rapporteur@example.org>"
    """``Name <address>``, or an address alone."""
    service_name: str = "Rapporteur"
    organisation: str = ""
    """Who runs the service, as shown at the foot of each page."""
    support_email: str = ""
    """Where a respondent can ask for help: an address, or ``Name <address>``; empty: none."""
    worker: bool = True
    """Whether ``serve`` also runs the worker."""
    worker_id: str = "worker-0"
    session_hours: int = Field(default=12, ge=1, le=24 * 30)
    max_upload_mb: int = Field(default=25, ge=1, le=1024)
    export_retention_days: int = Field(default=30, ge=1)
    sign_in_tries: int = Field(default=10, ge=1)
    """Tries per account and per address in a quarter of an hour."""
    trusted_proxies: str = ""
    """Comma-separated addresses of proxies whose X-Forwarded-For is believed."""
    log_level: Literal["debug", "info", "warning", "error"] = "info"

    @field_validator("base_url")
    @classmethod
    def is_an_address_of_a_site(cls, url: str) -> str:
        """Refuse what no link could begin with."""
        if url and not _is_site(url):
            message = f"«{url}» is not the address of a site; write https://surveys.example.org"
            raise ValueError(message)
        return url

    @field_validator("mail_from", "support_email")
    @classmethod
    def is_a_mailbox(cls, text: str) -> str:
        """Refuse what would stop every mail."""
        if text:
            read_mailbox(text)
        return text

    @property
    def support_address(self) -> str:
        """The address for help without the name of who reads it."""
        return parseaddr(self.support_email)[1]

    @property
    def public_url(self) -> str:
        """The address that people see, without a slash at the end."""
        if self.base_url:
            return self.base_url.rstrip("/")
        # «Every address of this machine» is none that a browser can open.
        host = "127.0.0.1" if _is_every_address(self.host) else self.host
        return f"http://[{host}]:{self.port}" if ":" in host else f"http://{host}:{self.port}"

    @property
    def lacks_public_url(self) -> bool:
        """Whether others can reach the service, and nothing says by which address."""
        return not self.base_url and _is_every_address(self.host)

    @property
    def secure_cookies(self) -> bool:
        """Whether cookies are marked Secure: wherever people reach the service by HTTPS."""
        return self.public_url.startswith("https://")


def read_settings() -> Settings:
    """The settings of the environment and of the file; raises ``UnreadableSettings``."""
    try:
        return Settings()
    except UnicodeDecodeError as error:
        raise UnreadableSettings(
            f"The file .env is not UTF-8 text: byte {error.start + 1} cannot be read.",
            mend="Save it as UTF-8.",
        ) from error


def _is_site(url: str) -> bool:
    try:
        parts = urlsplit(url)
        has_host = bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    is_bare = parts.path in {"", "/"} and not ("?" in url or "#" in url or parts.username)
    return parts.scheme in {"http", "https"} and has_host and is_bare and url.isprintable()


def _is_every_address(host: str) -> bool:
    try:
        return ip_address(host).is_unspecified
    except ValueError:
        return False
