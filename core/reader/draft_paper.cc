#include "core/reader/draft_paper.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "core/base/text.h"
#include "core/reader/actes.h"
#include "core/reader/date_text.h"
#include "core/reader/draft_text.h"
#include "core/reader/letters.h"
#include "core/reader/signing.h"
#include "core/reader/votes.h"

namespace greffe::reader {
namespace {

constexpr std::size_t kNumberCharacters = 100;

// An assembly, in plain words as AssemblyKind gives them and as people write it, and whose it is.
struct Assembly {
  absl::string_view plain;
  const char* name;
  v1::PartnerKind kind;  // Unspecified: any.
};
constexpr std::array<Assembly, 11> kAssemblies = {{
    {"conseil municipal", "conseil municipal", v1::PARTNER_KIND_COMMUNE},
    {"conseil communautaire", "conseil communautaire", v1::PARTNER_KIND_INTERCOMMUNALITY},
    {"bureau communautaire", "bureau communautaire", v1::PARTNER_KIND_INTERCOMMUNALITY},
    {"conseil de communaute", "conseil de communauté", v1::PARTNER_KIND_INTERCOMMUNALITY},
    {"conseil d'agglomeration", "conseil d'agglomération", v1::PARTNER_KIND_INTERCOMMUNALITY},
    {"conseil metropolitain", "conseil métropolitain", v1::PARTNER_KIND_INTERCOMMUNALITY},
    {"conseil de la metropole", "conseil de la métropole", v1::PARTNER_KIND_INTERCOMMUNALITY},
    {"conseil syndical", "conseil syndical", v1::PARTNER_KIND_SYNDICATE},
    {"comite syndical", "comité syndical", v1::PARTNER_KIND_SYNDICATE},
    {"conseil departemental", "conseil départemental", v1::PARTNER_KIND_DEPARTMENT},
    {"conseil d'administration", "conseil d'administration", v1::PARTNER_KIND_CAF},
}};

// Words that say what kind of party signs.
struct KindWord {
  absl::string_view word;
  v1::PartnerKind kind;
};
constexpr std::array<KindWord, 11> kKindWords = {{
    {"caf", v1::PARTNER_KIND_CAF},
    {"caisse", v1::PARTNER_KIND_CAF},
    {"communaute", v1::PARTNER_KIND_INTERCOMMUNALITY},
    {"agglomeration", v1::PARTNER_KIND_INTERCOMMUNALITY},
    {"metropole", v1::PARTNER_KIND_INTERCOMMUNALITY},
    {"commune", v1::PARTNER_KIND_COMMUNE},
    {"ville", v1::PARTNER_KIND_COMMUNE},
    {"mairie", v1::PARTNER_KIND_COMMUNE},
    {"syndicat", v1::PARTNER_KIND_SYNDICATE},
    {"departement", v1::PARTNER_KIND_DEPARTMENT},
    {"etat", v1::PARTNER_KIND_STATE},
}};

// Words of names and assemblies that tell no party from another.
bool IsCommon(const std::string& word) {
  static const std::set<std::string>* const kCommon = new std::set<std::string>{"a",
                                                                                "agglomeration",
                                                                                "allocations",
                                                                                "assemblee",
                                                                                "au",
                                                                                "aux",
                                                                                "bureau",
                                                                                "caf",
                                                                                "caisse",
                                                                                "comite",
                                                                                "commune",
                                                                                "communes",
                                                                                "conseil",
                                                                                "communautaire",
                                                                                "communaute",
                                                                                "d",
                                                                                "de",
                                                                                "deliberante",
                                                                                "des",
                                                                                "du",
                                                                                "departement",
                                                                                "departemental",
                                                                                "etat",
                                                                                "familiales",
                                                                                "administration",
                                                                                "l",
                                                                                "la",
                                                                                "le",
                                                                                "les",
                                                                                "mairie",
                                                                                "metropole",
                                                                                "metropolitain",
                                                                                "municipal",
                                                                                "pour",
                                                                                "syndical",
                                                                                "syndicat",
                                                                                "ville"};
  return kCommon->count(word) > 0;
}

std::set<std::string> OwnWords(absl::string_view text) {
  std::set<std::string> own;
  for (std::string& word : PlainWords(text)) {
    if (!IsCommon(word)) own.insert(std::move(word));
  }
  return own;
}

// « DCA_xxx/2022 », « 2025-… »: a place kept free, not a number.
bool IsPlaceholder(absl::string_view text) {
  const std::string plain = Plain(text);
  return absl::StrContains(plain, "xx") || absl::StrContains(plain, "..") ||
         absl::StrContains(plain, "\u2026") || absl::StrContains(plain, "__") ||
         absl::StrContains(plain, "?");
}

std::string NumberText(const Text& text) {
  std::string number = CleanLine(text.text);
  if (IsPlaceholder(number) || CountCodePoints(number) > kNumberCharacters) return "";
  return number;
}

std::string Day(const Text& text) {
  if (text.text.size() != 10) return "";
  const auto dates = FindDates(text.text);
  return dates.size() == 1 && dates[0].iso == text.text ? text.text : "";
}

std::uint32_t Count(const Text& text) {
  if (!AllDigits(text.text) || text.text.size() > 4) return 0;
  return static_cast<std::uint32_t>(std::stoul(text.text));
}

// The decision alone: what it cites and weighs is left out.
std::string Decision(const Deliberation& act) {
  std::string out;
  for (const absl::string_view paragraph : absl::StrSplit(act.body.text, '\n')) {
    const std::string plain = Plain(paragraph);
    if (absl::StartsWith(plain, "vu ") || absl::StartsWith(plain, "considerant")) continue;
    absl::StrAppend(&out, plain, "\n");
  }
  return out;
}

// Whether votes carried it, as far as the act says.
bool Carried(const Deliberation& act, absl::string_view decision) {
  if (act.votes_for.text.empty()) return absl::StrContains(decision, "unanimite");
  return Count(act.votes_for) > Count(act.votes_against);
}

bool AuthorisesSignature(absl::string_view decision) {
  constexpr std::size_t kNear = 300;
  for (std::size_t at = decision.find("autoris"); at != decision.npos;
       at = decision.find("autoris", at + 1)) {
    const absl::string_view verb = decision.substr(at, 9);
    const bool decides = absl::StartsWith(verb, "autorise ") ||
                         absl::StartsWith(verb, "autoriser") || absl::StartsWith(verb, "autorisen");
    if (decides && absl::StrContains(decision.substr(at, kNear), "sign")) return true;
  }
  return false;
}

bool ApprovesText(absl::string_view decision) {
  return absl::StrContains(decision, "approuve") || absl::StrContains(decision, "adopte la conv") ||
         absl::StrContains(decision, "adopter la conv");
}

class PaperReader final {
 public:
  PaperReader(const Reading& reading, const v1::ConventionDraft& draft) : reading_(reading) {
    for (const v1::Element& element : draft.elements()) {
      if (element.has_party()) parties_.push_back(&element.party());
    }
  }

