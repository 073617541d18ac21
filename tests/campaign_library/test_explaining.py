"""Words of the glossary in rendered HTML: where they are explained, where not, and what never changes."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign_library.explaining import SKIPPED, Finder, Word

WORDS = [
    Word("Detainer", "1", is_title=True),
    Word("county jail", "2", is_title=True),
    Word("jail", "3", is_title=True),
    Word("ICE", "4", is_title=True),
    Word("Hold", "1"),
    Word("sheriff's office", "5", is_title=True),
]


def explained(html, words=WORDS, language="en", known=()):
    """The explained HTML; ``‹`` and ``›`` stand for the span that holds a word and its marks together."""
    found = Finder(words, language).explain(html, lambda key, text: f"[{key}:{text}]", known)
    return re.sub(r'<span class="hold">(.*?)</span>', r"‹\1›", found)


@pytest.mark.parametrize(
    ("html", "result"),
    [
        ("<p>A detainer, a detainer.</p>", "<p>A ‹[1:detainer],› a detainer.</p>"),
        ("<p>Two detainers.</p>", "<p>Two ‹[1:detainers].›</p>"),
        ("<p>The county jail and the jail.</p>", "<p>The [2:county jail] and the ‹[3:jail].›</p>"),
        ("<p>Police, ice and ICE.</p>", "<p>Police, ice and ‹[4:ICE].›</p>"),
        ("<p>To hold somebody. A Hold.</p>", "<p>To hold somebody. A ‹[1:Hold].›</p>"),
        ("<p>The sheriff&#x27;s&nbsp;office</p>", "<p>The [5:sheriff&#x27;s&nbsp;office]</p>"),
        ("<p>See www.ICE.gov or a@ICE.gov, post-ICE.</p>", "<p>See www.ICE.gov or a@ICE.gov, post-ICE.</p>"),
        ("<p>{{ jail }} and {{jail}}</p>", "<p>{{ jail }} and {{jail}}</p>"),
        ('<p title="jail">x</p><!-- jail -->', '<p title="jail">x</p><!-- jail -->'),
        ("<p>The term “jail”, so.</p>", "<p>The term ‹“[3:jail]”,› so.</p>"),
        ("<p>(&quot;jail&quot;) and ICE…</p>", "<p>‹(&quot;[3:jail]&quot;)› and ‹[4:ICE]…›</p>"),
        ("<p>A “jail” “ICE”</p>", "<p>A ‹“[3:jail]”› ‹“[4:ICE]”›</p>"),
        ("<p>jail<br>jail</p>", "<p>[3:jail]<br>jail</p>"),
        (
            "<div data-no-terms><p>jail</p></div><p>jail</p>",
            "<div data-no-terms><p>jail</p></div><p>[3:jail]</p>",
        ),
        ("<a><b>jail</b></a> jail", "<a><b>jail</b></a> [3:jail]"),
        ("<a href='#'>unclosed jail", "<a href='#'>unclosed jail"),
        ("</p>jail</a>", "</p>[3:jail]</a>"),
    ],
)
def test_the_first_use_in_running_text(html, result):
    assert explained(html) == result


@pytest.mark.parametrize("tag", sorted(SKIPPED))
def test_never_within(tag):
    assert explained(f"<{tag} class='x'>jail <i>jail</i></{tag}><p>jail</p>") == (
        f"<{tag} class='x'>jail <i>jail</i></{tag}><p>[3:jail]</p>"
    )


def test_what_is_known_is_left_alone():
    assert explained("<p>jail, ICE</p>", known={"3"}) == "<p>jail, [4:ICE]</p>"


def test_spanish_and_arabic_words():
    words = [Word("detención", "1", is_title=True), Word("محكمة", "2", is_title=True)]
    assert (
        explained("<p>Dos detenciones… La Detención</p>", words, "es")
        == "<p>Dos detenciones… La [1:Detención]</p>"
    )
    assert explained("<p>في محكمة هنا</p>", words, "ar") == "<p>في [2:محكمة] هنا</p>"


TEXT = st.text(alphabet="jail ICEdetnr<>/&;{}'\"ap=b#", max_size=120)


@given(TEXT)
def test_nothing_of_the_text_is_ever_lost(html):
    marked = Finder(WORDS, "en").explain(html, lambda key, text: f"\0{text}\0")
    assert marked.replace("\0", "") == html


@given(TEXT)
def test_each_term_is_explained_once_at_most(html):
    keys = re.findall("\0(\\d)", Finder(WORDS, "en").explain(html, lambda key, text: f"\0{key}"))
    assert len(keys) == len(set(keys))


def test_a_finder_without_words_changes_nothing():
    assert explained("<p>jail</p>", []) == "<p>jail</p>"
