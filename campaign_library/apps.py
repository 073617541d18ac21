from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CampaignLibraryConfig(AppConfig):
    name = "campaign_library"
    label = "campaign_library"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Campaign library")

    def ready(self):
        from django.db.models.signals import post_delete, post_save

        from .glossing import forget
        from .models import GlossaryTerm

        for signal in (post_save, post_delete):
            signal.connect(forget, sender=GlossaryTerm, dispatch_uid="library-glossary")
