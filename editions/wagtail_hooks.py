"""Only wires: what is registered here is defined in modules of its own."""

from wagtail import hooks

from editions import log_actions

hooks.register("register_log_actions", log_actions.register)
