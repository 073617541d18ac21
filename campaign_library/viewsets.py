"""The library in the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from editions.network.viewsets import OwnedSnippetViewSet

from .document_viewsets import DOCUMENT_VIEWSETS
from .models import CallToAction, GlossaryTerm


class CallToActionViewSet(OwnedSnippetViewSet):
    model = CallToAction
    icon = "pick"
    list_display = ["title", "kind", "valid_until", "as_of"]
    list_filter = ["kind", "locale"]
    menu_label = _("Calls to action")


class GlossaryTermViewSet(OwnedSnippetViewSet):
    model = GlossaryTerm
    icon = "help"
    list_display = ["term", "plain", "review_by"]
    list_filter = ["locale"]
    menu_label = _("Glossary")


class CampaignLibraryGroup(SnippetViewSetGroup):
    items = (CallToActionViewSet, GlossaryTermViewSet, *DOCUMENT_VIEWSETS)
    menu_label = _("Library")
    menu_icon = "folder-open-inverse"
    menu_order = 250
