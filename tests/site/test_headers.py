"""What browsers are told on every kind of response, and that the pages keep to it: no script and no style of their own."""

import base64
import hashlib
import re
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from django.contrib.staticfiles import finders
from django.core.files.base import ContentFile
from django.http import HttpResponse
from django.urls import path, reverse
from wagtail.documents import get_document_model

from tests import factories
from toolkit_site import headers
from toolkit_site.urls import handler404, handler500, urlpatterns  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.alike]


def broken(request):
    raise RuntimeError("broken on purpose")


urlpatterns = [
    path("-/broken", broken),
    path("-/own", lambda request: HttpResponse("x", headers={"Content-Security-Policy": "default-src x"})),
    *urlpatterns,
]


@pytest.fixture
def national(settings):
    settings.ROOT_URLCONF = "tests.site.test_headers"
    tree = factories.organisation("National", "testserver", default=True)
    tree.toolkit = factories.toolkit(tree.home)
    tree.chapter = factories.chapter(tree.toolkit, body=[factories.paragraph()])
    return tree


def policy(response):
    """The response's policy: directive → sources. One header, no directive twice."""
    parts = [part.split() for part in response["Content-Security-Policy"].split(";")]
    found = {name: sources for name, *sources in parts}
    assert len(found) == len(parts)
    return found


def told(response):
    """Checks what every response says, whatever it is; returns its policy."""
    found = policy(response)
    assert found["default-src"] == ["'none'"]
    framed = {"DENY": "'none'", "SAMEORIGIN": "'self'"}[response.headers.get("X-Frame-Options", "DENY")]
    assert found["frame-ancestors"] == [framed]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] in ("same-origin", "no-referrer")
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    for name in ("camera", "geolocation", "microphone", "browsing-topics"):
        assert f"{name}=()" in response["Permissions-Policy"]
    for sources in found.values():
        assert not [each for each in sources if "*" in each or "//" in each or "unsafe-eval" in each]
    return found


def content(response):
    return b"".join(response) if response.streaming else response.content


def written_into(html):
    """(scripts, hashes of styles, attributes) that stand in a page itself."""
    soup = BeautifulSoup(html, "html.parser")
    scripts = [
        one
        for one in soup.find_all("script")
        if not one.get("src") and one.get("type", "text/javascript") in ("text/javascript", "module")
    ]
    styles = [
        "'sha256-" + base64.b64encode(hashlib.sha256(one.string.encode()).digest()).decode() + "'"
        for one in soup.find_all("style")
    ]
    attributes = [
        name for one in soup.find_all(True) for name in one.attrs if name == "style" or name.startswith("on")
    ]
    return scripts, styles, attributes


def test_pages_for_readers_allow_nothing_but_their_own_files(client, national):
    client.raise_request_exception = False
    shown = [
        ("/", 200), (national.toolkit.url, 200), (national.chapter.url, 200), (f"{national.toolkit.url}print/", 200),
        ("/search/?q=words", 200), ("/not-here/", 404), ("/-/broken", 500),
    ]  # fmt: skip
    for address, status in shown:
        response = client.get(address)
        assert response.status_code == status, address
        found = told(response)
        scripts, styles, attributes = written_into(content(response))
        assert not scripts and not attributes, address
        assert found["script-src"] == ["'self'"]
        assert styles and found["style-src"] == ["'self'", *styles], address
        assert found["base-uri"] == ["'none'"] and found["form-action"] == ["'self'"]
        assert not response.cookies, address
    foreign = client.get("/", headers={"host": "nobody.test"})
    assert told(foreign)["script-src"] == ["'self'"]


def test_a_style_that_somebody_else_wrote_is_not_allowed(client, national):
    bad = factories.chapter(national.toolkit, "Bad <style>p{color:red}</style>")
    response = client.get(bad.url)
    assert len(told(response)["style-src"]) == 2


