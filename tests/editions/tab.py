"""The page editor's form as a browser holds it."""

import json

from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield


class Form:
    """An open tab: what the editor's form held when it was opened."""

    def __init__(self, client, page, revision=None):
        self.client, self.page = client, page
        if revision is None:
            self.url = reverse("wagtailadmin_pages:edit", args=[page.pk])
        else:
            self.url = reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, revision.pk])
        response = client.get(self.url)
        self.url = reverse("wagtailadmin_pages:edit", args=[page.pk])
        assert response.status_code == 200
        form = response.context["form"]
        instance = form.instance
        self.title, self.intro = instance.title, instance.intro
        self.blocks = [(block.id, block.block_type, str(block.value.source)) for block in instance.body]
        self.base = form["edition_base"].value()
        self.extra = {}
        latest = response.context.get("loaded_revision_created_at")
        if latest:
            self.extra = {
                "loaded_revision_id": str(instance.latest_revision_id or ""),
                "loaded_revision_created_at": latest,
            }

    def write(self, block_id, text):
        self.blocks = [
            (pk, kind, f"<p>{text}</p>" if pk == block_id else value) for pk, kind, value in self.blocks
        ]

    def data(self, **extra):
        stream = streamfield([(kind, rich_text(value)) for _pk, kind, value in self.blocks])
        for number, (pk, _kind, _value) in enumerate(self.blocks):
            stream[f"{number}"]["id"] = pk
        return nested_form_data(
            {
                "title": self.title,
                "slug": self.page.slug,
                "intro": self.intro,
                "image": "",
                "tags": "",
                "body": stream,
                "edition_base": "" if self.base is None else str(self.base),
                "seo_title": "",
                "search_description": "",
                "comments": inline_formset([]),
                **self.extra,
                **extra,
            }
        )

    def save(self, **extra):
        response = self.client.post(self.url, self.data(**extra))
        assert response.status_code in (200, 302), response.content
        if response.status_code == 200:
            assert not response.context["form"].errors, response.context["form"].errors
        return response

    def autosave(self, **extra):
        response = self.client.post(self.url, self.data(**extra), headers={"accept": "application/json"})
        return json.loads(response.content)

    def publish(self):
        return self.save(**{"action-publish": "1"})
