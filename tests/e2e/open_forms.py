"""Readers of the open forms in which a convention leaves Greffe: iCalendar (RFC 5545) and the SCDL
schema « délibérations ». They know nothing of the writer; used by the end-to-end tests."""

import csv
import datetime
import io
import re

TEXTS = {"SUMMARY", "DESCRIPTION", "X-WR-CALNAME"}
# Component: properties wanted once, and those that it may have (RFC 5545, 3.4 and 3.6).
COMPONENTS = {
    "VCALENDAR": ({"PRODID", "VERSION"}, {"CALSCALE", "X-WR-CALNAME"}),
    "VEVENT": ({"UID", "DTSTAMP", "DTSTART"}, {"DTEND", "SUMMARY", "DESCRIPTION", "TRANSP"}),
    "VTODO": ({"UID", "DTSTAMP"}, {"SUMMARY", "DESCRIPTION", "STATUS"}),
    "VJOURNAL": ({"UID", "DTSTAMP"}, {"SUMMARY", "DESCRIPTION"}),
    "VALARM": ({"ACTION", "TRIGGER", "DESCRIPTION"}, set()),
}
INSIDE = {"VCALENDAR": {"VEVENT", "VTODO", "VJOURNAL"}, "VEVENT": {"VALARM"}}


def unescape(text):
    """A TEXT (3.3.11) as it was before it was written; None when it is none."""
    if re.fullmatch(r"(?:[^\x00-\x08\x0a-\x1f\x7f\\;,]|\\[\\;,nN])*", text) is None:
        return None
    return re.sub(r"\\(.)", lambda m: "\n" if m.group(1) in "nN" else m.group(1), text)


class Calendar:
    """`problems` and `components`: (name, {property: value}) in the order of the file."""

    def __init__(self, raw):
        self.problems, self.components = [], []
        self._lines(raw)
        uids = [one["UID"] for name, one in self.components if "UID" in one]
        if len(uids) != len(set(uids)):
            self.problems.append("a UID twice")

    def _lines(self, raw):
        if not raw.endswith(b"\r\n") or b"\n" in raw.replace(b"\r\n", b"") or \
                b"\r" in raw.replace(b"\r\n", b""):
            self.problems.append("line ends")
        physical = raw.split(b"\r\n")[:-1]
        for line in physical:
            if len(line) > 75:
                self.problems.append(f"{len(line)} octets: {line!r}")
            try:
                line.decode()
            except UnicodeDecodeError:
                self.problems.append(f"a character in two: {line!r}")
        open_ = []
        for line in raw.decode(errors="replace").replace("\r\n ", "").split("\r\n")[:-1]:
            parts = re.fullmatch(r"([A-Z-]+)((?:;[A-Z-]+=[^;:,\"]+)*):(.*)", line)
            if parts is None:
                self.problems.append(f"no content line: {line}")
                continue
            self._content(open_, parts.group(1), parts.group(2), parts.group(3))
        if open_:
            self.problems.append(f"left open: {open_[-1][0]}")

    def _content(self, open_, name, parameters, value):
        if name == "BEGIN":
            outer = open_[-1][0] if open_ else None
            if value not in (INSIDE.get(outer, set()) if outer else {"VCALENDAR"}):
                self.problems.append(f"{value} inside {outer}")
            open_.append((value, {}))
            self.components.append(open_[-1])
            return
        if name == "END":
            if not open_ or open_[-1][0] != value:
                self.problems.append(f"END:{value}")
                return
            self._finish(*open_.pop())
            return
        if not open_:
            self.problems.append(f"outside: {name}")
            return
        component, have = open_[-1]
        wanted, allowed = COMPONENTS.get(component, (set(), set()))
        if name in have:
            self.problems.append(f"{component}: {name} twice")
        if name not in wanted | allowed:
            self.problems.append(f"{component}: unexpected {name}")
        if name in TEXTS:
            text = unescape(value)
            if text is None:
                self.problems.append(f"{name} is no TEXT: {value}")
            value = text
        if name in ("DTSTART", "DTEND"):
            if parameters != ";VALUE=DATE":
                self.problems.append(f"{name}{parameters}")
            value = datetime.datetime.strptime(value, "%Y%m%d").date()
        if name == "DTSTAMP" and not re.fullmatch(r"\d{8}T\d{6}Z", value):
            self.problems.append(f"DTSTAMP:{value}")
        if name == "TRIGGER" and not re.fullmatch(r"-P\d+D", value):
            self.problems.append(f"TRIGGER:{value}")
        have[name] = value

    def _finish(self, component, have):
        for name in sorted(COMPONENTS.get(component, (set(), set()))[0] - set(have)):
            self.problems.append(f"{component} without {name}")
        if component == "VCALENDAR" and len(self.components) == 1:
            self.problems.append("nothing in the calendar")
        if "DTEND" in have and have["DTEND"] <= have["DTSTART"]:
            self.problems.append("ends before it starts")

    def texts(self, component, name):
        return [have[name] for kind, have in self.components if kind == component]


DAY = r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
# Column: wanted, form. Of the schema's documentation, 2.1.
COLUMNS = [
    ("COLL_NOM", True, r".+"), ("COLL_SIRET", True, r"\d{14}"), ("DELIB_ID", True, r".+"),
    ("DELIB_DATE", True, DAY), ("DELIB_MATIERE_CODE", True, r"\d\.\d{1,2}"),
    ("DELIB_MATIERE_NOM", True, r"[^,()A-Z]+/[^,()A-Z]+"), ("DELIB_OBJET", True, r".+"),
    ("BUDGET_ANNEE", False, r"\d{4}(?:/\d{4})?"), ("BUDGET_NOM", False, r".+"),
    ("PREF_ID", False, r"PREF\d\d[\dAB]|SPREF\d\d[\dAB]\d|SGAR\d\d[\dAB]"),
    ("PREF_DATE", False, DAY), ("VOTE_EFFECTIF", False, r"\d+"), ("VOTE_REEL", False, r"\d+"),
    ("VOTE_POUR", False, r"\d+"), ("VOTE_CONTRE", False, r"\d+"),
    ("VOTE_ABSTENTION", False, r"\d+"), ("DELIB_URL", False, r"https?://[!-~]+")]


def scdl(raw, separator=","):
    """Rows by column, and what breaks the schema."""
    problems = []
    text = raw.decode()
    if not text.endswith("\r\n"):
        problems.append("line ends")
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    names = [name for name, _, _ in COLUMNS]
    if rows[0] != names:
        problems.append(f"header {rows[0]}")
    out = []
    for row in rows[1:]:
        if len(row) != len(COLUMNS):
            problems.append(f"{len(row)} columns: {row}")
            continue
        one = dict(zip(names, row))
        out.append(one)
        for name, wanted, form in COLUMNS:
            if one[name] == "" and wanted:
                problems.append(f"empty {name}")
            if one[name] != "" and not re.fullmatch(form, one[name]):
                problems.append(f"{name}: {one[name]}")
        if one["PREF_DATE"] and one["PREF_DATE"] < one["DELIB_DATE"]:
            problems.append(f"received before the vote: {row}")
        votes = [one["VOTE_" + name] for name in
                 ("EFFECTIF", "REEL", "POUR", "CONTRE", "ABSTENTION")]
        if any(votes):
            if not all(votes):
                problems.append(f"half a vote: {votes}")
            else:
                office, real, *cast = map(int, votes)
                if real > office or sum(cast) != real:
                    problems.append(f"votes: {votes}")
    return out, problems
