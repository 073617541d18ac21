"""Questions about elements of a page: what they show, which hold a table's cells, which is the article."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from bs4 import BeautifulSoup, Tag
from bs4.element import CData, NavigableString, PageElement, PreformattedString

from toolkit_pages.importing.runs import address
from toolkit_pages.importing.words import words

# What a page calls the parts around its text, by class, id or role.
FURNITURE = re.compile(
    r"(?:^|[-_])(?:nav(?:bar|igation)?|menu|breadcrumbs?|cookies?|consent|shar(?:e|ing)|social|footer|colophon|sidebar|related|"
    r"newsletter|subscribe|skip|banner|contentinfo|complementary|pagination|pager|comments?|toolbar|search)(?:[-_]|$)",
    re.IGNORECASE,
)
MAX_FURNITURE = 150
MAX_PARTS = 400
BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol optgroup option p pre search "
    "section summary table tbody td tfoot th thead tr ul".split()
)
HEADINGS = {f"h{level}": level for level in range(1, 7)}
# Whoever leaves out the closing tags has cells within cells: they stand side by side.
CELLS = ("td", "th", "tr")
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def visible_text(tag: Tag, without: tuple[str, ...] = ()) -> str:
    """All words within an element, but those of scripts, styles, comments and of elements `without` names."""
    parts: list[str] = []
    stack: list[PageElement] = list(reversed(list(tag.children)))
    while stack:
        node = stack.pop()
        if isinstance(node, NavigableString):
            if is_text(node):
                parts.append(str(node))
        elif isinstance(node, Tag) and node.name not in ("script", "style", *without):
            if node.name in BLOCKS or node.name == "br":
                # Reversed: the space after an element goes onto the stack before its content.
                parts.append(" ")
                stack.append(NavigableString(" "))
            stack += reversed(list(node.children))
    return "".join(parts)


def is_text(node: NavigableString) -> bool:
    """Neither a comment nor a declaration."""
    return not isinstance(node, PreformattedString) or isinstance(node, CData)


def article_of(soup: BeautifulSoup) -> Tag | None:
    """The element that holds the text of a page from the web, if the page says which it is."""
    for name in ("main", "article"):
        found = soup.find_all(name)
        if len(found) == 1 and len(found[0].get_text()) > 200:
            return found[0]
    return None


def is_furniture(tag: Tag) -> bool:
    """Whether an element stands around the text of a page that does not say where its text is: it is called so, it is
    short or made of links, and has no heading.
    """
    if tag.name not in ("div", "ul", "ol", "section", "aside", "footer", "header", "p", "span"):
        return False
    names = [tag.name, *tag.get_attribute_list("class"), tag.get("id"), tag.get("role")]
    if not any(FURNITURE.search(str(name)) for name in names if name):
        return False
    # Unclosed elements hold all that follows: nobody counts all of it.
    parts = list(islice(within(tag), MAX_PARTS))
    kinds = {part.name for part in parts if isinstance(part, Tag)}
    if len(parts) == MAX_PARTS or kinds & {"h1", "h2", "h3", "article", "main"}:
        return False
    text = beginning(tag, 4000)
    links = sum(len(link.get_text()) for link in tag.find_all("a"))
    return len(text.split()) <= MAX_FURNITURE and (len(text.split()) <= 25 or 2 * links >= len(text))


def within(tag: Tag) -> Iterator[PageElement]:
    """What stands within an element, in order. Beautiful Soup would look for its end first, however far that is."""
    stack = [iter(tag.contents)]
    while stack:
        part = next(stack[-1], None)
        if part is None:
            stack.pop()
            continue
        yield part
        if isinstance(part, Tag):
            stack.append(iter(part.contents))


def beginning(tag: Tag, length: int = 60) -> str:
    """The first characters of an element's text. Unclosed elements hold all that follows: nobody reads all of it."""
    text = ""
    for part in within(tag):
        text += part if isinstance(part, NavigableString) and is_text(part) else ""
        if len(text.strip()) >= length:
            break
    return text.strip()


def href_of(tag: Tag) -> str:
    """The address of a link as Markdown holds it; `#` for one without."""
    return address(str(tag.get("href"))) or "#" if tag.has_attr("href") else ""


def rows_of(table: Tag) -> list[list[Tag]]:
    """The rows of cells of a table with data; nothing for one that only lays out a page."""
    if any(
        isinstance(part, Tag) and (part.name == "table" or part.name in HEADINGS) for part in within(table)
    ):
        return []
    rows: list[list[Tag]] = []
    for tag in table.find_all(["tr", "td", "th"]):
        if tag.name == "tr":
            rows.append([])
        elif rows:
            rows[-1].append(tag)
    rows = [row for row in rows if row]
    if not rows or max(map(len, rows)) < 2:
        return []
    # A page may put words, or cells, where no table has any: then it is read as it comes.
    inside = sum((words(visible_text(cell, CELLS)) for row in rows for cell in row), Counter())
    caption = table.find("caption")
    inside += words(visible_text(caption)) if caption else Counter()
    return rows if inside == words(visible_text(table)) else []


def tag_after(tag: Tag) -> str:
    found = tag.find_next_sibling(True)
    return found.name if isinstance(found, Tag) else ""


def tag_before(tag: Tag) -> str:
    found = tag.find_previous_sibling(True)
    return found.name if isinstance(found, Tag) else ""


def numeral(number: int, style: str) -> str:
    if style in ("a", "A") and 1 <= number <= 26:
        letter = LETTERS[number - 1]
        return letter.upper() if style == "A" else letter
    if style in ("i", "I") and 1 <= number <= 39:
        text = (
            "x" * (number // 10) + ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")[number % 10]
        )
        return text.upper() if style == "I" else text
    return str(number)