  PaperReading Read() {
    const Signing signing = FindSigning(reading_);
    ReadSignatures(signing);
    const bool dated = signed_;
    bool voted = false;
    for (const Deliberation& act : reading_.convention.deliberations) voted |= ReadVote(act);
    const bool marked = !dated && !signing.marks.empty();
    if (marked) out_.lines.insert(out_.lines.end(), signing.marks.begin(), signing.marks.end());
    out_.shown = dated || marked;
    Tell(signing, dated, marked, voted);
    return std::move(out_);
  }

 private:
  void ReadSignatures(const Signing& signing) {
    std::map<std::string, std::string> by_office;
    std::set<std::string> days;
    for (const SigningDate& one : signing.dates) {
      if (one.signer.empty()) days.insert(one.date);
    }
    for (const SigningDate& one : signing.dates) {
      // Two formulas of different days: which is whose is not said.
      if (one.signer.empty()) {
        out_.lines.push_back(one.lines);
        signed_ = true;
        if (days.size() > 1) continue;
        for (const v1::Party* party : parties_) {
          for (const auto& office : party->signing_offices()) {
            by_office.emplace(office.id(), one.date);
          }
        }
        continue;
      }
      const v1::Party* party = PartyOf(one.signer, KindIn(one.signer));
      if (party == nullptr) continue;
      out_.lines.push_back(one.lines);
      signed_ = true;
      // Of two offices of one party it is not said whose the date is.
      if (party->signing_offices_size() != 1) continue;
      by_office[party->signing_offices(0).id()] = one.date;
    }
    for (const v1::Party* party : parties_) {
      for (const auto& office : party->signing_offices()) {
        const auto found = by_office.find(office.id());
        if (found == by_office.end()) continue;
        v1::PaperSignature& signature = *out_.signing.add_signatures();
        signature.set_signatory_id(office.id());
        signature.set_signed_on(found->second);
      }
    }
  }

