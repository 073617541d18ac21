"""Hypothesis strategies: any text, and Markdown as people and converters write it."""

from hypothesis import strategies as st

WORDS = """
team meeting letter county don't Ask Ärzte año niño 287(g) A-1 COUNCIL e.g. U.S. x_y AT&T “quoted” (note)
ok? yes. 1. a) iv. Note: — - * & &amp; &nbsp; \\ \\* https://example.org/a www.example.org [b]
"""
word = st.sampled_from(WORDS.split())
phrase = st.lists(word, min_size=1, max_size=9).map(" ".join)
styled = st.one_of(
    phrase,
    phrase.map(lambda text: f"**{text}**"),
    phrase.map(lambda text: f"*{text}*"),
    phrase.map(lambda text: f"***{text}***"),
    phrase.map(lambda text: f"`{text}`"),
    phrase.map(lambda text: f"<u>{text}</u>"),
    phrase.map(lambda text: f"<b>{text}</b>"),
    phrase.map(lambda text: f'<a href="https://example.org/{len(text)}">{text}</a>'),
    st.tuples(
        phrase,
        st.sampled_from(["#", "https://example.org/x", "javascript:alert(1)", "/local", "mailto:a@b.org"]),
    ).map(lambda pair: f"[{pair[0]}]({pair[1]})"),
    st.sampled_from(
        [
            "![a picture](pic.png)",
            "<script>alert(1)</script>",
            "<sup>1</sup>",
            "[^1]",
            "[^a] [^*]",
            "im**port**ant",
            "im<u>port</u>ant",
            "<!-- hidden -->",
            "<br>",
            "[name][ref]",
            '[x](https://example.org "a title")',
            "<https://example.org/auto>",
        ]
    ),
)
line = st.lists(styled, min_size=1, max_size=4).map(" ".join)
marker = st.sampled_from(
    [
        "",
        "",
        "",
        "# ",
        "## ",
        "### ",
        "#### ",
        "- ",
        "* ",
        "• ",
        "» ",
        "1. ",
        "2. ",
        "3. ",
        "1) ",
        "a. ",
        "b. ",
        "i. ",
        "ii. ",
        "  - ",
        "    - ",
        "  a. ",
        "   i. ",
        "> ",
        "> > ",
        "- 2) ",
        "- a. ",
        "| ",
        "    ",
        "Note: ",
        "TIP: ",
        "A. ",
        "B. ",
    ]
)
special = st.sampled_from(
    [
        "",
        "",
        "",
        "---",
        "***",
        "===",
        "```python",
        "12",
        "| a | b |",
        "| --- | --- |",
        "| 1 | 2 | 3 |",
        "[ref]: https://example.org/ref",
        "## Terminology",
        "Warrant - a paper from a judge. It allows a search.",
        "Contents",
        "[^1]: A note with [a link](https://example.org/n).",
        "[^*]: Another note.",
        "## Contents",
        "Meeting ..... 4",
        "“We came to ask.” -- Organizer, Ana Diaz",
        "# Running head",
        "\fRunning foot 3",
        "\f",
        "NOTES",
        "¹ A note of its own.",
        "[2] Another",
        "years¹ and more.² And[2] so",
        "1.a.i. Heat within a day",
        "1.a. All of it",
        "2.1 A part",
        "o a smaller point",
        "STEP 1: ASK",
        "Step Two: Ask again",
        "# Running head",
    ]
)
markdown = st.lists(st.one_of(st.tuples(marker, line).map("".join), special), min_size=1, max_size=30).map(
    "\n".join
)
# What a copy from a screen or a PDF leaves: no marks of Markdown's headings.
bare = st.lists(
    st.one_of(
        phrase,
        phrase.map(str.upper).filter(lambda text: "//" not in text),
        special.filter(lambda text: text[:1] not in "#=-|"),
    ),
    min_size=1,
    max_size=40,
).map("\n".join)
anything = st.text(max_size=300) | st.text(alphabet="-*#>|<>[]()!`_~\\&; \n\t1ai.)“”:ab'’\"/=", max_size=200)
