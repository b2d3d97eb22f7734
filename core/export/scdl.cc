#include "core/export/scdl.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <set>
#include <tuple>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "core/base/digits.h"
#include "core/base/refusal.h"
#include "core/base/siren.h"
#include "core/base/status_macros.h"
#include "core/base/time.h"
#include "core/rules/vote.h"

namespace greffe {
namespace {

struct Subject {
  const char* number;
  const char* name;
  std::array<const char*, 10> below;
};
constexpr Subject kSubjects[] = {
#include "core/export/matieres.inc"
};

constexpr char kSocialAid[] = "8.2";
constexpr std::size_t kColumns = 17;
constexpr std::array<const char*, kColumns> kHeader = {
    "COLL_NOM",          "COLL_SIRET",    "DELIB_ID",     "DELIB_DATE", "DELIB_MATIERE_CODE",
    "DELIB_MATIERE_NOM", "DELIB_OBJET",   "BUDGET_ANNEE", "BUDGET_NOM", "PREF_ID",
    "PREF_DATE",         "VOTE_EFFECTIF", "VOTE_REEL",    "VOTE_POUR",  "VOTE_CONTRE",
    "VOTE_ABSTENTION",   "DELIB_URL"};
using Row = std::array<std::string, kColumns>;

// Problems told in one refusal.
constexpr std::size_t kProblemsTold = 20;

constexpr std::size_t kSirenDigits = 9;

struct Problem {
  std::string fr;
  std::string en;
};

bool IsSiret(absl::string_view siret) {
  return siret.size() == 14 && AllDigits(siret) && IsValidSiret(siret);
}

// PREFNNN, SPREFNNNM, SGARNNN; NNN is a département, A and B for Corsica.
bool IsPrefId(absl::string_view id) {
  const bool sub = absl::StartsWith(id, "SPREF");
  if (!sub && !absl::StartsWith(id, "PREF") && !absl::StartsWith(id, "SGAR")) return false;
  id.remove_prefix(sub ? 5 : 4);
  if (id.size() != (sub ? 4u : 3u) || !AllDigits(id.substr(0, 2))) return false;
  if (sub && !AllDigits(id.substr(3))) return false;
  return AllDigits(id.substr(2, 1)) || id.substr(0, 3) == "02A" || id.substr(0, 3) == "02B";
}

bool IsUri(absl::string_view url) {
  if (!absl::StartsWith(url, "https://") && !absl::StartsWith(url, "http://")) return false;
  return std::all_of(url.begin(), url.end(), [](char c) {
    return c > 0x20 && c < 0x7F && c != '"' && c != '<' && c != '>' && c != '\\';
  });
}

absl::Status Refuse(absl::string_view option, absl::string_view value, absl::string_view want_fr,
                    absl::string_view want_en) {
  return ToStatus(
      {.code = absl::StatusCode::kInvalidArgument,
       .rule = "CHK-33",
       .field = std::string(option),
       .fr = absl::StrCat("« ", value, " » ne convient pas à ", option, " : ", want_fr, "."),
       .en = absl::StrCat("“", value, "” does not fit ", option, ": ", want_en, "."),
       .next_fr = "corrigez la valeur",
       .next_en = "correct the value"});
}

absl::Status CheckOptions(const ScdlOptions& options) {
  for (const auto& [partner, siret] : options.siret) {
    if (!IsSiret(siret)) {
      return Refuse("--siret", siret, "quatorze chiffres sans espace, dont la clé",
                    "fourteen digits without spaces, with their key");
    }
  }
  for (const auto& [partner, code] : options.matiere_code) {
    if (MatiereName(code).empty()) {
      return Refuse("--matiere-code", code, "une matière de niveau 2 de la nomenclature ACTES, 8.2",
                    "a level 2 subject of the ACTES nomenclature, such as 8.2");
    }
  }
  for (const auto& [partner, id] : options.pref_id) {
    if (!IsPrefId(id)) {
      return Refuse("--pref", id, "PREF012, SPREF0121 ou SGAR076", "PREF012, SPREF0121 or SGAR076");
    }
  }
  for (const auto& [partner, url] : options.url) {
    if (!IsUri(url)) return Refuse("--url", url, "une adresse https://…", "an address https://…");
  }
  if (options.separator != ',' && options.separator != ';') {
    return Refuse("--separator", std::string(1, options.separator), "« , » ou « ; »", "“,” or “;”");
  }
  return absl::OkStatus();
}

std::string Of(const PerPartner& values, const std::string& partner) {
  const auto own = values.find(partner);
  if (own != values.end()) return own->second;
  const auto all = values.find("");
  return all == values.end() ? std::string() : all->second;
}

// Of what a vote's figures may be found for (core/rules/vote.h): a lost vote is published like any
// other, and the schema has no column for proxies.
bool BreaksTheSchema(absl::string_view code) {
  return code == "votes-present" || code == "votes-members" || code == "votes-sum" ||
         code == "votes-missing";
}

// RFC 4180. Line ends within a field would pass, but few readers of CSV expect them.
std::string Field(absl::string_view text, char separator) {
  std::string out(text);
  for (char& c : out) {
    if (absl::ascii_iscntrl(static_cast<unsigned char>(c))) c = ' ';
  }
  if (out.find(separator) == std::string::npos && out.find('"') == std::string::npos) return out;
  return absl::StrCat("\"", absl::StrReplaceAll(out, {{"\"", "\"\""}}), "\"");
}

class Rows {
 public:
  Rows(const v1::ConventionView& view, const ScdlOptions& options)
      : title_(view.title()), options_(options) {
    for (const v1::ElementView& one : view.elements()) {
      if (one.element().has_party()) {
        parties_[one.element().party().partner_id()] = &one.element().party();
      }
    }
    for (const auto& [id, party] : parties_) {
      const std::string siren =
          party->siren().empty() ? party->siret().substr(0, kSirenDigits) : party->siren();
      // Of two, one is another's, whoever asks.
      if (auto& some = by_siren_[siren]; !siren.empty() && some.size() < 2) some.push_back(party);
    }
  }

