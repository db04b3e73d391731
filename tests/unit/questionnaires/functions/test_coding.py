"""Digests of texts, and texts written as base64."""

from tests.unit.questionnaires.functions.scene import Case, disagreements

CASES: list[Case] = [
    ("digest('abc', 'MD5', 'hex')", "900150983cd24fb0d6963f7d28e17f72"),
    ("digest('abc', 'SHA-1', 'hex')", "a9993e364706816aba3e25717850c26c9cd0d89d"),
    (
        "digest('abc', 'SHA-256', 'hex')",
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    ),
    (
        "digest('abc', 'SHA-384', 'base64')",
        "ywB1P0WjXou1oD1pmsZQBycsMqsO3tFjGotgWkP/W+2AhgcroefMI1i67KE0yCWn",
    ),
    (
        "substr(digest('abc', 'SHA-512', 'hex'), 0, 32)",
        "ddaf35a193617abacc417349ae204131",
    ),
    # Base64 unless something else is asked for.
    ("digest('abc', 'MD5')", "kAFQmDzST7DWlj99KOF/cg=="),
    ("digest('', 'MD5', 'hex')", "d41d8cd98f00b204e9800998ecf8427e"),
    ("digest('é', 'MD5', 'hex') = digest('e', 'MD5', 'hex')", False),
    ("digest(${word}, concat('MD', '6'))", ""),
    ("digest(${word}, 'MD5', concat('he', 'xx'))", ""),
    ("base64-decode('SGVsbG8=')", "Hello"),
    ("base64-decode('w6l0w6k=')", "été"),
    ("base64-decode('SGVsbG8')", "Hello"),
    ("base64-decode('SGVs bG8=')", "Hello"),
    ("base64-decode('')", ""),
    # Not base64; not UTF-8; a control character.
    ("base64-decode('Hello!')", ""),
    ("base64-decode('A')", ""),
    ("base64-decode('/w==')", ""),
    ("base64-decode('AA==')", ""),
]


def test_codes() -> None:
    assert disagreements(CASES) == []
