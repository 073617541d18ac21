"""The library's documents in the admin: the vocabulary of provisions and what is written with it."""

from django.utils.translation import gettext_lazy as _

from .models import DecisionMakerType, DemandList, ModelOrdinance, Provision, TextTemplate
from .views.ordinances import OrdinanceEditView
from .views.snippets import LibrarySnippetViewSet


class ProvisionViewSet(LibrarySnippetViewSet):
    model = Provision
    icon = "list-ul"
    list_display = ["label", "category", "code", "language_words", "owner_words", "review_words"]
    list_filter = ["category", "locale"]
    menu_label = _("Provisions")


class ModelOrdinanceViewSet(LibrarySnippetViewSet):
    model = ModelOrdinance
    edit_view_class = OrdinanceEditView
    icon = "doc-full"
    list_display = ["title", "level", "as_of", "language_words", "owner_words", "review_words"]
    list_filter = ["level", "locale"]
    menu_label = _("Model ordinances")


class DemandListViewSet(LibrarySnippetViewSet):
    model = DemandList
    icon = "list-ol"
    list_display = ["title", "place", "dated", "language_words", "owner_words", "review_words"]
    list_filter = ["locale"]
    menu_label = _("Demands")


class DecisionMakerTypeViewSet(LibrarySnippetViewSet):
    model = DecisionMakerType
    icon = "group"
    list_display = ["title", "summary", "language_words", "owner_words", "review_words"]
    list_filter = ["locale"]
    menu_label = _("Decision makers")


class TextTemplateViewSet(LibrarySnippetViewSet):
    model = TextTemplate
    icon = "mail"
    list_display = ["title", "kind", "language_words", "owner_words", "review_words"]
    list_filter = ["kind", "locale"]
    menu_label = _("Letters and texts")


DOCUMENT_VIEWSETS = (
    ModelOrdinanceViewSet,
    DemandListViewSet,
    DecisionMakerTypeViewSet,
    TextTemplateViewSet,
    ProvisionViewSet,
)