  void Add(const v1::HistoryEntry& entry) {
    for (const v1::DeliberationView& one : entry.deliberations()) {
      const v1::Deliberation& vote = one.deliberation();
      if (!options_.partner_id.empty() && vote.partner_id() != options_.partner_id) continue;
      // One délibération, though it may bear a text that was frozen again, or a later avenant: one
      // record, or one number of one sitting.
      if (!one.event().leaf().empty() && !leaves_.insert(one.event().leaf()).second) continue;
      if (!vote.number().empty() &&
          !known_.emplace(vote.partner_id(), vote.number(), vote.sitting_on()).second) {
        continue;
      }
      AddRow(entry, vote);
    }
  }

  absl::StatusOr<std::string> Take() {
    if (!problems_.empty()) return Refusal();
    // By sitting, then as they stand: the same on every replica.
    std::sort(rows_.begin(), rows_.end(),
              [](const Row& a, const Row& b) { return std::tie(a[3], a) < std::tie(b[3], b); });
    std::string out = Line({kHeader.begin(), kHeader.end()});
    for (const Row& row : rows_) out += Line({row.begin(), row.end()});
    return out;
  }

 private:
  // Of a party of which the text says no SIREN: the other party whose SIREN or SIRET this is.
  const v1::Party* OtherParty(const std::string& partner, absl::string_view siret) const {
    const auto own = parties_.find(partner);
    if (own != parties_.end() && !own->second->siren().empty()) return nullptr;
    const auto same = by_siren_.find(std::string(siret.substr(0, kSirenDigits)));
    if (same == by_siren_.end()) return nullptr;
    for (const v1::Party* party : same->second) {
      if (party->partner_id() != partner) return party;
    }
    return nullptr;
  }

