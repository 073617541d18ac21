"""The demo's files by themselves: no database."""

import datetime
import re
from html.parser import HTMLParser

import pytest

from toolkit_site.demo import blocks, content, edits
from toolkit_site.demo.richtext import rich

# Values that begin with an article in Spanish: "de el condado" must never come out.
WITH_ARTICLE = {
    *(
        "jurisdiction",
        "state",
        "legislature",
        "law_enforcement",
        "sheriff",
        "oversight_body",
        "meeting_place",
    ),
}
VARIABLES = WITH_ARTICLE | {"affiliate", "jurisdiction_type", "hotline", "text_keyword", "text_number"}
DOCUMENTS = ("ordinance", "demandlist", "decider", "letter")
VARIABLE = re.compile(r"\{\{\s*(.*?)\s*\}\}")
# Places that both languages call alike, in words or in addresses.
NAMED = {"place", "sponsor_name", "sponsor_office", "organiser", "contact_role", "access"}
NAMES = {"new-haven", "oakland", "Georgia", "Rhode Island"}
OUTSIDE = {"Neutral", "ICE", "ICE ACCESS", "PEP-Comm", "Washington, DC", "washington-dc"}


def documents(language):
    second = [document for document, _after in content.second(language).new]
    return [content.home(language), *content.national(language), *second]


def everything(language):
    return [
        *documents(language),
        *[{**document, "key": f"{kind}:{document['key']}"} for kind, document in content.library(language)],
        *[
            {"key": f"{change.page}/{change.block}", "text": change.text}
            for change in content.second(language).changes
        ],
    ]


def pairs(of):
    """(English, Spanish) of all that is translated."""
    english = {document["key"]: document for document in of("en")}
    return [(english[document["key"]], document) for document in of("es")]


