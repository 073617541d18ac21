"""The network's own screens, beneath the admin."""

from django.urls import path

from .views.profile import AffiliateListView, ProfileIndexView, ProfileView

app_name = "network"
urlpatterns = [
    path("profile/", ProfileIndexView.as_view(), name="profiles"),
    path("profile/<int:pk>/", ProfileView.as_view(), name="profile"),
    path("affiliates/", AffiliateListView.as_view(), name="affiliates"),
    path("affiliates/results/", AffiliateListView.as_view(results_only=True), name="affiliates_results"),
]
