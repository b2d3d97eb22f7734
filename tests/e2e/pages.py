"""What a page that Greffe writes must be: well formed, alone, in French, read by ear and by keyboard
(RGAA). Knows nothing of the writer; used by the end-to-end tests."""

import html.parser
import re

VOID = {"meta", "br"}
OUTSIDE = {"script", "img", "link", "iframe", "object", "embed", "video", "audio", "form"}


class Page(html.parser.HTMLParser):
    """A page read with a parser of its own. `problems` says what is wrong; `text` what it says."""

    def __init__(self, source):
        super().__init__()
        self.problems, self.ids, self.links = [], set(), []
        self._open, self._words, self._style = [], [], []
        self._levels, self._tables, self._lang = [], [], None
        self.feed(source)
        self.close()
        self._finish(source)

    def _wrong(self, what):
        self.problems.append(f"{self.getpos()[0]}: {what}")

    def handle_starttag(self, tag, attrs):
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            self._wrong(f"{tag}: an attribute twice")
        attrs = dict(attrs)
        if tag in OUTSIDE or "src" in attrs or any(name.startswith("on") for name in names):
            self._wrong(f"{tag}: not of the page")
        if "style" in attrs:
            self._wrong(f"{tag}: a style of its own")
        if tag == "html":
            self._lang = attrs.get("lang")
        if "id" in attrs:
            if attrs["id"] in self.ids:
                self._wrong(f"id {attrs['id']} twice")
            self.ids.add(attrs["id"])
        if "href" in attrs:
            self.links.append(attrs["href"])
        for name in ("aria-labelledby", "aria-describedby"):
            if name in attrs:
                self.links.append("#" + attrs[name])
        if re.fullmatch("h[1-6]", tag):
            self._levels.append(int(tag[1]))
        if tag == "table":
            self._tables.append({"caption": 0, "th": 0, "columns": None})
        if tag == "caption":
            self._tables[-1]["caption"] += 1
        if tag == "tr" and self._tables:
            self._cells = 0
        if tag in ("th", "td"):
            self._cells += int(attrs.get("colspan", 1))
        if tag == "th":
            self._tables[-1]["th"] += 1
            if attrs.get("scope") not in ("col", "row"):
                self._wrong("th without scope")
        if tag == "li" and self._open[-1] not in ("ul", "ol"):
            self._wrong("li outside a list")
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag):
        if not self._open or self._open[-1] != tag:
            self._wrong(f"</{tag}> closes {self._open[-1:]}")
            return
        self._open.pop()
        if tag == "tr" and self._tables:
            table = self._tables[-1]
            if table["columns"] is None:
                table["columns"] = self._cells
            elif table["columns"] != self._cells:
                self._wrong(f"a row of {self._cells} cells among rows of {table['columns']}")

    def handle_data(self, data):
        if self._open and self._open[-1] == "style":
            self._style.append(data)
        elif self._open and self._open[-1] != "title":
            self._words.append(data)

    def _finish(self, source):
        if not source.startswith("<!DOCTYPE html>\n"):
            self._wrong("no doctype")
        if self._open:
            self._wrong(f"left open: {self._open}")
        if self._lang != "fr":
            self._wrong(f"lang {self._lang}")
        if self._levels.count(1) != 1 or self._levels[0] != 1:
            self._wrong(f"headings begin {self._levels[:3]}, h1 {self._levels.count(1)} times")
        for before, after in zip(self._levels, self._levels[1:]):
            if after > before + 1:
                self._wrong(f"h{after} below h{before}")
        for table in self._tables:
            if table["caption"] != 1 or table["th"] == 0:
                self._wrong(f"table without caption or headers: {table}")
        for link in self.links:
            if not link.startswith("#"):
                self._wrong(f"leads out: {link}")
            elif link[1:] not in self.ids:
                self._wrong(f"leads nowhere: {link}")
        style = "".join(self._style)
        for wanted in ("@media print{", ":focus-visible{"):
            if wanted not in style:
                self._wrong(f"style without {wanted}")
        if re.search(r"url\(|@import", style):
            self._wrong("style that fetches")
        if "default-src 'none'" not in source:
            self._wrong("no content security policy")

    @property
    def text(self):
        return " ".join("".join(self._words).split())
