"""The library in the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from .document_viewsets import DOCUMENT_VIEWSETS
from .models import Bill, CallToAction, GlossaryTerm, Organisation, Resource, StatePolicy, Topic
from .views.snippets import LibrarySnippetViewSet


class CallToActionViewSet(LibrarySnippetViewSet):
    model = CallToAction
    icon = "pick"
    list_display = [
        "title",
        "kind",
        "standing_words",
        "valid_until",
        "language_words",
        "owner_words",
        "review_words",
    ]
    list_filter = ["kind", "locale"]
    menu_label = _("Calls to action")


class GlossaryTermViewSet(LibrarySnippetViewSet):
    model = GlossaryTerm
    icon = "help"
    list_display = ["term", "plain", "language_words", "owner_words", "review_words"]
    list_filter = ["kind", "locale"]
    menu_label = _("Glossary")


class ResourceViewSet(LibrarySnippetViewSet):
    model = Resource
    icon = "doc-full"
    list_display = ["title", "kind", "published_on", "language_words", "owner_words", "review_words"]
    list_filter = ["kind", "locale"]
    menu_label = _("Resources")


class OrganisationViewSet(LibrarySnippetViewSet):
    model = Organisation
    icon = "group"
    list_display = ["name", "kind", "where", "language_words", "owner_words", "review_words"]
    list_filter = ["kind", "state", "locale"]
    menu_label = _("Organisations")


class BillViewSet(LibrarySnippetViewSet):
    model = Bill
    icon = "form"
    list_display = [
        "number",
        "title",
        "place",
        "stance",
        "as_of",
        "language_words",
        "owner_words",
        "review_words",
    ]
    list_filter = ["jurisdiction", "stance", "locale"]
    menu_label = _("Bills")


class StatePolicyViewSet(LibrarySnippetViewSet):
    model = StatePolicy
    icon = "table"
    list_display = ["name", "as_of", "language_words", "owner_words", "review_words"]
    list_filter = ["locale"]
    menu_label = _("State policies")


class TopicViewSet(SnippetViewSet):
    """National's alone: affiliates get no permission for it (``editions.network.roles``)."""

    model = Topic
    icon = "tag"
    list_display = ["name", "slug"]
    menu_label = _("Topics")


class CampaignLibraryGroup(SnippetViewSetGroup):
    items = (
        CallToActionViewSet,
        GlossaryTermViewSet,
        *DOCUMENT_VIEWSETS,
        ResourceViewSet,
        OrganisationViewSet,
        BillViewSet,
        StatePolicyViewSet,
        TopicViewSet,
    )
    menu_label = _("Library")
    menu_icon = "folder-open-inverse"
    menu_order = 250
