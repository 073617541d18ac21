"""What stands outside the admin's login, beneath the admin's address: include it before Wagtail's URLs."""

from django.urls import path
from django.views.decorators.cache import never_cache

from .views.entry import AcceptView
from .views.second_step import SecondStepView, SetUpView

app_name = "network_entry"
urlpatterns = [
    path("invitation/<str:token>/", never_cache(AcceptView.as_view()), name="accept"),
    path("second-step/", never_cache(SecondStepView.as_view()), name="second_step"),
    path("second-step/set-up/", never_cache(SetUpView.as_view()), name="second_step_setup"),
]
