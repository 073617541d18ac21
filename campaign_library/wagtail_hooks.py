from wagtail import hooks
from wagtail.snippets.models import register_snippet

from editions.network import guards
from editions.network.doors import Door

from . import menus, needs, off_line, translating, urls
from .actions.adapt import register_log_actions
from .blocks import DOCUMENT_BLOCKS
from .deleting import keep_provisions_in_use
from .records import RECORD_BLOCKS
from .viewsets import CampaignLibraryGroup

register_snippet(CampaignLibraryGroup)
hooks.register("register_log_actions", register_log_actions)
hooks.register("before_delete_snippet", keep_provisions_in_use)
hooks.register("before_edit_snippet", translating.plan_first, order=-1)
hooks.register("register_admin_urls", urls.register)
hooks.register("before_edit_page", off_line.say_what_is_withdrawn, order=-1)
hooks.register("register_editor_needs", needs.copies_that_need)
hooks.register("construct_snippet_action_menu", menus.publish_what_is_shared)


@hooks.register("register_stream_blocks")
def library_blocks():
    return [*DOCUMENT_BLOCKS, *RECORD_BLOCKS]


@hooks.register("register_admin_doors")
def library_doors():
    return [Door("library:*", guards.checks_itself)]
