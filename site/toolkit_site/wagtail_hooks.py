"""Only wires: what is registered here is defined in modules of its own."""

from wagtail import hooks

from toolkit_site import guide

hooks.register("register_admin_urls", guide.admin_urls)
hooks.register("register_admin_doors", guide.doors)
hooks.register("register_help_menu_item", guide.GuideMenuItem)
hooks.register("construct_help_menu", guide.own_help)
