// The head of a report and its lists: findings, what was kept as plain text, the signing on paper,
// what to complete, what the draft says otherwise, unread lines, persons.
#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "core/base/html.h"
#include "core/convention/elements/french.h"
#include "core/reader/draft_paper.h"
#include "core/reader/draft_text.h"
#include "core/reader/report_page.h"

namespace greffe::reader {
namespace {

constexpr std::size_t kShownCharacters = 400;

constexpr char kStyle[] =
#include "core/reader/lexicon/report_style.inc"
    ;

const char* SeverityWord(Severity severity) {
  switch (severity) {
    case Severity::kError:
      return "Erreur";
    case Severity::kWarning:
      return "À vérifier";
    case Severity::kInfo:
      return "Pour information";
  }
  return "";
}

std::string Percent(std::size_t per_mille) {
  return absl::StrCat(per_mille / 10, ",", per_mille % 10, " %");
}

class ListWriter final {
 public:
  explicit ListWriter(ReportPage& page) : page_(page) {}

  void Head() {
    const LineCounts counts = CountLines(page_.reading());
    std::string names;
    for (const Document& document : page_.reading().documents) {
      absl::StrAppend(&names, names.empty() ? "" : ", ", document.name);
      if (names.size() > 300) break;
    }
    page_.Put(
        "<!DOCTYPE html>\n<html lang=\"fr\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
        "style-src 'unsafe-inline'\">\n<title>Lecture de ");
    page_.PutText(names);
    page_.Put("</title>\n<style>");
    page_.Put(kStyle);
    page_.Put(
        "</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#contenu\">Aller au contenu</a>\n"
        "<a class=\"skip\" href=\"#source\">Aller à la source</a>\n"
        "<a class=\"skip\" href=\"#ebauche\">Aller à l'ébauche</a>\n"
        "<header><h1>Lecture de ");
    page_.PutText(names);
    page_.Put(absl::StrCat(
        "</h1>\n<p class=\"first\"><strong>", Percent(counts.UnreadPerMille()),
        "</strong> de lignes non lues : ", counts.unread, " sur ", counts.full,
        ".</p>\n<p class=\"first\"><strong>", Percent(counts.PlainPerMille()),
        "</strong> de lignes gardées comme simple texte : ", counts.plain, " sur ", counts.full,
        ". Leurs mots sont dans l'ébauche, mais rien n'en a été compris.</p>\n<p>", counts.read,
        " lignes lues, ", counts.set_aside, " mises de côté (", AsideWords(), "). ",
        Count(page_.reading().findings.size(), "constat", "constats"), ", ",
        Count(page_.problems().size(), "point", "points"), " à compléter dans l'ébauche, ",
        Count(static_cast<std::size_t>(page_.draft().draft.elements_size()), "élément", "éléments"),
        ".</p></header>\n"));
    page_.Put(
        "<nav aria-label=\"Sommaire\"><ul>"
        "<li><a href=\"#h-constats\">Constats</a></li>"
        "<li><a href=\"#h-texte\">Gardé comme simple texte</a></li>"
        "<li><a href=\"#h-papier\">Signature sur papier</a></li>"
        "<li><a href=\"#h-completer\">À compléter</a></li>"
        "<li><a href=\"#h-notes\">Ce que l'ébauche dit autrement</a></li>"
        "<li><a href=\"#h-non-lues\">Lignes non lues</a></li>"
        "<li><a href=\"#h-personnes\">Personnes nommées</a></li>"
        "<li><a href=\"#h-lecture\">Source et ébauche</a></li></ul></nav>\n");
  }

  void Findings() {
    Section("h-constats", "Constats", page_.reading().findings.size());
    if (page_.reading().findings.empty()) page_.Put("<p>Aucun.</p>\n");
    std::vector<const Finding*> sorted;
    for (const Finding& finding : page_.reading().findings) sorted.push_back(&finding);
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const Finding* a, const Finding* b) { return a->severity > b->severity; });
    if (sorted.size() > ReportPage::kRowsShown) sorted.resize(ReportPage::kRowsShown);
    if (!sorted.empty()) {
      page_.Put(
          "<table><caption>Ce que les documents disent d'étonnant</caption><thead><tr>"
          "<th scope=\"col\">Règle</th><th scope=\"col\">Gravité</th><th scope=\"col\">Constat</th>"
          "<th scope=\"col\">Où</th></tr></thead><tbody>\n");
      for (const Finding* finding : sorted) {
        page_.Put("<tr><th scope=\"row\">");
        page_.PutText(finding->rule);
        page_.Put(absl::StrCat("</th><td>", SeverityWord(finding->severity), "</td><td>"));
        PutShort(finding->fr);
        page_.Put(absl::StrCat("</td><td>", page_.LinesLinks(finding->lines), "</td></tr>\n"));
      }
      page_.Put("</tbody></table>\n");
    }
    More(page_.reading().findings.size());
    page_.Put("</section>\n");
  }

