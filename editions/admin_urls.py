"""The engine's own screens in the admin, under ``/admin/editions/``, named ``editions:…``."""

from django.urls import include, path

from editions.views import (
    local,
    protect,
    releases,
    review,
    send,
    stop,
    toolkits,
    undo,
    updates,
    withdraw,
    withdraw_block,
)

urlpatterns = [
    path("updates/", updates.UpdatesView.as_view(), name="updates"),
    path("review/<int:pk>/", review.ReviewView.as_view(), name="review"),
    path("review/<int:pk>/preview/", review.ReviewPreviewView.as_view(), name="review_preview"),
    path("review/<int:pk>/reopen/<int:conflict>/", review.ReopenView.as_view(), name="reopen"),
    path("follow/<int:pk>/", local.FollowAgainView.as_view(), name="follow"),
    path("follow/<int:pk>/place/", local.FollowPlaceView.as_view(), name="follow_place"),
    path("hold/<int:pk>/", local.HoldView.as_view(), name="hold"),
    path("lift/<int:pk>/", local.LiftView.as_view(), name="lift"),
    path("toolkits/", toolkits.ToolkitsView.as_view(), name="toolkits"),
    path("toolkits/of/<int:pk>/chapters/", toolkits.ChaptersView.as_view(), name="chapters"),
    path("toolkits/<int:pk>/", toolkits.AdoptionView.as_view(), name="adoption"),
    path("stop/<int:pk>/", stop.StopPageView.as_view(), name="stop"),
    path("toolkits/<int:pk>/stop/", stop.StopToolkitView.as_view(), name="stop_toolkit"),
    path("send/", send.SendView.as_view(), name="send"),
    path("send/plan/", send.PlanView.as_view(), name="plan"),
    path("protect/<int:pk>/", protect.ProtectView.as_view(), name="protect"),
    path("protect/<int:pk>/<int:mark>/take-off/", protect.UnprotectView.as_view(), name="unprotect"),
    path("withdraw/<int:pk>/", withdraw.WithdrawView.as_view(), name="withdraw"),
    path("withdraw/<int:pk>/block/", withdraw_block.WithdrawBlockView.as_view(), name="withdraw_block"),
    path("withdrawals/", withdraw.WithdrawalsView.as_view(), name="withdrawals"),
    path("withdrawals/<int:pk>/", withdraw.WithdrawalView.as_view(), name="withdrawal"),
    path("releases/", releases.ReleasesView.as_view(), name="releases"),
    path("releases/<int:pk>/", releases.ReleaseView.as_view(), name="release"),
    path("releases/<int:pk>/progress/", releases.ReleaseProgressView.as_view(), name="release_progress"),
    path("releases/<int:pk>/undo/", undo.UndoView.as_view(), name="release_undo"),
    path("releases/<int:pk>/cancel/", undo.CancelView.as_view(), name="release_cancel"),
    path("releases/<int:pk>/retry/", releases.RetryView.as_view(), name="release_retry"),
]


def register():
    return [path("editions/", include((urlpatterns, "editions"), namespace="editions"))]