def test_what_is_no_page_may_load_nothing(client, national):
    for address, status in [
        ("/health", 200), ("/feed.xml", 200), ("/sitemap.xml", 200), ("/robots.txt", 200), ("/media/none.png", 404),
    ]:  # fmt: skip
        response = client.get(address)
        assert response.status_code == status, address
        assert told(response).get("script-src", ["'self'"]) == ["'self'"]
    assert policy(client.get("/feed.xml")) == {"default-src": ["'none'"], "frame-ancestors": ["'none'"]}
    refused = client.post(national.chapter.url)
    assert refused.status_code == 405 and told(refused)
    assert told(client.get("/documents/99/none.pdf"))["script-src"] == ["'self'"]
    assert policy(client.get("/-/own"))["default-src"] == ["x"]


def test_the_server_redirects_and_insists_on_https_with_the_same_headers(client, national, settings):
    settings.SECURE_SSL_REDIRECT, settings.SECURE_HSTS_SECONDS = True, 60
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    response = client.get("/")
    assert response.status_code == 301 and response["Location"] == "https://testserver/"
    assert told(response)
    secure = client.get("/", headers={"X-Forwarded-Proto": "https"})
    assert secure["Strict-Transport-Security"] == "max-age=60; includeSubDomains; preload"
    assert "upgrade-insecure-requests" in policy(secure)


# The admin ------------------------------------------------------------------------------------------


def screens(national):
    return [
        "/admin/", "/admin/pages/", f"/admin/pages/{national.chapter.pk}/edit/", "/admin/images/", "/admin/account/",
        "/admin/documents/multiple/add/", reverse("editions:send"),
    ]  # fmt: skip


def test_the_door_of_the_admin_runs_no_script_that_stands_in_it(client, national):
    response = client.get("/admin/login/")
    assert told(response)["script-src"] == ["'self'"]
    assert not written_into(content(response))[0]
    asked = client.get("/admin/")
    assert asked.status_code == 302 and told(asked)
    assert told(client.get("/admin/password_reset/"))["script-src"] == ["'self'"]


def test_the_admin_loads_and_sends_nothing_outside(admin_client, national):
    links = set()
    for address in screens(national):
        response = admin_client.get(address)
        assert response.status_code == 200, address
        found = told(response)
        assert found["script-src"] == ["'self'", "'unsafe-inline'"]
        assert found["connect-src"] == found["form-action"] == found["frame-src"] == ["'self'"]
        assert "private" in response["Cache-Control"], address
        soup = BeautifulSoup(content(response), "html.parser")
        for one in soup.find_all(True):
            for name, value in one.attrs.items():
                hosts = {
                    urlsplit(each).hostname
                    for each in re.findall(r"(?:https?:)?//[\w.-]+\.\w+[^\s\"'\\]*", str(value))
                }
                if one.name == "a" and name == "href":
                    links |= hosts
                elif name != "xmlns":
                    assert not hosts - OWN - HELP, f"{address}: {name} of {str(one)[:200]}"
        for script in written_into(content(response))[0]:
            assert not re.search(r"https?://", script.string or ""), (address, script)
    assert links <= OWN | HELP


#: What the admin may name: its own hosts; and help that somebody has to click on.
OWN = {"testserver", "localhost", "national.localhost"}
HELP = {"guide.wagtail.org", "docs.wagtail.org", "wagtail.org", "www.enable-javascript.com"}
#: Named in the scripts of Wagtail and its libraries, in comments and messages. Only the last is ever asked, by the check
#: for updates, which is off; the policy refuses it besides.
NAMED = {
    "www.w3.org", "momentjs.com", "github.com", "fb.me", "redux.js.org", "reactjs.org", "dequeuniversity.com", "tools.ieft.org",
    "handsontable.com", "docs.handsontable.com", "git.io", "bit.ly", "xdsoft.net", "docs.wagtail.org", "guide.wagtail.org",
    "releases.wagtail.org",
}  # fmt: skip


