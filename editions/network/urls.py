"""The network's own screens, beneath the admin."""

from django.urls import path, re_path

from .views.lifecycle import BundleView, SiteView
from .views.matrix import MatrixView, StandingView
from .views.opening import (
    OneOpeningProgressView,
    OneOpeningView,
    OpeningsProgressView,
    OpeningsView,
    OpenManyView,
    OpenView,
)
from .views.people import InvitationView, PeopleIndexView, PeopleView, PersonView, YouView
from .views.profile import AffiliateListView, ProfileIndexView, ProfileView
from .views.trail import TrailIndexView, TrailView

app_name = "network"
urlpatterns = [
    path("matrix/", MatrixView.as_view(), name="matrix"),
    path("matrix/<int:pk>/", StandingView.as_view(), name="standing"),
    path("profile/", ProfileIndexView.as_view(), name="profiles"),
    path("profile/<int:pk>/", ProfileView.as_view(), name="profile"),
    path("affiliates/", AffiliateListView.as_view(), name="affiliates"),
    path("affiliates/results/", AffiliateListView.as_view(results_only=True), name="affiliates_results"),
    path("affiliates/open/", OpenView.as_view(), name="open"),
    path("affiliates/open/many/", OpenManyView.as_view(), name="open_many"),
    path("affiliates/openings/", OpeningsView.as_view(), name="openings"),
    path("affiliates/openings/progress/", OpeningsProgressView.as_view(), name="openings_progress"),
    path("affiliates/openings/<int:pk>/", OneOpeningView.as_view(), name="opening"),
    path("affiliates/openings/<int:pk>/progress/", OneOpeningProgressView.as_view(), name="opening_progress"),
    path("affiliates/<int:pk>/site/", SiteView.as_view(), name="site"),
    path("affiliates/<int:pk>/bundle/", BundleView.as_view(), name="bundle"),
    path("log/", TrailIndexView.as_view(), name="log"),
    path("log/all/", TrailView.as_view(), name="log_all"),
    path("log/<int:pk>/", TrailView.as_view(), name="log_of"),
    path("you/", YouView.as_view(), name="you"),
    path("people/", PeopleIndexView.as_view(), name="people"),
    path("people/national/", PeopleView.as_view(), name="people_national"),
    path("people/national/<int:person>/", PersonView.as_view(), name="person_national"),
    path("people/<int:pk>/", PeopleView.as_view(), name="people_of"),
    path("people/<int:pk>/<int:person>/", PersonView.as_view(), name="person_of"),
    re_path(
        r"^people/invitations/(?P<pk>\d+)/(?P<action>resend|revoke)/$",
        InvitationView.as_view(),
        name="invitation",
    ),
]
