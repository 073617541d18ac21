from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EditionsConfig(AppConfig):
    name = "editions"
    label = "editions"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Editions")

    def ready(self):
        from wagtail.signals import post_page_move

        from editions.local_moves import note_move

        post_page_move.connect(note_move, dispatch_uid="editions.local_moves")
