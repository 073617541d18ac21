from django.apps import AppConfig, apps
from django.core import checks
from django.utils.translation import gettext_lazy as _


class NetworkConfig(AppConfig):
    name = "editions.network"
    label = "network"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Network")

    def ready(self):
        from django.contrib.auth.signals import user_logged_in
        from django.db.models.signals import post_migrate, pre_save
        from wagtail_localize.models import StringTranslation

        from .checks import check_network
        from .second_step import forget_check
        from .translations import refuse_other_variables
        from .upgrading import set_roles

        guard_models()
        checks.register(check_network, "network")
        user_logged_in.connect(forget_check, dispatch_uid="network.second_step")
        *_, last = apps.get_app_configs()
        post_migrate.connect(set_roles, sender=last, dispatch_uid="network.set_roles")
        pre_save.connect(refuse_other_variables, sender=StringTranslation)


def guard_models() -> None:
    """Gives every page type and every snippet with an owner, add-ons' included, its scoped form and policy.

    Both are Wagtail's own settings of a model (`base_form_class`, the policy registry): an app that defines
    one does not have to know the network.
    """
    from wagtail.admin.forms import WagtailAdminModelForm, WagtailAdminPageForm
    from wagtail.models import Page
    from wagtail.permissions import register_permission_policy

    from .policies import OwnedPermissionPolicy
    from .references import OwnedFormMixin, ScopedFormMixin, with_check
    from .roles import owned_models

    for model in apps.get_models():
        if issubclass(model, Page) and model is not Page:
            form_class = getattr(model, "base_form_class", WagtailAdminPageForm)
            model.base_form_class = with_check(form_class, ScopedFormMixin)
    for model in owned_models():
        form_class = getattr(model, "base_form_class", WagtailAdminModelForm)
        model.base_form_class = with_check(form_class, OwnedFormMixin)
        register_permission_policy(model, OwnedPermissionPolicy(model), exact_class=True)
