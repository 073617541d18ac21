"""Only wires: what is registered here is defined in modules of its own."""

from wagtail import hooks

from editions import log_actions
from editions.viewsets import edition_page_viewset

hooks.register("register_log_actions", log_actions.register)
hooks.register("register_admin_viewset", lambda: edition_page_viewset)
