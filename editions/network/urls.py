"""The network's own screens, beneath the admin."""

from django.urls import path

from .views.matrix import MatrixView, StandingView
from .views.profile import AffiliateListView, ProfileIndexView, ProfileView

app_name = "network"
urlpatterns = [
    path("matrix/", MatrixView.as_view(), name="matrix"),
    path("matrix/<int:pk>/", StandingView.as_view(), name="standing"),
    path("profile/", ProfileIndexView.as_view(), name="profiles"),
    path("profile/<int:pk>/", ProfileView.as_view(), name="profile"),
    path("affiliates/", AffiliateListView.as_view(), name="affiliates"),
    path("affiliates/results/", AffiliateListView.as_view(results_only=True), name="affiliates_results"),
]
