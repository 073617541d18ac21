from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from toolkit_pages import site_urls
from toolkit_pages.views import serve

from .health import health
from .media import document, media

urlpatterns = [
    path("health", health),
    # Before the login: invitations. Wagtail's own end with one that takes all that is left.
    path("admin/", include("editions.network.entry_urls")),
    path("admin/", include(wagtailadmin_urls)),
    re_path(r"^documents/(\d+)/(.*)$", document),
    path("documents/", include(wagtaildocs_urls)),
    path("media/<path:path>", media),
]
# Of a whole site, in the language of the address. Beside the pages: a site's first language need not be the server's.
urlpatterns += site_urls.urlpatterns
urlpatterns += i18n_patterns(
    # Wagtail's addresses with our page view instead of its own, which stands last.
    *wagtail_urls.urlpatterns[:-1],
    # Calendars ask by an address that ends as their files do.
    re_path(r"^((?:[\w\-]+/)+[\w\-]+\.ics)$", serve, name="calendar"),
    re_path(wagtail_urls.serve_pattern, serve, name="wagtail_serve"),
    prefix_default_language=False,
)

handler404 = "toolkit_pages.views.page_not_found"
handler500 = "toolkit_pages.views.server_error"
