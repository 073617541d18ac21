"""What the other browser tests stand on: a server per hostname, sessions, axe, the guard of the network."""

import pytest
from django.contrib.auth import get_user_model
from django.http import HttpResponse
from django.urls import path
from wagtail.models import Page, Site

from toolkit_site.urls import urlpatterns as project_urls


def hello(request):
    return HttpResponse(
        f"<!doctype html><html lang=en><title>Hello</title><main><h1>{request.get_host().split(':')[0]}</h1></main>"
    )


def broken(request):
    return HttpResponse(
        '<!doctype html><html><title></title><img src="/static/none.png"><main></main></html>'
    )


def leaking(request):
    return HttpResponse(
        '<!doctype html><html lang=en><title>x</title><img alt="" src="http://example.org/x.png">',
        headers={"Content-Security-Policy": "img-src *"},
    )


def scripted(request):
    return HttpResponse(
        "<!doctype html><html lang=en><title>x</title><main><h1 onclick='0'>x</h1><script>document.title = 'ran'</script>"
        "<style>h1 { color: red }</style><script type='application/ld+json'>{}</script></main></html>"
    )


urlpatterns = [
    path("-/hello", hello),
    path("-/scripted", scripted),
    path("-/broken", broken),
    path("-/leaking", leaking),
    *project_urls,
]

pytestmark = pytest.mark.urls("tests.browser.test_infrastructure")


@pytest.mark.parametrize("host", ["localhost", "santa-clara.localhost"])
def test_each_hostname_reaches_the_server(page, address, host, axe, screenshot):
    page.goto(address(host, "/-/hello"))
    assert page.inner_text("h1") == host
    axe(page)
    assert screenshot(page, f"infrastructure/{host}").stat().st_size > 0


def test_axe_names_what_is_wrong(page, address, axe):
    page.goto(address(path="/-/broken"))
    with pytest.raises(AssertionError, match="image-alt") as failure:
        axe(page)
    assert "html-has-lang" in str(failure.value)
    axe(page, skip=["image-alt", "html-has-lang", "document-title", "page-has-heading-one", "region"])


def test_a_request_to_the_outside_fails_the_test(page, address, guard):
    page.goto(address(path="/-/leaking"))
    with pytest.raises(AssertionError, match=r"http://example\.org/x\.png"):
        guard.verify()
    guard.outside.clear()


def test_an_error_in_a_script_fails_the_test(page, address, guard):
    page.goto(address(path="/-/hello"))
    page.evaluate("setTimeout(() => { throw new Error('oh no') })")
    page.wait_for_function("true")
    with pytest.raises(AssertionError, match="oh no"):
        guard.verify()
    guard.errors.clear()


def test_what_is_written_into_a_page_does_not_run_and_fails_the_test(page, address, guard):
    page.goto(address(path="/-/scripted"))
    assert page.title() == "x"
    with pytest.raises(AssertionError, match="Content Security Policy"):
        guard.verify()
    # The script, the handler and the style; data for search engines is no script.
    assert len(guard.refused) == 3, guard.refused
    guard.refused.clear()


@pytest.mark.parametrize("run", [1, 2])
def test_the_database_begins_as_migrated_each_time(page, address, login, run):
    assert Page.objects.count() == 2
    assert Site.objects.count() == 1
    get_user_model().objects.create_superuser("maria", "maria@example.org", "a long enough password")
    login(page, "maria")
    page.goto(address(path="/admin/"))
    assert page.locator("h1").first.inner_text()
    assert "/login" not in page.url


def test_the_login_form(page, address):
    get_user_model().objects.create_superuser("maria", "maria@example.org", "a long enough password")
    page.goto(address(path="/admin/"))
    page.fill("[name=username]", "maria")
    page.fill("[name=password]", "a long enough password")
    page.click("button[type=submit]")
    page.wait_for_url("**/admin/")
