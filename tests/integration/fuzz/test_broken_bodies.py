"""Bodies that are no forms: JSON, broken parts, lies about their length and kind, far too many fields."""

import json
from itertools import cycle

import pytest
from werkzeug.routing import Rule

from tests.integration.fuzz.sending import LONGEST_SECONDS
from tests.integration.fuzz.stage import Stage

MULTIPART = "multipart/form-data; boundary=xyz"
FORM = "application/x-www-form-urlencoded"
PART = b'--xyz\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n%s\r\n'
BODIES = {
    "a list of JSON": ("application/json", json.dumps([1, {"value": None}]).encode()),
    "a map of JSON": ("application/json", json.dumps({"name": 1, "value": ["x"], "revision": {}}).encode()),
    "broken JSON": ("application/json", b"{"),
    "no boundary": ("multipart/form-data", b"--xyz\r\n\r\n"),
    "an unended part": (MULTIPART, b'--xyz\r\nContent-Disposition: form-data; name="file"; filename="a'),
    "a part without a name": (MULTIPART, b"--xyz\r\nContent-Disposition: form-data\r\n\r\nx\r\n--xyz--"),
    "no parts": (MULTIPART, b""),
    "bytes that are no UTF-8": (FORM, b"name=%ff%fe&value=\xff\xfe&reason=%00%ed%a0%80"),
    "half of an escape": (FORM, b"name=%&value=%4&=&&&;;=="),
    "an unknown charset": ("application/x-www-form-urlencoded; charset=klingon", b"name=x"),
    "no kind": ("", b"name=x&value=y"),
    "a kind of nonsense": ("x" * 500, b"\x00\x01"),
    "very many fields": (FORM, b"&".join(b"value%d=1" % n for n in range(6000))),
    "a table of 10,000 rows": (FORM, b"&".join(b"q:value/%d/year=%d" % (n, n) for n in range(10_000))),
}


def trouble(stage: Stage, rule: Rule, kind: str) -> list[str]:
    """What is wrong with how an address takes a body."""
    content_type, body = BODIES[kind]
    if content_type == MULTIPART:
        body = PART % stage.token.encode() + body
    how = {"data": body, "content_type": content_type, "headers": {"X-CSRFToken": stage.token}}
    outcome = stage.send(stage.visitors(rule)[0], "POST", stage.address(rule), **how)
    if outcome.response.status_code >= 500 or outcome.seconds > LONGEST_SECONDS or stage.of_others(outcome):
        return [f"{rule.rule}, {kind}: {outcome.response.status_code} in {outcome.seconds:.1f} s"]
    return []


def test_each_address_refuses_a_body_that_is_no_form_or_takes_it_as_empty(stage):
    kinds = cycle(BODIES)
    assert [one for rule in stage.rules("POST") for one in trouble(stage, rule, next(kinds))] == []


@pytest.mark.soak
@pytest.mark.parametrize("kind", BODIES)
def test_every_address_does_so_with_every_such_body(stage, kind):
    assert [one for rule in stage.rules("POST") for one in trouble(stage, rule, kind)] == []