  // Whether the act itself is among the documents.
  bool ReadVote(const Deliberation& act) {
    const std::string day = Day(act.date);
    if (day.empty()) return false;
    const bool printed = !act.body.text.empty() || !act.receipt_id.text.empty();
    if (printed) {
      const auto& lines = act.date.source.lines;
      out_.lines.insert(out_.lines.end(), lines.begin(), lines.end());
    }
    const std::string kind = AssemblyKind(Plain(act.party.text));
    const auto assembly = std::find_if(kAssemblies.begin(), kAssemblies.end(),
                                       [&kind](const Assembly& one) { return one.plain == kind; });
    const v1::Party* party = OfSiren(act);
    if (party == nullptr && !act.party.text.empty()) {
      party = PartyOf(act.party.text,
                      assembly == kAssemblies.end() ? KindIn(act.party.text) : assembly->kind);
    }
    if (party == nullptr || party->signing_offices().empty()) {
      ++unplaced_;
      return printed;
    }
    const std::string number = NumberText(act.number);
    if (!seen_.insert({party->partner_id(), day, number}).second) return printed;
    v1::Deliberation& out = *out_.signing.add_deliberations();
    out.set_partner_id(party->partner_id());
    if (assembly != kAssemblies.end()) out.set_assembly(assembly->name);
    out.set_number(number);
    out.set_sitting_on(day);
    out.set_convened_on(Day(act.convened_on));
    out.set_members_in_office(Count(act.members_in_office));
    out.set_members_present(Count(act.present));
    out.set_members_represented(Count(act.represented));
    out.set_votes_for(Count(act.votes_for));
    out.set_votes_against(Count(act.votes_against));
    out.set_abstentions(Count(act.abstentions));
    out.set_published_on(Day(act.published_on));
    out.set_transmitted_on(Day(act.sent_on));
    out.set_received_on(Day(act.received_on));
    out.set_receipt_id(NumberText(act.receipt_id));
    const std::string decision = Decision(act);
    if (Carried(act, decision)) {
      out.set_approves_text(ApprovesText(decision));
      out.set_authorises_signature(AuthorisesSignature(decision));
    }
    return printed;
  }

  // Whose number the receipt of the préfecture bears.
  const v1::Party* OfSiren(const Deliberation& act) const {
    const auto id = ParseActesId(act.receipt_id.text);
    if (!id) return nullptr;
    for (const v1::Party* party : parties_) {
      if (party->siren() == id->siren) return party;
    }
    return nullptr;
  }

  static v1::PartnerKind KindIn(absl::string_view text) {
    const std::vector<std::string> words = PlainWords(text);
    for (const KindWord& one : kKindWords) {
      if (std::find(words.begin(), words.end(), one.word) != words.end()) return one.kind;
    }
    return v1::PARTNER_KIND_UNSPECIFIED;
  }

  // The one party that `text` names: every word of its own occurs there; where `text` names nobody,
  // the only one of that kind. Null when none or several are.
  const v1::Party* PartyOf(absl::string_view text, v1::PartnerKind kind) const {
    const std::set<std::string> said = OwnWords(text);
    const v1::Party* best = nullptr;
    std::size_t most = 0;
    std::size_t of_kind = 0;
    const v1::Party* only = nullptr;
    for (const v1::Party* party : parties_) {
      if (kind != v1::PARTNER_KIND_UNSPECIFIED && party->kind() != kind) continue;
      ++of_kind;
      only = party;
      const std::set<std::string> own = OwnWords(party->name());
      const bool fits =
          !own.empty() && std::includes(said.begin(), said.end(), own.begin(), own.end());
      if (!fits || own.size() < most) continue;
      best = own.size() == most ? nullptr : party;
      most = own.size();
    }
    if (most > 0) return best;
    const bool nobody = said.empty() && kind != v1::PARTNER_KIND_UNSPECIFIED;
    return nobody && of_kind == 1 ? only : nullptr;
  }

  void Tell(const Signing& signing, bool dated, bool marked, bool voted) {
    if (dated) {
      out_.fr =
          "Les documents portent une date de signature : la convention entre comme signée sur "
          "papier. Si elle ne l'a pas été : --not-on-paper.";
      out_.en =
          "The documents bear a date of signature: the convention enters as signed on paper. If "
          "it was not: --not-on-paper.";
    } else if (marked) {
      out_.fr =
          "Les documents portent une marque de signature, sans date : la convention entre comme "
          "signée sur papier. Si elle ne l'a pas été : --not-on-paper.";
      out_.en =
          "The documents bear a mark of signature without a date: the convention enters as signed "
          "on paper. If it was not: --not-on-paper.";
    } else if (voted) {
      out_.fr =
          "Une délibération est parmi les documents, et aucune date ni marque de signature : un "
          "vote ne signe rien, l'ébauche reste un projet. Si le texte a été signé sur papier : "
          "--on-paper.";
      out_.en =
          "A deliberation is among the documents, and neither date nor mark of signature: a vote "
          "signs nothing, the draft stays a project. If the text was signed on paper: --on-paper.";
      out_.lines.insert(out_.lines.end(), signing.undated.begin(), signing.undated.end());
    } else {
      out_.fr =
          "Les documents ne montrent ni date ni marque de signature : l'ébauche reste un projet. "
          "Si le texte a été signé sur papier : --on-paper.";
      out_.en =
          "The documents show neither a date nor a mark of signature: the draft stays a project. "
          "If the text was signed on paper: --on-paper.";
      out_.lines = signing.undated;
    }
    out_.unplaced = unplaced_;
    TellUnplaced(&out_);
  }

  const Reading& reading_;
  std::vector<const v1::Party*> parties_;
  std::set<std::tuple<std::string, std::string, std::string>> seen_;
  std::size_t unplaced_ = 0;
  bool signed_ = false;
  PaperReading out_;
};

}  // namespace

PaperReading ReadPaper(const Reading& reading, const v1::ConventionDraft& draft) {
  return PaperReader(reading, draft).Read();
}

}  // namespace greffe::reader
