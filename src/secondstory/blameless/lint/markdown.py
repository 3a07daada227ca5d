"""Reads Markdown to blocks of characters that know their line and column; code, quotations and markup stay out.

Front matter, HTML, fenced and indented code, block quotes and link targets are not the writer's sentences. An allowance
is a comment `<!-- secondstory: allow RULE because REASON -->` in the line of the words, or alone in the line above.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

from secondstory.blameless.lint.sentence import BREAK, CODE, Block, Char, Kind

_PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"]).disable("text_join")
_FRONT = re.compile(r"\A(---|\+\+\+)[ \t]*\r?\n.*?^\1[ \t]*$", re.DOTALL | re.MULTILINE)
_ALLOWS = re.compile(r"<!--\s*secondstory:\s*(.*?)-->", re.DOTALL)
_FORM = re.compile(r"allow\s+(?P<rule>[\w-]+)\s+because\s+(?P<why>\S.*)", re.DOTALL)
_UNREAD = ("fence", "code_block")
_KINDS = {"heading_open": Kind.HEADING, "list_item_open": Kind.ITEM, "td_open": Kind.CELL, "th_open": Kind.CELL}
_CHECKBOX = re.compile(r"\A\[[ xX*]\]\s")


@dataclass(frozen=True)
class Allowance:
    """A comment that lets findings of one rule stand in one line. `rule` is empty where the comment is not complete."""

    line: int  # the line that it speaks of
    rule: str
    at: tuple[int, int]  # line and column of the comment
    words: str


@dataclass(frozen=True)
class Page:
    """A text as the linter sees it."""

    blocks: tuple[Block, ...]
    allowances: tuple[Allowance, ...]


def read_markdown(text: str) -> Page:
    """The blocks and allowances of a Markdown text; plain text is Markdown too."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    bare = _FRONT.sub(lambda found: "\n" * found.group().count("\n"), text, count=1)
    lines = bare.split("\n")
    tokens = _PARSER.parse(bare)
    return Page(tuple(_blocks(tokens, lines)), tuple(_allowances(tokens, lines)))


def _blocks(tokens: list[Token], lines: list[str]) -> Iterator[Block]:
    open_kinds: list[Kind] = []
    headings: dict[int, str] = {}
    quotes, row, cell_end = 0, 0, 0
    level = 0
    for token in tokens:
        quotes += {"blockquote_open": 1, "blockquote_close": -1}.get(token.type, 0)
        if token.type == "tr_open" and token.map:
            row, cell_end = token.map[0], 0
        if token.type == "heading_open":
            level = int(token.tag[1])
        if token.type in _KINDS:
            open_kinds.append(_KINDS[token.type])
        elif token.type.replace("_close", "_open") in _KINDS:
            open_kinds.pop()
        if token.type != "inline" or quotes:
            continue
        kind = open_kinds[-1] if open_kinds else Kind.PARAGRAPH
        first = row if kind is Kind.CELL else (token.map or [0])[0]
        places, cell_end = _places(token.content, lines, first, cell_end if kind is Kind.CELL else 0)
        chars, cites = _Inline(token, places).read()
        if kind is Kind.HEADING:
            headings = {deep: title for deep, title in headings.items() if deep < level}
        yield Block(chars, tuple(headings[deep] for deep in sorted(headings)), kind, cites)
        if kind is Kind.HEADING:
            headings[level] = "".join(char.text for char in chars).strip()


def _places(content: str, lines: list[str], first: int, after: int) -> tuple[list[tuple[int, int]], int]:
    """(line, column) of each character of a block's raw content, and the column where its first line ended."""
    places: list[tuple[int, int]] = []
    end = after
    for number, part in enumerate(content.split("\n")):
        line = lines[first + number] if first + number < len(lines) else ""
        at = max(line.find(part, after if number == 0 else 0), 0)
        places += [(first + number + 1, at + place + 1) for place in range(len(part) + 1)]
        if number == 0:
            end = at + len(part)
    return places, end


class _Inline:
    """Walks the parts of one block beside its raw content, so that each character keeps its place."""

    def __init__(self, token: Token, places: list[tuple[int, int]]) -> None:
        self._token, self._raw, self._places = token, token.content, places
        self._at = len(found.group()) if (found := _CHECKBOX.match(token.content)) else 0
        self._chars: list[Char] = []

    def read(self) -> tuple[tuple[Char, ...], bool]:
        """The characters, and whether there is a link among them."""
        cites = False
        for part in self._token.children or ():
            match part.type:
                case "text":
                    self._text(part.content)
                case "text_special":
                    self._special(part)
                case "code_inline":
                    self._code(part)
                case "softbreak" | "hardbreak":
                    self._break(part.type)
                case "link_close":
                    cites = True
                    self._leave_link(part)
                case "image":
                    self._seek("![")
                    self._seek(part.content)
                    self._leave_link(part)
                case "html_inline":
                    self._seek(part.content)
        return tuple(self._chars), cites

    def _text(self, text: str) -> None:
        if self._at and (found := _CHECKBOX.match(text)) and not self._chars:
            text = text[found.end() :]
        start = self._find(text)
        for place, sign in enumerate(text):
            self._add(sign, sign, start + place)
        self._at = start + len(text)

    def _special(self, part: Token) -> None:
        start = self._find(part.markup)
        self._add(part.content[:1], part.content[:1], start)
        self._at = start + len(part.markup)

    def _code(self, part: Token) -> None:
        inside = self._find(part.markup) + len(part.markup)
        end = max(self._raw.find(part.markup, inside), inside)
        for place in range(inside, end):
            sign = " " if self._raw[place] == "\n" else self._raw[place]
            self._add(sign, CODE, place)
        self._at = end + len(part.markup)

    def _break(self, kind: str) -> None:
        start = self._find("\n")
        self._add(BREAK if kind == "hardbreak" else " ", BREAK if kind == "hardbreak" else " ", start)
        self._at = start + 1

    def _leave_link(self, part: Token) -> None:
        if part.markup == "autolink":
            self._seek(">")
            return
        self._seek("]")
        opened = self._raw[self._at : self._at + 1]
        if opened in ("(", "["):
            closing, depth = {"(": ")", "[": "]"}[opened], 0
            while self._at < len(self._raw):
                depth += {opened: 1, closing: -1}.get(self._raw[self._at], 0)
                self._at += 1
                if not depth:
                    break

    def _seek(self, words: str) -> None:
        self._at = self._find(words) + len(words)

    def _find(self, words: str) -> int:
        found = self._raw.find(words, self._at)
        return found if found >= 0 else self._at

    def _add(self, text: str, judged: str, place: int) -> None:
        line, column = self._places[min(place, len(self._places) - 1)]
        self._chars.append(Char(text, judged, line, column))


def _allowances(tokens: list[Token], lines: list[str]) -> Iterator[Allowance]:
    code = {line for token in tokens if token.type in _UNREAD and token.map for line in range(*token.map)}
    text = "\n".join("" if number in code else _without_code(line) for number, line in enumerate(lines))
    for found in _ALLOWS.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        last = line + found.group().count("\n")
        column = found.start() - text.rfind("\n", 0, found.start())
        alone = not lines[line - 1][: column - 1].strip(" \t>-*") and not lines[last - 1].split("-->")[-1].strip()
        form = _FORM.fullmatch(found[1].strip())
        words = " ".join(found.group().split())
        yield Allowance(last + 1 if alone else line, form["rule"] if form else "", (line, column), words)


def _without_code(line: str) -> str:
    return re.sub(r"(`+)[^`]+\1", lambda found: " " * len(found.group()), line)
