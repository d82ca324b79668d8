"""Staff sign in by password: what they are told, where they land, how long it lasts."""

from urllib.parse import urlsplit

import pytest

from compliance.web.rate_limits import PER_ADDRESS
from tests.rows import build_staff
from tests.visitors import PASSWORD, Visitor, staff_with_password, supplier_user

GENERIC = "The e-mail address or the password is wrong"


@pytest.fixture
def anna(rows):
    return staff_with_password(email="anna@exempelbostader.example")


def test_the_right_password_leads_to_the_desk(visitor, anna):
    response = visitor.sign_in("Anna@ExempelBostader.example ")
    assert (response.status_code, response.location) == (302, "/desk")
    assert visitor.is_signed_in()


def test_the_password_is_stored_with_argon2(anna):
    assert anna.password.startswith("$argon2id$")
    assert PASSWORD not in anna.password


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("anna@exempelbostader.example", "fel lösenord helt enkelt"),  # known, wrong password
        ("ingen@exempelbostader.example", PASSWORD),  # unknown
        ("anna", PASSWORD),  # no address at all
        ("", ""),  # nothing
    ],
)
def test_a_failed_sign_in_never_tells_what_was_wrong(visitor, anna, email, password):
    visitor.get("/language/en")
    page = visitor.sign_in(email, password).text
    assert page.count(GENERIC) == 1
    assert f'value="{email}"' in page
    assert not visitor.is_signed_in()


def test_somebody_without_a_password_cannot_sign_in(visitor, rows):
    build_staff(rows, email="ny@exempelbostader.example")
    visitor.sign_in("ny@exempelbostader.example", "")
    assert not visitor.is_signed_in()


def test_a_staff_session_ends_with_the_browser(visitor, anna):
    cookies = visitor.sign_in(anna.email).headers.getlist("Set-Cookie")
    assert cookies
    assert not any("Expires" in cookie or "Max-Age" in cookie for cookie in cookies)


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/",
        "///evil.example/",
        "/\\evil.example/",
        "\\\\evil.example",
        "https:evil.example",
        "javascript:alert(1)",
        "/\t/evil.example",
    ],
)
def test_signing_in_never_leads_off_the_site(visitor, anna, target):
    response = visitor.sign_in(anna.email, next=target)
    goal = urlsplit(response.location.replace("\\", "/"))
    assert response.status_code == 302
    assert (goal.scheme, goal.netloc) == ("", "")
    assert not goal.path.startswith("//")


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "/\\evil.example", "/\t/evil.example"]
)
def test_choosing_a_language_never_leads_off_the_site(visitor, target):
    response = visitor.get("/language/en", query_string={"next": target})
    assert response.location == "/"


def test_a_deep_link_is_reached_after_signing_in(visitor, anna):
    asked = visitor.get("/account").location
    assert asked == "/account/sign-in?next=/account"
    assert 'value="/account"' in visitor.get(asked).text
    assert visitor.sign_in(anna.email, next="/account").location == "/account"


def test_signing_out_is_a_post_and_leaves_only_the_language(visitor, anna):
    visitor.get("/language/en")
    visitor.sign_in(anna.email)
    assert visitor.get("/account/sign-out").status_code in {404, 405}
    assert visitor.post("/account/sign-out").location == "/"
    assert not visitor.is_signed_in()
    with visitor.client.session_transaction() as session:
        assert set(session) <= {"language", "csrf_token", "_fresh"}
        assert session["language"] == "en"


def test_a_stranger_may_press_sign_out(visitor):
    assert visitor.post("/account/sign-out").location == "/"


def test_deactivated_staff_are_out_at_once(visitor, anna, rows):
    visitor.sign_in(anna.email)
    anna.active = False
    assert not visitor.is_signed_in()
    visitor.sign_in(anna.email)
    assert not visitor.is_signed_in()


def test_a_supplier_is_asked_before_signing_in_as_staff(visitor, anna, rows):
    user = supplier_user()
    visitor.become(user).get("/language/en")
    page = visitor.get("/account/sign-in").text
    assert "You are signed in as a supplier" in page
    assert visitor.post("/account/sign-out", {"next": "/account/sign-in"}).location == "/account/sign-in"


def test_signing_in_as_staff_ends_a_session_as_supplier(visitor, anna, rows):
    user = supplier_user()
    visitor.become(user)
    assert visitor.sign_in(anna.email).location == "/desk"
    assert visitor.is_signed_in()
    assert visitor.get("/supplier").status_code == 403


def test_nobody_gets_a_token_or_json_from_the_sign_in(visitor, anna):
    headers = {"Accept": "application/json", "X-CSRFToken": visitor.form_token()}
    fields = {"email": anna.email, "password": PASSWORD}
    response = visitor.open("/account/sign-in", method="POST", json=fields, headers=headers)
    assert "authentication_token" not in response.text


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("/account/sign-in", {"email": "anna@exempelbostader.example", "password": "fel"}),
        ("/account/reset", {"email": "anna@exempelbostader.example"}),
        ("/account/link", {"email": "kontakt@leverantor.example"}),
        ("/link/finns-inte", {}),
    ],
)
def test_a_door_tried_too_often_stays_shut_for_that_address_only(app, rows, limits, path, data):
    allowed = int(PER_ADDRESS.split()[0])
    visitor, other = Visitor(app), Visitor(app, REMOTE_ADDR="192.0.2.7")
    codes = [visitor.post(path, data).status_code for _ in range(allowed + 1)]
    assert 429 not in codes[:allowed]
    assert codes[-1] == 429
    assert visitor.get("/account/sign-in").status_code == 200
    assert other.post(path, data).status_code != 429


def test_one_account_cannot_be_tried_from_many_addresses(app, anna, limits):
    codes = [
        Visitor(app, REMOTE_ADDR=f"192.0.2.{n}").sign_in(anna.email, "fel").status_code for n in range(1, 22)
    ]
    assert codes[:20] == [200] * 20
    assert codes[20] == 429


@pytest.fixture
def limits(app):
    from compliance.extensions import limiter

    app.config["RATELIMIT_ENABLED"] = True
    limiter.init_app(app)
    yield
    limiter.enabled = False
