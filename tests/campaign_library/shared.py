"""What the tests of shared snippets have in common: an organisation, affiliates, a term, and how it is written and sent."""

from campaign_library.actions import AdaptSnippet
from campaign_library.actions.send import SendSnippet
from tests import factories


def adapted(term, affiliate, **words):
    copy = AdaptSnippet(term, affiliate).execute()
    for name, value in words.items():
        setattr(copy, name, value)
    copy.save_revision().publish()
    return fresh(copy)


def fresh(thing):
    return type(thing).objects.get(pk=thing.pk)


def draft(term, **words):
    written = fresh(term)
    for name, value in words.items():
        setattr(written, name, value)
    return written.save_revision()


def send(term, user=None, **words):
    return SendSnippet(draft(term, **words), user=user).execute()


def shown_at(home, *terms):
    kit = factories.toolkit(home, slug="kit")
    return factories.chapter(
        kit, "One", [factories.block("glossary_term", term.pk) for term in terms], slug="one"
    )


def publish_by_form(client, url, data):
    """What somebody who may send does: the form, then the plan. The answer to the form, which says what was refused."""
    return confirm(client, client.post(url, {**data, "action-publish": "1"}))


def confirm(client, answer):
    if answer.status_code == 302 and "/library/publish/" in answer["Location"]:
        plan = client.get(answer["Location"])
        assert client.post(answer["Location"], {"revision": plan.context["revision"]}).status_code == 302
    return answer