def test_scripts_and_style_sheets_name_no_other_host(settings):
    assert settings.WAGTAIL_GRAVATAR_PROVIDER_URL is None
    assert not settings.WAGTAIL_ENABLE_UPDATE_CHECK and not settings.WAGTAIL_ENABLE_WHATS_NEW_BANNER
    found, sheets = set(), 0
    for finder in finders.get_finders():
        for name, storage in finder.list(["*/tests/*"]):
            if not name.endswith((".js", ".css")) or name.startswith(("admin/", "rest_framework/")):
                continue
            with storage.open(name) as file:
                text = file.read().decode("utf-8", "replace")
            if name.endswith(".js"):
                found |= {urlsplit(each).hostname for each in re.findall(r"https?://[\w.-]+\w", text)}
            else:
                sheets += 1
                assert not re.search(r"url\(\s*[\"']?(https?:)?//|@import\s+[\"'](https?:)?//", text), name
    assert sheets > 5 and "www.w3.org" in found
    assert found <= NAMED, found - NAMED


def test_a_preview_has_the_policy_of_the_page_and_may_be_embedded_by_the_admin(admin_client, national):
    response = admin_client.get(f"/admin/pages/{national.chapter.pk}/view_draft/")
    assert told(response)["script-src"] == ["'self'"]
    from tests import editor

    url = reverse("wagtailadmin_pages:preview_on_edit", args=[national.chapter.pk])
    saved = admin_client.post(url, editor.unchanged(admin_client, national.chapter))
    assert saved.json()["is_valid"], saved.content
    shown = admin_client.get(url + "?in_preview_panel=true")
    found = told(shown)
    assert found["script-src"] == ["'self'"] and found["frame-ancestors"] == ["'self'"]
    scripts, styles, _attributes = written_into(content(shown))
    assert not scripts and set(styles) <= set(found["style-src"])


def test_the_cookies_of_the_admin_are_not_for_scripts_nor_for_other_sites(client, admin_user, national):
    page = client.get("/admin/login/")
    admin_user.set_password("a long enough password")
    admin_user.save()
    signed_in = client.post(
        "/admin/login/", {"username": admin_user.username, "password": "a long enough password"}
    )
    for cookie in (page.cookies["csrftoken"], signed_in.cookies["sessionid"]):
        assert cookie["httponly"] and cookie["samesite"] == "Lax" and not cookie["domain"]


# Uploads --------------------------------------------------------------------------------------------


def document(name, content=b"<script>alert(1)</script>"):
    return get_document_model().objects.create(title=name, file=ContentFile(content, name=name))


def test_documents_are_saved_and_run_nothing(client, national, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    for name in ("words.txt", "table.csv", "old.html", "drawing.svg"):
        found = document(name)
        response = client.get(found.url)
        assert response.status_code == 200
        assert policy(response) == {"default-src": ["'none'"], "sandbox": [], "frame-ancestors": ["'none'"]}
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Content-Disposition"].startswith("attachment"), name
        again = client.get(found.url, headers={"if-none-match": response["ETag"]})
        assert again.status_code == 304


@pytest.mark.parametrize(
    "name", ["page.html", "page.xhtml", "drawing.svg", "data.xml", "run.exe", "a.js", "none"]
)
def test_what_a_browser_would_run_is_refused_as_a_document(admin_client, settings, tmp_path, name):
    factories.root_collection()
    settings.MEDIA_ROOT = tmp_path
    for view, key in (("add", "file"), ("add_multiple", "files[]")):
        response = admin_client.post(
            reverse(f"wagtaildocs:{view}"),
            {"title": "x", key: ContentFile(b"<svg/>", name=name)},
            headers={"x-requested-with": "XMLHttpRequest"} if view == "add_multiple" else {},
        )
        said = response.content.decode()
        assert "is not allowed" in said, said[-500:]
    assert not get_document_model().objects.exists()
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_the_permissions_are_written_as_browsers_read_them():
    for each in headers.PERMISSIONS.split(", "):
        assert re.fullmatch(r"[a-z-]+=\((self)?\)", each)