  void PlainText() {
    const std::vector<Lines> passages = PlainPassages(page_.reading());
    Section("h-texte", "Gardé comme simple texte", passages.size());
    page_.Put(passages.empty()
                  ? "<p>Rien.</p>\n"
                  : "<p>Ces passages sont mot pour mot dans l'ébauche, mais la lecture n'a pas "
                    "compris ce qu'ils sont : action, équipement, clause ou simple prose. À relire "
                    "en premier.</p>\n<ul>\n");
    for (std::size_t i = 0; i < passages.size() && i < ReportPage::kRowsShown; ++i) {
      page_.Put(absl::StrCat("<li>", page_.LinesLink(passages[i]), " : "));
      PutShort(page_.reading().documents[passages[i].document].lines[passages[i].first - 1]);
      page_.Put("</li>\n");
    }
    if (!passages.empty()) page_.Put("</ul>\n");
    More(passages.size());
    page_.Put("</section>\n");
  }

  void Paper() {
    const v1::ConventionDraft& draft = page_.draft().draft;
    const std::vector<DraftNote> missing = MissingPaper(draft);
    Section("h-papier", "Signature sur papier", missing.size());
    page_.Put(
        draft.has_on_paper()
            ? "<p><strong>L'ébauche entre comme signée sur papier.</strong> Chaque partenaire "
              "atteste le texte, personne ne signe de nouveau.</p>\n<p>"
            : "<p><strong>L'ébauche entre comme un projet à signer.</strong></p>\n<p>");
    page_.PutText(page_.draft().paper.fr);
    page_.Put(absl::StrCat(" ", page_.LinesLinks(page_.draft().paper.lines), "</p>\n"));
    if (!missing.empty()) page_.Put("<ul>\n");
    for (const DraftNote& note : missing) {
      const std::string id = EscapeHtml(note.element_id);
      page_.Put(absl::StrCat("<li><a href=\"#e-", id, "\">", id, "</a> : "));
      PutShort(note.fr);
      page_.Put("</li>\n");
    }
    if (!missing.empty()) page_.Put("</ul>\n");
    page_.Put("</section>\n");
  }

  void Problems() {
    Section("h-completer", "À compléter dans l'ébauche", page_.problems().size());
    page_.Put(page_.problems().empty() ? "<p>Rien : l'ébauche est prête.</p>\n" : "<ul>\n");
    for (std::size_t i = 0; i < page_.problems().size() && i < ReportPage::kRowsShown; ++i) {
      const v1::DraftProblem& problem = page_.problems()[i];
      page_.Put("<li>");
      if (!problem.element_id().empty()) {
        const std::string id = EscapeHtml(problem.element_id());
        page_.Put(absl::StrCat("<a href=\"#e-", id, "\">", id, "</a> : "));
      }
      PutShort(problem.text());
      page_.Put(" <code>");
      page_.PutText(problem.field());
      page_.Put("</code></li>\n");
    }
    if (!page_.problems().empty()) page_.Put("</ul>\n");
    More(page_.problems().size());
    page_.Put("</section>\n");
  }

  void Notes() {
    Section("h-notes", "Ce que l'ébauche dit autrement que la source", page_.draft().notes.size());
    page_.Put(page_.draft().notes.empty() ? "<p>Rien.</p>\n" : "<ul>\n");
    for (std::size_t i = 0; i < page_.draft().notes.size() && i < ReportPage::kRowsShown; ++i) {
      const DraftNote& note = page_.draft().notes[i];
      page_.Put("<li>");
      if (!note.element_id.empty()) {
        const std::string id = EscapeHtml(note.element_id);
        page_.Put(absl::StrCat("<a href=\"#e-", id, "\">", id, "</a> : "));
      }
      PutShort(note.fr);
      page_.Put("</li>\n");
    }
    if (!page_.draft().notes.empty()) page_.Put("</ul>\n");
    More(page_.draft().notes.size());
    page_.Put("</section>\n");
  }

