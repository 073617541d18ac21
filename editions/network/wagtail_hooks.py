"""Wires the network into Wagtail."""

from django.urls import include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from . import audit, choosers, needs, variables
from .menus import LogMenuItem, NationalMenuItem, PeopleMenuItem, ProfileMenuItem, without_closed_doors
from .views import first_visit

# Before those of add-ons: the profile shows them in this order.
hooks.register("register_edition_variables", variables.standard_variables, order=-1)
hooks.register("edition_variable_values", variables.profile_values)
hooks.register("construct_homepage_panels", first_visit.add_panel)
hooks.register("register_editor_needs", needs.values_missing)
hooks.register("register_staff_needs", needs.affiliates_behind)
hooks.register("register_log_actions", audit.register)
hooks.register("construct_page_chooser_queryset", choosers.pages_to_choose)
hooks.register("construct_admin_api", choosers.scope_admin_api, order=1)
for menu in ("main", "reports", "settings", "help"):
    hooks.register(f"construct_{menu}_menu", without_closed_doors, order=1000)


@hooks.register("register_admin_urls")
def register_admin_urls():
    return [path("network/", include("editions.network.urls"))]


@hooks.register("register_admin_menu_item")
def register_profile_menu_item():
    return ProfileMenuItem(_("Profile"), reverse_lazy("network:profiles"), icon_name="home", order=150)


@hooks.register("register_admin_menu_item")
def register_matrix_menu_item():
    return NationalMenuItem(_("Who shows what"), reverse_lazy("network:matrix"), icon_name="table", order=145)


@hooks.register("register_admin_menu_item")
def register_affiliates_menu_item():
    return NationalMenuItem(_("Affiliates"), reverse_lazy("network:affiliates"), icon_name="group", order=150)


@hooks.register("register_admin_menu_item")
def register_people_menu_item():
    return PeopleMenuItem(_("People"), reverse_lazy("network:people"), icon_name="user", order=155)


@hooks.register("register_help_menu_item")
def register_rights_menu_item():
    return MenuItem(_("What you may do"), reverse_lazy("network:you"), icon_name="key", order=10)


@hooks.register("register_account_menu_item")
def register_second_step_account_item(request):
    return {
        "url": reverse_lazy("network_entry:second_step_setup"),
        "label": _("Two-step login"),
        "help_text": _("A code of an app beside the password."),
    }


@hooks.register("register_reports_menu_item")
def register_log_menu_item():
    return LogMenuItem(_("Log"), reverse_lazy("network:log"), icon_name="history", order=10)
