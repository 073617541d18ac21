"""Wagtail permission policies that know owners."""

from wagtail.permission_policies import ModelPermissionPolicy

from .scoping import may_change, scope_queryset


class OwnedPermissionPolicy(ModelPermissionPolicy):
    """Django's model permissions, and of one object its owner (`network.models.OwnedMixin`).

    Registered for every such model when the apps are ready (`network.apps`), so that Wagtail's generic
    views, bulk actions and choosers ask it without a line in the app that defines the model.
    """

    def user_has_permission_for_instance(self, user, action, instance):
        return self.user_has_permission(user, action) and may_change(user, instance)

    def user_has_any_permission_for_instance(self, user, actions, instance):
        return self.user_has_any_permission(user, actions) and may_change(user, instance)

    def instances_user_has_any_permission_for(self, user, actions):
        return scope_queryset(user, super().instances_user_has_any_permission_for(user, actions))