  void Unread() {
    std::vector<Lines> unread;
    for (std::uint32_t d = 0; d < page_.reading().uses.size(); ++d) {
      for (std::uint32_t i = 0; i < page_.reading().uses[d].size(); ++i) {
        if (page_.reading().uses[d][i] == LineUse::kUnread) unread.push_back({d, i + 1, i + 1});
      }
    }
    Section("h-non-lues", "Lignes non lues", unread.size());
    page_.Put(unread.empty() ? "<p>Aucune.</p>\n" : "<ul>\n");
    for (std::size_t i = 0; i < unread.size() && i < ReportPage::kRowsShown; ++i) {
      page_.Put(absl::StrCat("<li>", page_.LinesLink(unread[i]), " : "));
      PutShort(page_.reading().documents[unread[i].document].lines[unread[i].first - 1]);
      page_.Put("</li>\n");
    }
    if (!unread.empty()) page_.Put("</ul>\n");
    More(unread.size());
    page_.Put("</section>\n");
  }

  void Persons() {
    std::size_t count = 0;
    for (const Party& party : page_.reading().convention.parties)
      count += party.representatives.size();
    Section("h-personnes", "Personnes nommées comme signataires", count);
    page_.Put(
        "<p>Leurs noms restent ici et dans les documents ; l'ébauche ne garde que leurs "
        "fonctions.</p>\n");
    if (count > 0) {
      page_.Put(
          "<table><caption>Signataires imprimés</caption><thead><tr><th scope=\"col\">Partie</th>"
          "<th scope=\"col\">Nom</th><th scope=\"col\">Fonction</th><th scope=\"col\">Où</th></tr>"
          "</thead><tbody>\n");
      for (const Party& party : page_.reading().convention.parties) {
        for (const Representative& person : party.representatives) {
          page_.Put("<tr><th scope=\"row\">");
          page_.PutText(party.name.text);
          page_.Put("</th><td>");
          page_.PutText(person.name.text);
          page_.Put("</td><td>");
          page_.PutText(person.office.text);
          page_.Put(absl::StrCat("</td><td>", page_.LinesLinks(person.name.source.lines),
                                 "</td></tr>\n"));
        }
      }
      page_.Put("</tbody></table>\n");
    }
    page_.Put("</section>\n");
  }

 private:
  std::string AsideWords() const {
    std::map<LineUse, std::size_t> counts;
    for (const auto& uses : page_.reading().uses) {
      for (const LineUse use : uses) ++counts[use];
    }
    std::string out;
    for (const LineUse use : {LineUse::kPageHeader, LineUse::kLabel, LineUse::kWatermark,
                              LineUse::kContents, LineUse::kPageStamp}) {
      if (counts[use] == 0) continue;
      absl::StrAppend(&out, out.empty() ? "" : ", ", UseWord(use), " : ", counts[use]);
    }
    return out.empty() ? "aucune" : out;
  }

  // Lists stay within a small part of the page; the source shows its lines whole.
  void PutShort(absl::string_view text) { page_.PutText(CutLine(text, kShownCharacters)); }

  void Section(const char* id, const char* title, std::size_t count) {
    page_.Put(absl::StrCat("<section aria-labelledby=\"", id, "\"><h2 id=\"", id, "\">", title,
                           " (", count, ")</h2>\n"));
  }
  void More(std::size_t count) {
    if (count <= ReportPage::kRowsShown) return;
    page_.Put(absl::StrCat("<p class=\"check\">", count - ReportPage::kRowsShown,
                           " de plus ne sont pas montrés ici.</p>\n"));
  }

  ReportPage& page_;
};

}  // namespace

void PutHead(ReportPage& page) { ListWriter(page).Head(); }

void PutLists(ReportPage& page) {
  ListWriter lists(page);
  lists.Findings();
  lists.PlainText();
  lists.Paper();
  lists.Problems();
  lists.Notes();
  lists.Unread();
  lists.Persons();
}

}  // namespace greffe::reader
