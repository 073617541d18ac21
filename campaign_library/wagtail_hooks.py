from django.urls import include, path
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from editions.network import guards
from editions.network.doors import Door

from .actions.adapt import register_log_actions
from .blocks import DOCUMENT_BLOCKS
from .deleting import keep_provisions_in_use
from .records import RECORD_BLOCKS
from .views import adapting
from .viewsets import CampaignLibraryGroup

register_snippet(CampaignLibraryGroup)
hooks.register("register_log_actions", register_log_actions)
hooks.register("before_delete_snippet", keep_provisions_in_use)


@hooks.register("register_stream_blocks")
def library_blocks():
    return [*DOCUMENT_BLOCKS, *RECORD_BLOCKS]


@hooks.register("register_admin_urls")
def library_urls():
    return [path("library/", include((adapting.urlpatterns, "library"), namespace="library"))]


@hooks.register("register_admin_doors")
def library_doors():
    return [Door("library:*", guards.checks_itself)]
