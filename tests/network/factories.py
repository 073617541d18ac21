"""Affiliates, and people in them, made as the product makes them."""

import factory
from django.contrib.auth import get_user_model

from editions.network.actions import CreateAffiliate
from editions.network.models import Affiliate, NationalRole, Role
from editions.network.roles import ensure_national_groups


class AffiliateFactory(factory.Factory):
    """A whole affiliate: site, folder, homes, collection, groups. ``languages=["en", "es"]`` for two
    languages.
    """

    class Meta:
        model = Affiliate

    name = factory.Sequence(lambda number: f"Affiliate {number}")
    slug = factory.Sequence(lambda number: f"affiliate-{number}")
    hostname = factory.LazyAttribute(lambda each: f"{each.slug}.example.org")
    place = factory.LazyAttribute(lambda each: f"{each.name} County")
    languages = ["en"]

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return CreateAffiliate(**kwargs).execute()


class UserFactory(factory.django.DjangoModelFactory):
    """Someone who can log in; ``of=affiliate`` puts them into its editors, ``role=`` into another group of
    it.
    """

    class Meta:
        model = get_user_model()
        skip_postgeneration_save = True

    username = factory.Sequence(lambda number: f"person-{number}")
    email = factory.LazyAttribute(lambda person: f"{person.username}@example.org")

    @factory.post_generation
    def of(self, create, affiliate, **kwargs):
        if affiliate is not None:
            self.groups.add(affiliate.group(kwargs.get("role", Role.EDITOR)))


class StaffFactory(UserFactory):
    """National staff: a network manager, or ``national=`` another role."""

    @factory.post_generation
    def national(self, create, extracted, **kwargs):
        self.groups.add(ensure_national_groups()[extracted or NationalRole.MANAGER])