  void AddRow(const v1::HistoryEntry& entry, const v1::Deliberation& vote) {
    const auto party = parties_.find(vote.partner_id());
    const std::string name = party == parties_.end() ? vote.partner_id() : party->second->name();
    const std::string what = absl::StrCat(name, ", ", vote.assembly(), " n° ",
                                          vote.number().empty() ? "?" : vote.number());
    Row row;
    row[0] = name;
    row[1] = Of(options_.siret, vote.partner_id());
    if (row[1].empty() && party != parties_.end()) row[1] = party->second->siret();
    if (row[1].empty()) {
      if (without_siret_.insert(vote.partner_id()).second) {
        problems_.push_back({absl::StrCat(what, " : SIRET inconnu (--siret ", vote.partner_id(),
                                          "=SIRET, ou « siret » dans la partie)"),
                             absl::StrCat(what, ": SIRET not known (--siret ", vote.partner_id(),
                                          "=SIRET, or “siret” in the party)")});
      }
    } else if (party != parties_.end() && !party->second->siren().empty() &&
               !absl::StartsWith(row[1], party->second->siren())) {
      problems_.push_back({absl::StrCat(what, " : le SIRET « ", row[1],
                                        " » n'est pas de son SIREN ", party->second->siren()),
                           absl::StrCat(what, ": the SIRET “", row[1], "” is not of its SIREN ",
                                        party->second->siren())});
    } else if (const v1::Party* other = OtherParty(vote.partner_id(), row[1]); other != nullptr) {
      problems_.push_back(
          {absl::StrCat(what, " : le SIRET « ", row[1], " » est d'une autre partie, ",
                        other->name(), ", et aucun SIREN n'est connu de celle-ci"),
           absl::StrCat(what, ": the SIRET “", row[1], "” is of another party, ", other->name(),
                        ", and no SIREN is known of this one")});
    } else if (!IsSiret(row[1])) {
      problems_.push_back({absl::StrCat(what, " : le SIRET « ", row[1], " » est faux"),
                           absl::StrCat(what, ": the SIRET “", row[1], "” is wrong")});
    }
    row[2] = vote.number();
    if (row[2].empty()) {
      problems_.push_back({what + " : le numéro manque", what + ": its number is missing"});
    }
    row[3] = vote.sitting_on();
    if (!CivilDate::TryParse(row[3])) {
      problems_.push_back(
          {what + " : le jour de la séance manque", what + ": the day of the sitting is missing"});
    }
    row[4] = Of(options_.matiere_code, vote.partner_id());
    if (row[4].empty()) row[4] = kSocialAid;
    row[5] = MatiereName(row[4]);
    row[6] = Object(entry);
    for (const int column : {0, 2, 6}) CheckPlain(row[column], what);
    if (!vote.received_on().empty()) {
      row[9] = Of(options_.pref_id, vote.partner_id());
      row[10] = vote.received_on();
      if (!CivilDate::TryParse(row[10])) {
        problems_.push_back({what + " : le jour de réception n'est pas une date",
                             what + ": the day of receipt is no date"});
      }
      if (row[10] < row[3]) {
        problems_.push_back(
            {absl::StrCat(what, " : reçue le ", row[10], ", avant la séance du ", row[3]),
             absl::StrCat(what, ": received on ", row[10], ", before the sitting on ", row[3])});
      }
    }
    AddVotes(vote, what, &row);
    row[16] = Of(options_.url, vote.partner_id());
    rows_.push_back(std::move(row));
  }

  // All of VOTE_* or none: none where the vote was recorded without its count.
  void AddVotes(const v1::Deliberation& vote, const std::string& what, Row* row) {
    const std::uint64_t real = std::uint64_t{vote.members_present()} + vote.members_represented();
    const std::uint64_t cast =
        std::uint64_t{vote.votes_for()} + vote.votes_against() + vote.abstentions();
    if (real == 0 && cast == 0) return;
    if (vote.members_in_office() == 0) {
      problems_.push_back({what + " : le nombre des membres en exercice manque",
                           what + ": the number of members in office is missing"});
    }
    // The figures as they are judged everywhere else.
    std::vector<rules::Oddity> odd = rules::CheckVote(vote);
    for (rules::Oddity& one : rules::CheckScdlFigures(vote)) odd.push_back(std::move(one));
    for (const rules::Oddity& one : odd) {
      if (!BreaksTheSchema(one.code)) continue;
      problems_.push_back({absl::StrCat(what, " : ", absl::StripSuffix(one.words.fr, ".")),
                           absl::StrCat(what, ": ", absl::StripSuffix(one.words.en, "."))});
    }
    (*row)[11] = absl::StrCat(vote.members_in_office());
    (*row)[12] = absl::StrCat(real);
    (*row)[13] = absl::StrCat(vote.votes_for());
    (*row)[14] = absl::StrCat(vote.votes_against());
    (*row)[15] = absl::StrCat(vote.abstentions());
  }

