"""Hypothesis strategies: HTML as people, editors and converters write it; and what a browser would show of it."""

from html.parser import HTMLParser

from hypothesis import strategies as st

from toolkit_pages.importing.words import words

from .markdown import phrase

ACTIVE = {"script", "style", "title"}
SPACED = set(
    "p div li ul ol td th tr table h1 h2 h3 h4 h5 h6 br blockquote dt dd dl sup hr section article pre caption nav".split()
)


class Shown(HTMLParser):
    """The words of a page, counted without the reader's parser: those between tags, and addresses in `href`."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.silent = 0
        self.addresses: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.silent += tag in ACTIVE
        self.parts.append(" " if tag in SPACED else "")
        values = dict(attrs)
        if tag == "a" and values.get("href"):
            self.addresses.append(values["href"].replace(" ", "%20"))
        if tag == "img":
            self.addresses += [values.get("alt") or "", (values.get("src") or "image").replace(" ", "%20")]

    def handle_endtag(self, tag):
        self.silent -= tag in ACTIVE
        self.parts.append(" " if tag in SPACED else "")

    def handle_data(self, data):
        if not self.silent:
            self.parts.append(data)

    def words(self):
        return words("".join(self.parts))


def within(name, attributes=""):
    return lambda inner: f"<{name}{attributes}>{inner}</{name}>"


escaped = phrase.map(lambda text: text.replace("<", "&lt;"))
inline = st.one_of(
    escaped,
    escaped.map(within("b")),
    escaped.map(within("em")),
    escaped.map(within("span", ' style="color:red"')),
    escaped.map(within("a", ' href="https://example.org/a_(b)"')),
    escaped.map(within("a", ' href="#"')),
    escaped.map(within("a", ' href="javascript:alert(1)"')),
    escaped.map(within("a", "")),
    st.sampled_from(
        [
            "im<b>port</b>ant",
            "<br>",
            "<sup>2</sup>",
            '<img src="a b.png" alt="A map">',
            "<img>",
            "&lt;b&gt;",
            "* star",
        ]
    ),
)
line = st.lists(inline, min_size=1, max_size=4).map(" ".join)
block = st.recursive(
    st.one_of(
        line.map(within("p")),
        line.map(within("h2")),
        line.map(within("h4")),
        line,
        line.map(within("pre")),
        line.map(lambda text: f"<p>{text}<p>{text}"),
        st.sampled_from(
            ["<hr>", "<p></p>", "<script>alert(1)</script>", "<style>p{}</style>", "<!-- a note -->"]
        ),
        st.tuples(line, line).map(lambda pair: f"<dl><dt>{pair[0]}</dt><dd>{pair[1]}</dd></dl>"),
        st.lists(st.tuples(line, line), min_size=1, max_size=3).map(
            lambda rows: (
                "<table>" + "".join(f"<tr><td>{a}</td><td>{b}</td></tr>" for a, b in rows) + "</table>"
            )
        ),
        st.lists(st.tuples(line, line), min_size=1, max_size=2).map(
            lambda rows: "<table>" + "".join(f"<tr><td>{a}<td>{b}" for a, b in rows) + "</table>"
        ),
    ),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=4).map(
            lambda items: "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>"
        ),
        st.lists(inner, min_size=1, max_size=4).map(
            lambda items: "<ol start=3>" + "".join(f"<li>{item}" for item in items) + "</ol>"
        ),
        inner.map(within("blockquote")),
        inner.map(within("div", ' onclick="x()"')),
        st.lists(inner, min_size=1, max_size=3).map("".join),
    ),
    max_leaves=10,
)
html = st.lists(block, min_size=1, max_size=6).map("\n".join)
anything = st.lists(
    st.one_of(
        st.sampled_from(
            "<p> </p> <div> </b> <b> <li> <ul> </ul> <table> <td> <tr> <a href=x> </a> <nav> <svg> <h1> <![CDATA[ x ]]> "
            "<!-- --> <sup>1</sup> <sup><a href=#a>1</a></sup> <p id=a>1 &amp; &#0; &bogus; <hidden> <dd> <caption> "
            "<blockquote> <pre> [^1] ](x) ** # > | - 1.".split(" ")
        ),
        st.text(max_size=6),
    ),
    max_size=30,
).map("".join)
