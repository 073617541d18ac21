"""The library's documents in the admin: the vocabulary of provisions and what is written with it."""

from django.utils.translation import gettext_lazy as _

from editions.network.viewsets import OwnedSnippetViewSet

from .models import Provision


class ProvisionViewSet(OwnedSnippetViewSet):
    model = Provision
    icon = "list-ul"
    list_display = ["label", "category", "code", "review_by"]
    list_filter = ["category", "locale"]
    menu_label = _("Provisions")


DOCUMENT_VIEWSETS = (ProvisionViewSet,)