def leaves(value, path=()):
    """(path, name of the nearest field, text) of every non-empty text."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from leaves(inner, (*path, name))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from leaves(inner, (*path, place))
    elif isinstance(value, str) and value.strip():
        yield path, [part for part in path if isinstance(part, str)][-1], value


def texts_of_affiliates():
    for affiliate in content.affiliates():
        yield from ((affiliate.key, text) for _path, _name, text in leaves(affiliate.values))
        yield from ((affiliate.key, text) for _path, _name, text in leaves([affiliate.home, affiliate.edits]))


def all_texts():
    for language in content.LANGUAGES:
        yield from ((language, text) for _path, _name, text in leaves(everything(language)))
    yield from texts_of_affiliates()


@pytest.mark.parametrize("language", content.LANGUAGES)
def test_the_first_toolkit_is_the_same_in_both_languages(language):
    assert len(content.chapters(language)) == 13
    assert len([chapter for chapter in content.chapters(language) if chapter["parent"] == "toolkit"]) == 10


def test_five_toolkits_of_which_two_are_in_spanish_with_all_around_them():
    sizes = {
        language: [len(content.toolkit_documents(name, language)) - 1 for name in content.toolkit_names()]
        for language in content.LANGUAGES
    }
    assert sizes == {"en": [13, 7, 6, 5, 5], "es": [13, -1, -1, -1, 5]}
    assert [page["key"] for page in content.around("es")] == [page["key"] for page in content.around("en")]
    for kind in content.LIBRARY:
        assert [one["key"] for one in content.snippets(kind, "es")] == [
            one["key"] for one in content.snippets(kind, "en")
        ]


def test_keys_are_unique():
    keys = [document["key"] for document in documents("en")]
    assert len(keys) == len(set(keys))
    for kind in content.LIBRARY:
        keys = [document["key"] for document in content.snippets(kind, "en")]
        assert len(keys) == len(set(keys))


def shape(value):
    if isinstance(value, dict):
        return {name: shape(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [shape(inner) for inner in value]
    return type(value).__name__


def test_both_languages_have_the_same_blocks_and_ids():
    for english, spanish in pairs(documents):
        ours, theirs = blocks.body(english), blocks.body(spanish)
        assert shape(ours) == shape(theirs), english["key"]
        assert ids(ours) == ids(theirs), english["key"]
        assert plain(english) == plain(spanish)


def plain(document):
    """The fields that are not words, and hold one value."""
    return {
        name: value
        for name, value in document.items()
        if name not in content.WORDS | NAMED and not isinstance(value, list)
    }


def ids(value):
    if isinstance(value, dict):
        own = [value["id"]] if "id" in value and "type" in value else []
        return own + [found for inner in value.values() for found in ids(inner)]
    if isinstance(value, list):
        return [found for inner in value for found in ids(inner)]
    return []


def test_ids_are_unique_and_the_same_on_every_run():
    found = [one for document in documents("en") for one in ids(blocks.body(document))]
    assert len(found) == len(set(found))
    assert found == [one for document in documents("en") for one in ids(blocks.body(document))]


def test_no_words_are_left_in_english():
    """Every field that holds words has words of its own in Spanish, unless they are a name."""
    same = []
    for english, spanish in pairs(everything):
        theirs = {path: text for path, _name, text in leaves(spanish)}
        for path, name, text in leaves(english):
            name_of_a_work = english["key"].startswith("resource:") and path[0] in ("title", "publisher")
            # wagtail-localize gives a document's address to its translations as well.
            address = english["key"].partition(":")[0] in DOCUMENTS and path == ("slug",)
            if name not in content.WORDS or theirs[path] != text or name_of_a_work or address:
                continue
            if text not in OUTSIDE | NAMES:
                same.append((english["key"], path, text))
    names = re.compile(r"^(Interfaith Immigration Coalition, 2011|United We Dream|\{\{.*\}\}|[\W\d]+)$")
    assert [row for row in same if not names.match(row[2]) and row[1][-1] not in ("term", "type")] == []


def test_every_block_type_is_shown_somewhere():
    shown = {block["type"] for document in documents("en") for block in document.get("block", [])}
    of_ours = {
        name
        for name, block in blocks.chapter_stream().child_blocks.items()
        if type(block).__module__.startswith("toolkit_pages.")
    }
    assert shown == of_ours


def blanks():
    """Names that documents of the library bring themselves, with their grammatical forms."""
    found = set()
    for kind in ("ordinance", "letter"):
        for document in content.snippets(kind, "en"):
            for blank in document.get("blanks", []):
                found.add(blank["name"])
                found |= {f"{blank['name']}_{form['name']}" for form in blank.get("forms", [])}
    return found


def test_variables_are_known_used_alike_and_all_filled_in():
    used = set()
    for _where, text in all_texts():
        used |= set(VARIABLE.findall(text))
        assert text.count("{{") == text.count("}}") == len(VARIABLE.findall(text))
    assert used - (blanks() - VARIABLES) == VARIABLES
    for english, spanish in pairs(everything):
        theirs = {path: text for path, _name, text in leaves(spanish)}
        for path, _name, text in leaves(english):
            assert set(VARIABLE.findall(text)) == set(VARIABLE.findall(theirs[path])), (english["key"], path)
    for affiliate in content.affiliates():
        assert set(affiliate.values) == set(content.LANGUAGES)
        for values in affiliate.values.values():
            assert set(values) == VARIABLES
            assert all(value.strip() for value in values.values())


def test_spanish_puts_no_preposition_that_would_need_to_melt_into_an_article():
    for where, text in all_texts():
        if where == "en":
            assert not re.search(r"\b[Tt]he \{\{", text), text
        else:
            before = re.findall(r"\b(?:de|a)\s+\{\{\s*(\w+)", text)
            assert not WITH_ARTICLE & set(before), text


def test_translations_have_as_many_links_as_the_english_text():
    """wagtail-localize ties links by their place in the text."""
    english = {document["key"]: document for document in documents("en")}
    for language in (*content.LANGUAGES[1:], *content.SAMPLES):
        for document in [content.home(language), *content.national(language)]:
            theirs = {path: text for path, _name, text in leaves(document)}
            for path, _name, text in leaves(english[document["key"]]):
                assert theirs[path].count("](") == text.count("]("), (language, document["key"], path)


def test_the_sample_of_arabic_is_one_chapter():
    assert [document["key"] for document in content.national("ar")] == ["rights", "rights-know"]


def test_references_lead_somewhere():
    known = {f"chapter:{document['key']}" for document in documents("en")}
    known |= {f"{kind}:{document['key']}" for kind, document in content.library("en")}
    known |= {"image:booking-to-collection"}
    for language in content.LANGUAGES:
        found = set().union(*(blocks.references(blocks.body(document)) for document in documents(language)))
        assert found <= known
    numbers = {reference: number for number, reference in enumerate(sorted(known), start=1)}
    resolved = [blocks.resolve(blocks.body(document), numbers.__getitem__) for document in documents("en")]
    assert blocks.references(resolved) == set()


def test_only_fictional_numbers_and_addresses():
    for _where, text in all_texts():
        for number in re.findall(r"\d{3}[-. ]\d{3}[-. ]\d{4}", text):
            assert re.fullmatch(r"\d{3}-555-01\d\d", number), text
        assert not re.search(r"(?<![\d-])\d{5,6}(?![\d-])", text), "looks like a short code: " + text
        assert not re.search(r"(?:^|\s)#\w", text) or text.startswith("#"), "a hashtag: " + text
        for address in re.findall(r"(?:https?://|mailto:|@)[^\s)\]\"]+", text):
            assert "example.org" in address, text


def test_statements_are_dated_sourced_and_due_for_review():
    for document in content.chapters("en"):
        assert isinstance(document["as_of"], datetime.date)
        assert document["as_of"] < document["review_by"]
        assert document["source"]
        assert document["checked_by"]
    for term in content.terms("en"):
        assert term["source"]
        assert "\n" not in term["plain"]
    for document in content.chapters("en"):
        for block in document["block"]:
            if block["type"] == "quote":
                assert block["source"].startswith("Paraphrase")


class _Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.seen = set()

    def handle_starttag(self, tag, attrs):
        self.seen.add(tag)


def test_rich_text_uses_only_what_the_editor_offers():
    tags = _Tags()
    for language in content.LANGUAGES:
        for document in documents(language):
            for _path, _name, text in leaves(blocks.body(document)):
                tags.feed(text)
    assert tags.seen == {"p", "b", "i", "a", "ol", "ul", "li"}


def test_rich_text_links_and_lists():
    assert rich("See [the team](chapter:team), **now**\nand *here*.") == (
        '<p>See <a linktype="page" id="chapter:team">the team</a>, <b>now</b> and <i>here</i>.</p>'
    )
    assert rich("- one\n- two") == "<ul><li>one</li><li>two</li></ul>"
    assert "<script>" not in rich("<script>alert(1)</script>")


def test_second_edition_changes_five_blocks_and_adds_a_chapter():
    for language in content.LANGUAGES:
        second = content.second(language)
        pages = {document["key"]: blocks.body(document) for document in content.chapters(language)}
        assert len({(change.page, change.block) for change in second.changes}) == 5
        for one in second.changes:
            before = pages[one.page]
            after = edits.change(before, blocks.block_id(one.page, one.block), one.field, one.text)
            assert [b["id"] for b, a in zip(before, after, strict=True) if a != b] == [
                blocks.block_id(one.page, one.block)
            ]
            assert ids(before) == ids(after)
        assert [after for _document, after in second.new] == ["questions"]


def apply(affiliate, language, pages):
    for edit in affiliate.edits:
        body, key = pages[edit["page"]], edit["page"]
        if language not in edit.get("languages", [name for name in content.LANGUAGES if name in edit]):
            continue
        if edit["do"] != "hold":
            pages[key] = edits.apply(body, edit, language)
    return pages


def test_edits_of_the_affiliates_fit_and_meet_national_once():
    met = []
    for affiliate in content.affiliates():
        for language in content.LANGUAGES:
            national = {document["key"]: blocks.body(document) for document in content.chapters(language)}
            local = apply(affiliate, language, dict(national))
            for one in content.second(language).changes:
                theirs = edits.change(
                    national[one.page], blocks.block_id(one.page, one.block), one.field, one.text
                )
                place = edits.find(local[one.page], blocks.block_id(one.page, one.block))
                mine = local[one.page][place]["value"]
                if leaf(mine, one) not in (leaf_of(national, one), leaf_of({one.page: theirs}, one)):
                    met.append((affiliate.key, language, one.page, one.block))
    assert met == [("santa-clara", "en", "team", "size")]


def leaf_of(pages, one):
    body = pages[one.page]
    return leaf(body[edits.find(body, blocks.block_id(one.page, one.block))]["value"], one)


def leaf(value, one):
    if isinstance(value, str):
        return value
    for part in one.field.split("/"):
        value = value[int(part) - 1]["value"] if part.isdigit() else value[part]
    return value


def test_cook_county_changes_nothing():
    assert {one.key: bool(one.edits) for one in content.affiliates()} == {
        "cook-county": False,
        "santa-clara": True,
        "washington-dc": True,
    }


def luminance(colour):
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_brand_colours_carry_white_text():
    for affiliate in content.affiliates():
        for colour in (affiliate.brand, affiliate.accent):
            assert 1.05 / (luminance(colour) + 0.05) >= 4.5


def test_an_edit_that_fits_nowhere_is_refused():
    body = blocks.body(content.chapters("en")[0])
    with pytest.raises(edits.EditError):
        edits.hide(body, "nobody")
    with pytest.raises(edits.EditError):
        edits.change(body, blocks.block_id("detainer", "path-steps"), "steps/99/text", "x")
    with pytest.raises(edits.EditError):
        edits.change(body, blocks.block_id("detainer", "request"), "colour", "x")


def test_a_translation_that_does_not_fit_is_refused():
    source = {"key": "a", "block": [{"key": "b", "text": "words"}]}
    with pytest.raises(content.ContentError, match="not in the English file"):
        content.overlay(source, {"colour": "rojo"})
    with pytest.raises(content.ContentError, match="stands where English has"):
        content.overlay(source, {"block": [{"key": "c", "text": "palabras"}]})
    with pytest.raises(content.ContentError, match="English has 1"):
        content.overlay(source, {"block": []})
