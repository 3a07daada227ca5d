"""Free text without secrets and personal data: all of them, nothing else, and JSON stays JSON."""

import json

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from secondstory.warehouse.redaction import redact

JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U"
KEY_BLOCK = "-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEA7\nq2Xf==\n-----END RSA PRIVATE KEY-----"

SECRETS = {
    "email": ["jane.roe@example.com", "o+tag@sub.example.co.uk", "josé@example.fr"],
    "jwt": [JWT],
    "private key": [KEY_BLOCK],
    "token": ["Bearer 9f8aZ81kQpT77", "Authorization: Basic dXNlcjpwYXNz", "basic dXNlcjpwYXNzd29yZA=="],
    "secret": ["password=hunter2", "DB_PASSWORD: hunter2", "api_key='a b c'", 'secret="x y"', "token=abc123"],
    "url credentials": ["postgres://app:pa:ss@db:5432/orders", "amqp://guest:guest@queue"],
    "access key": ["AKIAIOSFODNN7EXAMPLE", "ghp_0123456789abcdefghijABCDEFGHIJ012345"],
    "card": ["4111 1111 1111 1111", "5555555555554444", "3782 822463 10005"],
}
PLAIN = [
    "trace 4bf92f3577b34da6a3ce929d0e0e4736 span 00f067aa0ba902b7",
    "id 3f0c7e2e-4111-1111-1111-111111111111 took 4111111111111112 ns",
    "trace_id=4111111111111111",
    "duration_ns=4111111111111111",
    "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "timestamp 1767225600000000000",
    "bearer of bad news, basic functionality works",
    "unexpected token: foo at line 3",
    "pwd=/srv/app",
    "GET https://shop.example/cart?id=7 200 in 12.5 ms",
    "left-pad@1.3.0 installed",
    "max_tokens=100, keys: 3",
]


def one(text: str, *, is_json: bool = False) -> tuple[str, dict[str, int]]:
    texts, counts = redact(pa.array([text]), np.ones(1, dtype=np.int64), is_json=is_json)
    return texts[0].as_py(), dict(counts)


def all_of(texts: list[str], *, is_json: bool = False) -> list[str]:
    changed, _ = redact(pa.array(texts, pa.string()), np.ones(len(texts), dtype=np.int64), is_json=is_json)
    redacted: list[str] = changed.to_pylist()
    return redacted


@pytest.mark.parametrize(("rule", "secret"), [(rule, secret) for rule, group in SECRETS.items() for secret in group])
def test_a_secret_is_taken_out_in_the_middle_of_a_sentence(rule: str, secret: str) -> None:
    text, counts = one(f"before {secret} after")
    assert text.startswith("before ") and text.endswith(" after")
    assert counts == {rule: 1}
    assert not any(word in text for word in ("hunter2", "roe", "tag", "jos", "dXNl", "IOSF", "1111", "4444", "ss@"))


@pytest.mark.parametrize("text", PLAIN)
def test_what_is_no_secret_stays(text: str) -> None:
    assert one(text) == (text, {})


def test_the_words_around_a_secret_stay() -> None:
    assert one("password=hunter2&user=7")[0] == "password=[secret]&user=7"
    assert one("postgres://app:pw@db:5432/orders")[0] == "postgres://[credentials]@db:5432/orders"
    assert one("Authorization: Bearer abcdef12345")[0] == "Authorization: Bearer [token]"


def test_values_of_json_keys_are_taken_out_whatever_their_type() -> None:
    text, _ = one(
        '{"password":"a\\"b","pin":1,"api_key":12345,"card":4111111111111111,"n":[4111111111111111]}', is_json=True
    )
    assert json.loads(text) == {
        "password": "[secret]",
        "pin": 1,
        "api_key": "[secret]",
        "card": "[card]",
        "n": ["[card]"],
    }


def test_json_within_json_is_searched() -> None:
    inner = json.dumps({"password": 'p"w', "note": "mail\njane@example.com"})
    text, counts = one(json.dumps({"payload": inner}), is_json=True)
    assert json.loads(json.loads(text)["payload"]) == {"password": "[secret]", "note": "mail\n[email]"}
    assert counts == {"secret": 1, "email": 1}


FRAGMENTS = st.one_of(
    st.sampled_from([secret for group in SECRETS.values() for secret in group]),
    st.sampled_from(PLAIN),
    st.sampled_from(["password", "token", "=", ":", '"', "'", "\\", "\n", "\t", "@", "://", "x.com", "[secret]", "é"]),
    st.text(max_size=6),
)
TEXTS = st.lists(FRAGMENTS, max_size=7).map("".join)
JSON_OBJECTS = st.dictionaries(TEXTS, st.one_of(TEXTS, st.integers(), st.lists(TEXTS, max_size=2)), max_size=4)
in_batches = settings(deadline=None, max_examples=25)


@in_batches
@given(st.lists(TEXTS, min_size=10, max_size=40))
@example(["\\n@x.com"])
def test_redacting_twice_changes_nothing(texts: list[str]) -> None:
    once = all_of(texts)
    assert all_of(once) == once


@in_batches
@given(st.lists(JSON_OBJECTS, min_size=5, max_size=20), st.booleans())
@example([{"note": "password=", "next": "y"}, {"password\\": 0}, {"a": 'password": \\', "b": "c"}], False)
@example([{"note": "line\njane@example.com", "é": "é@x.com"}], True)
def test_json_stays_json_with_the_same_shape(values: list[dict[str, object]], ascii_only: bool) -> None:
    once = all_of([json.dumps(value, ensure_ascii=ascii_only) for value in values], is_json=True)
    for value, text in zip(values, once, strict=True):
        assert len(json.loads(text)) <= len(value)
    assert all_of(once, is_json=True) == once


@in_batches
@given(st.lists(st.sampled_from(["a@example.com", "plain", "card 4111111111111111", None]), max_size=30))
def test_each_text_is_redacted_alone_and_counted_by_its_times(texts: list[str | None]) -> None:
    times = np.arange(len(texts), dtype=np.int64)
    changed, counts = redact(pa.array(texts, pa.string()), times, is_json=False)
    expected = {"a@example.com": "[email]", "card 4111111111111111": "card [card]"}
    assert changed.to_pylist() == [expected.get(text or "", text) for text in texts]
    assert counts["email"] == sum(at for at, text in enumerate(texts) if text == "a@example.com")
