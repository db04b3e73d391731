"""The canonical form keeps everything and depends on nothing but the meaning."""

import json
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from questionnaires.canonical import canonical_json, checksum, from_canonical
from questionnaires.loading import load_definition
from questionnaires.models import Definition
from tests.unit.questionnaires.files import SHIPPED, VALID


@pytest.mark.parametrize("path", VALID + SHIPPED, ids=lambda path: path.stem)
def test_canonical_form_gives_the_same_definition_back(path: Path) -> None:
    definition = load_definition(path)

    again = from_canonical(canonical_json(definition))

    assert again == definition
    assert canonical_json(again) == canonical_json(definition)
    assert checksum(again) == checksum(definition)


@settings(max_examples=20, deadline=None)
@given(st.randoms(use_true_random=False))
def test_order_of_keys_does_not_change_the_checksum(
    every_kind: Definition, order: random.Random
) -> None:
    def shuffled(data: object) -> object:
        if isinstance(data, dict):
            keys = list(data)
            order.shuffle(keys)
            return {key: shuffled(data[key]) for key in keys}
        return [shuffled(part) for part in data] if isinstance(data, list) else data

    data = shuffled(json.loads(canonical_json(every_kind)))

    assert checksum(from_canonical(json.dumps(data).encode())) == checksum(every_kind)


def test_any_change_of_meaning_changes_the_checksum(every_kind: Definition) -> None:
    settings = every_kind.settings.model_copy(update={"partial_share": 0.6})

    assert checksum(every_kind.with_settings(settings)) != checksum(every_kind)


def test_what_is_at_its_default_is_left_out(every_kind: Definition) -> None:
    data = json.loads(canonical_json(every_kind))

    assert "partial_share" not in data["settings"]
    assert "panel" not in data
    assert "core" not in data["survey"][0]["children"][1]


def test_something_else_is_refused() -> None:
    with pytest.raises(ValidationError):
        from_canonical(b'{"settings": {}}')
