"""National protects what it shares, and withdraws it: on all sites at once, with every local word kept."""

import pytest
from django.urls import reverse

from campaign_library.actions import AdaptSnippet, CannotAdapt
from campaign_library.actions.protect import ProtectSnippet, UnprotectSnippet
from campaign_library.actions.withdraw import PutSnippetBack, WithdrawSnippet
from campaign_library.models import GlossaryTerm, WithdrawnSnippet
from campaign_library.needs import copies_that_need
from editions.actions.errors import EditionError, NotAllowed
from editions.models import Protection, Release, Withdrawal
from editions.network.models import NationalRole
from tests import factories
from tests.campaign_library.shared import adapted, draft, fresh, send, shown_at
from tests.network.factories import StaffFactory, UserFactory

pytestmark = pytest.mark.django_db
TERMS = "wagtailsnippets_campaign_library_glossaryterm"
REASON = "Counsel has checked every word."


def read(client, host):
    return client.get("/kit/one/", headers={"host": host}).content.decode()


def test_protecting_takes_copies_off_line_and_keeps_their_words(client, cook, kane, term):
    shown_at(cook.site.root_page.specific, term)
    copy = adapted(term, cook, plain="Cook's words.")
    assert "Cook&#x27;s words." in read(client, "cook.test")
    ProtectSnippet(term, REASON).execute()
    assert "National words." in read(client, "cook.test")
    assert (fresh(copy).live, fresh(copy).plain) == (False, "Cook's words.")
    update = Release.objects.get().updates.get()
    assert (update.site, update.outcome) == (cook.site, "forced")
    kept = {each["path"][0]: each["local"] for each in update.receipt["conflicts"]}
    assert kept == {"plain": "Cook's words."}
    for refused in (AdaptSnippet(term, kane).execute, draft(copy, plain="By another door.").publish):
        with pytest.raises(CannotAdapt, match=REASON):
            refused()
    # National goes on correcting it; what was protected is told once, and taken off it catches up.
    send(term, long="<p>Longer.</p>")
    assert [need.mark for need in copies_that_need(None, [cook.site])] == ["protected"]
    UnprotectSnippet(term).execute()
    assert not copies_that_need(None, [cook.site])
    assert (fresh(copy).live, fresh(copy).plain, fresh(copy).long) == (
        True,
        "Cook's words.",
        "<p>Longer.</p>",
    )
    assert AdaptSnippet(term, kane).execute().owner == kane
    with pytest.raises(EditionError):
        UnprotectSnippet(term).execute()


def test_a_copy_that_stood_nowhere_does_not_stand_in_afterwards(cook, term):
    copy = AdaptSnippet(term, cook).execute()
    ProtectSnippet(term, REASON).execute()
    UnprotectSnippet(term).execute()
    assert not fresh(copy).live and not Release.objects.exists()


def test_legal_protects_and_the_affiliate_sees_why(client, cook, term):
    copy = adapted(term, cook, plain="Cook's words.")
    client.force_login(StaffFactory(national=NationalRole.LEGAL))
    protect = reverse("library:protect", args=["glossaryterm", term.pk])
    edit = reverse(f"{TERMS}:edit", args=[term.pk])
    assert protect in client.get(edit).content.decode()
    assert protect in client.get(reverse(f"{TERMS}:list")).content.decode()
    html = client.get(protect).content.decode()
    assert "1 copy stands in now" in html and "Cook" in html
    assert "Say why" in client.post(protect, {"reason": " "}).content.decode()
    client.post(protect, {"reason": REASON})
    assert REASON in client.get(edit).content.decode() and REASON in client.get(protect).content.decode()
    client.force_login(UserFactory(of=cook))
    mine = reverse(f"{TERMS}:edit", args=[copy.pk])
    html = client.get(mine).content.decode()
    assert REASON in html and "content-locked" in html and "action-publish" not in html
    client.post(mine, {"term": "Detainer", "plain": "Anyway.", "kind": "general", "action-publish": "1"})
    assert (fresh(copy).live, fresh(copy).get_latest_revision_as_object().plain) == (False, "Cook's words.")
    listed = client.get(reverse("library:national", args=["glossaryterm"])).content.decode()
    assert REASON in listed and reverse("library:adapt", args=["glossaryterm", term.pk]) not in listed
    assert copies_that_need(None, [cook.site])
    compare = client.get(reverse("library:compare", args=["glossaryterm", copy.pk])).content.decode()
    assert "Cook&#x27;s words." in compare and "National words." in compare and REASON in compare
    assert not copies_that_need(None, [cook.site])
    client.force_login(StaffFactory(national=NationalRole.LEGAL))
    client.post(protect, {"do": "free"})
    assert fresh(copy).live