  // A spreadsheet would run a cell that starts so as a formula.
  void CheckPlain(const std::string& cell, const std::string& what) {
    const std::size_t first = cell.find_first_not_of(" \t\r\n");
    if (first == std::string::npos || std::string("=+-@").find(cell[first]) == std::string::npos) {
      return;
    }
    problems_.push_back(
        {absl::StrCat(what, " : « ", cell, " » commence comme une formule de tableur"),
         absl::StrCat(what, ": \"", cell, "\" starts like a formula of a spreadsheet")});
  }

  // The convention's title; for a later act, its label first.
  std::string Object(const v1::HistoryEntry& entry) const {
    if (entry.kind() == v1::DIFF_KIND_ADDED || entry.origin().label().empty()) return title_;
    return absl::StrCat(entry.origin().label(), " – ", title_);
  }

  std::string Line(const std::vector<std::string>& fields) const {
    std::vector<std::string> quoted;
    for (const std::string& field : fields) quoted.push_back(Field(field, options_.separator));
    return absl::StrCat(absl::StrJoin(quoted, std::string(1, options_.separator)), "\r\n");
  }

  absl::Status Refusal() const {
    std::string fr = "Ces délibérations ne peuvent pas être publiées telles quelles :";
    std::string en = "These deliberations cannot be published as they are:";
    for (std::size_t i = 0; i < std::min(problems_.size(), kProblemsTold); ++i) {
      absl::StrAppend(&fr, i == 0 ? " " : " ; ", problems_[i].fr);
      absl::StrAppend(&en, i == 0 ? " " : "; ", problems_[i].en);
    }
    if (problems_.size() > kProblemsTold) {
      absl::StrAppend(&fr, " ; et ", problems_.size() - kProblemsTold, " de plus");
      absl::StrAppend(&en, "; and ", problems_.size() - kProblemsTold, " more");
    }
    return ToStatus({.code = absl::StatusCode::kFailedPrecondition,
                     .rule = "CHK-33",
                     .fr = fr + ".",
                     .en = en + ".",
                     .next_fr =
                         "donnez les SIRET (--siret PARTENAIRE=SIRET), corrigez les délibérations "
                         "(greffe correct), ou n'exportez qu'une partie (--partner)",
                     .next_en = "give the SIRET (--siret PARTNER=SIRET), correct the deliberations "
                                "(greffe correct), or export one party alone (--partner)"});
  }

  const std::string title_;
  const ScdlOptions& options_;
  std::map<std::string, const v1::Party*> parties_;
  // By SIREN, or what a SIRET without one begins with: two at most.
  std::map<std::string, std::vector<const v1::Party*>> by_siren_;
  // Partners of which that was said: once is enough, whatever they voted on.
  std::set<std::string> without_siret_;
  // Records that were looked at, then partner, number and day of the délibérations that have their
  // row.
  std::set<std::string> leaves_;
  std::set<std::tuple<std::string, std::string, std::string>> known_;
  std::vector<Row> rows_;
  std::vector<Problem> problems_;
};

}  // namespace

std::string MatiereName(absl::string_view code) {
  const std::size_t dot = code.find('.');
  unsigned below = 0;
  if (dot == absl::string_view::npos || code[dot + 1 < code.size() ? dot + 1 : dot] == '0' ||
      !AllDigits(code.substr(dot + 1)) || !absl::SimpleAtoi(code.substr(dot + 1), &below) ||
      below == 0 || below > 10) {
    return "";
  }
  for (const Subject& subject : kSubjects) {
    if (code.substr(0, dot) == subject.number && subject.below[below - 1] != nullptr) {
      return absl::StrCat(subject.name, "/", subject.below[below - 1]);
    }
  }
  return "";
}

absl::StatusOr<std::string> RenderScdlDeliberations(const v1::ConventionView& view,
                                                    const v1::HistoryView& history,
                                                    const ScdlOptions& options) {
  RETURN_IF_ERROR(CheckOptions(options));
  Rows rows(view, options);
  for (const v1::HistoryEntry& entry : history.entries()) rows.Add(entry);
  return rows.Take();
}

}  // namespace greffe
