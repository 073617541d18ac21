"""What stands outside the admin's login, beneath the admin's address: include it before Wagtail's URLs."""

from django.urls import path
from django.views.decorators.cache import never_cache

from .views.entry import AcceptView

app_name = "network_entry"
urlpatterns = [path("invitation/<str:token>/", never_cache(AcceptView.as_view()), name="accept")]
