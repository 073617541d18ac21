"""Addresses of what a whole site has, beside its pages. A prefix is the code of a language, as in ``/es/search/``."""

from django.urls import path, re_path

from .public.searching.views import search
from .public.whole_site import feed, robots, sitemap

LANGUAGE = r"^(?:(?P<language>[a-z]{2,3}(?:-[a-z0-9]+)*)/)?"

urlpatterns = [
    path("robots.txt", robots, name="site_robots"),
    path("sitemap.xml", sitemap, name="site_map"),
    re_path(rf"{LANGUAGE}search/$", search, name="site_search"),
    re_path(rf"{LANGUAGE}feed\.xml$", feed, name="site_feed"),
]
