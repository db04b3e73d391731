"""The secret key is made once, kept for its owner alone, and never too short."""

import stat
import threading
from pathlib import Path

import pytest

from app.secret import UnusableSecret, load_secret
from app.settings import Settings


def settings(folder: Path, key: str = "") -> Settings:
    return Settings(_env_file=None, data_dir=folder, secret_key=key)


def test_key_is_made_on_the_first_run_and_stays(tmp_path: Path) -> None:
    first = load_secret(settings(tmp_path / "data"))
    second = load_secret(settings(tmp_path / "data"))

    assert first == second
    assert len(first) >= 43
    assert load_secret(settings(tmp_path / "other")) != first


def test_key_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    load_secret(settings(tmp_path))

    assert [path.name for path in tmp_path.iterdir()] == ["secret.key"]
    assert stat.S_IMODE((tmp_path / "secret.key").stat().st_mode) == 0o600


def test_key_is_the_same_for_all_who_make_it_at_once(tmp_path: Path) -> None:
    keys: list[bytes] = []
    threads = [
        threading.Thread(target=lambda: keys.append(load_secret(settings(tmp_path))))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(keys) == 8
    assert len(set(keys)) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["secret.key"]


def test_key_of_the_settings_is_taken(tmp_path: Path) -> None:
    assert load_secret(settings(tmp_path, "k" * 32)) == b"k" * 32
    assert list(tmp_path.iterdir()) == []


def test_short_key_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnusableSecret, match="RAPPORTEUR_SECRET_KEY has fewer than 32"):
        load_secret(settings(tmp_path, "k" * 31))
    (tmp_path / "secret.key").write_text("\n")
    with pytest.raises(UnusableSecret, match=r"secret\.key has fewer than 32"):
        load_secret(settings(tmp_path))
