"""Pages as a reader gets them: the text of an HTML page, its elements, its tables."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "link", "br", "hr", "img", "input", "line", "path", "circle"}
UNREAD = {"style", "script"}


@dataclass
class Element:
    """One element: its name, its attributes, the text in it."""

    name: str
    attributes: dict[str, str]
    text: str = ""
    children: list[Element] = field(default_factory=list)

    def find(self, name: str) -> list[Element]:
        """Every element of that name below this one."""
        inside = [each for child in self.children for each in child.find(name)]
        return [child for child in self.children if child.name == name] + inside

    def walk(self) -> list[Element]:
        """This element and every one below it."""
        return [self, *(each for child in self.children for each in child.walk())]


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("root", {})
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"<{tag}> has an attribute twice"
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].children.append(Element(tag, {k: v or "" for k, v in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        assert self.open[-1].name == tag, f"</{tag}> closes <{self.open[-1].name}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        for element in self.open:
            if self.open[-1].name not in UNREAD or element is self.open[-1]:
                element.text += data


def read_page(html: str) -> Element:
    """The page as a tree; AssertionError where an element is not closed in its place."""
    parser = _Parser()
    parser.feed(html)
    parser.close()
    assert len(parser.open) == 1, f"<{parser.open[-1].name}> stays open"
    return parser.root


def squeeze(text: str) -> str:
    """The text with every run of blanks as one."""
    return " ".join(text.split())


def read_table(table: Element) -> list[list[str]]:
    """The cells of a table, row by row."""
    return [
        [squeeze(cell.text) for cell in row.children if cell.name in ("th", "td")]
        for row in table.find("tr")
    ]
