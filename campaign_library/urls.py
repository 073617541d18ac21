"""The library's own screens in the admin, under ``/admin/library/``, named ``library:…``."""

from django.urls import include, path

from .views import adapting, keeping, sending

urlpatterns = [
    path("national/<str:model_name>/", adapting.NationalListView.as_view(), name="national"),
    path("adapt/<str:model_name>/<int:pk>/", adapting.AdaptView.as_view(), name="adapt"),
    path("compare/<str:model_name>/<int:pk>/", adapting.CompareView.as_view(), name="compare"),
    path("publish/<str:model_name>/<int:pk>/", sending.PublishView.as_view(), name="publish"),
    path("protect/<str:model_name>/<int:pk>/", keeping.ProtectSnippetView.as_view(), name="protect"),
    path("withdraw/<str:model_name>/<int:pk>/", keeping.WithdrawSnippetView.as_view(), name="withdraw"),
    path("withdrawals/<int:pk>/", keeping.SnippetWithdrawalView.as_view(), name="withdrawal"),
    path("undo/<int:pk>/", sending.UndoSnippetView.as_view(), name="undo"),
]


def register():
    return [path("library/", include((urlpatterns, "library"), namespace="library"))]