def test_one_action_takes_it_off_every_site_and_puts_it_back(client, national, cook, kane, term):
    spanish = factories.glossary_term(
        term="Retención",
        plain="Palabras.",
        locale=factories.locale("es"),
        translation_key=term.translation_key,
    )
    for home in (national.home, cook.site.root_page.specific, kane.site.root_page.specific):
        shown_at(home, term)
    copy = adapted(term, cook, plain="Cook's words.")
    withdrawal = WithdrawSnippet(term, REASON).execute()
    for host in ("national.test", "cook.test", "kane.test"):
        assert "words." not in read(client, host).partition("<main")[2]
    assert not any(fresh(each).live for each in (term, spanish, copy))
    assert not GlossaryTerm.objects.shown_by(kane, term.locale).exists()
    receipt = WithdrawnSnippet.objects.filter(withdrawal=withdrawal)
    found = set(receipt.values_list("object_id", "site__hostname", "pages"))
    assert found == {
        (term.pk, None, 1), (term.pk, "kane.test", 1), (copy.pk, "cook.test", 1), (spanish.pk, None, 0),
    }  # fmt: skip
    # Nobody puts it on line meanwhile.
    for written in (draft(term, plain="Corrected."), draft(copy, plain="Anyway.")):
        with pytest.raises(EditionError, match=REASON):
            written.publish()
    with pytest.raises(EditionError):
        WithdrawSnippet(spanish, REASON).execute()
    PutSnippetBack(withdrawal).execute()
    assert all(fresh(each).live for each in (term, spanish, copy))
    assert "Cook&#x27;s words." in read(client, "cook.test")
    assert "National words." in read(client, "kane.test")
    assert receipt.filter(restored=True).count() == 4 and not Release.objects.exists()
    with pytest.raises(EditionError):
        PutSnippetBack(withdrawal).execute()


def test_words_that_are_corrected_meanwhile_are_sent_when_it_is_put_back(client, cook, term):
    copy = adapted(term, cook, formerly="Our older name")
    withdrawal = WithdrawSnippet(term, REASON).execute()
    client.force_login(StaffFactory())
    data = {"term": "Detainer", "plain": "Corrected.", "kind": "general", "tags": "", "long": "null"}
    data["formerly"] = "Hold"
    said = client.post(reverse(f"{TERMS}:edit", args=[term.pk]), {**data, "action-publish": "1"}, follow=True)
    assert REASON in said.content.decode() and not fresh(term).live
    url = reverse("library:withdrawal", args=[withdrawal.pk])
    assert "rewritten since: English" in client.get(url).content.decode()
    client.post(url)
    assert (fresh(term).live, fresh(term).plain, fresh(copy).plain) == (True, "Corrected.", "Corrected.")
    assert not fresh(term).has_unpublished_changes
    assert Release.objects.get().updates.get(site=cook.site).outcome == "merged"


def test_protected_meanwhile_a_copy_stays_off_line(cook, term):
    copy = adapted(term, cook)
    withdrawal = WithdrawSnippet(term, REASON).execute()
    ProtectSnippet(term, REASON).execute()
    with pytest.raises(EditionError, match="Put it back first"):
        UnprotectSnippet(term).execute()
    PutSnippetBack(withdrawal).execute()
    assert fresh(term).live and not fresh(copy).live


def test_staff_withdraw_in_the_admin_and_editors_are_told(client, cook, term):
    page = shown_at(cook.site.root_page.specific, term)
    copy = adapted(term, cook)
    manager, editor = StaffFactory(), UserFactory(of=cook)
    client.force_login(manager)
    url = reverse("library:withdraw", args=["glossaryterm", term.pk])
    assert url in client.get(reverse(f"{TERMS}:edit", args=[term.pk])).content.decode()
    html = client.get(url).content.decode()
    assert "1 page of affiliates shows it" in html and "1 copy with local words" in html
    assert "Say why" in client.post(url, {"reason": ""}).content.decode() and fresh(term).live
    receipt = client.post(url, {"reason": REASON})["Location"]
    html = client.get(receipt).content.decode()
    assert "its own copy" in html and "off line" in html
    assert receipt in client.get(reverse("editions:withdrawals")).content.decode()
    assert receipt in client.get(reverse(f"{TERMS}:edit", args=[term.pk])).content.decode()
    client.force_login(editor)
    html = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert "Readers do not see “Detainer” here" in html and REASON in html
    assert REASON in client.get(reverse(f"{TERMS}:edit", args=[copy.pk])).content.decode()
    client.force_login(manager)
    client.post(receipt)
    assert "on line again" in client.get(receipt).content.decode() and fresh(copy).live


def test_who_may_not(client, cook, term):
    off = WithdrawSnippet(factories.glossary_term(term="Other"), REASON).execute()
    receipt = reverse("library:withdrawal", args=[off.pk])
    named = ["glossaryterm", term.pk]
    protect, withdraw = (reverse(f"library:{name}", args=named) for name in ("protect", "withdraw"))
    writer, legal = StaffFactory(national=NationalRole.WRITER), StaffFactory(national=NationalRole.LEGAL)
    editor = UserFactory(of=cook)
    for user, closed in (
        (writer, (protect, withdraw, receipt)),
        (legal, (withdraw, receipt)),
        (editor, (protect, withdraw, receipt)),
    ):
        client.force_login(user)
        html = client.get(reverse(f"{TERMS}:list")).content.decode()
        for url in closed:
            assert client.get(url).status_code == client.post(url, {"reason": REASON}).status_code == 302
            assert url not in html
    assert fresh(term).live and not Protection.objects.exists()
    assert Withdrawal.objects.standing().count() == 1
    for action in (
        ProtectSnippet(term, REASON, user=writer),
        WithdrawSnippet(term, REASON, user=legal),
        PutSnippetBack(off, user=legal),
    ):
        with pytest.raises(NotAllowed):
            action.execute()
    theirs = factories.glossary_term(term="Theirs", owner=cook)
    for action in (ProtectSnippet(theirs, REASON), WithdrawSnippet(theirs, REASON)):
        with pytest.raises(EditionError):
            action.execute()
    client.force_login(StaffFactory())
    for name in ("protect", "withdraw"):
        assert client.get(reverse(f"library:{name}", args=["glossaryterm", theirs.pk])).status_code == 404
