#include "core/reader/party_text.h"

#include <algorithm>
#include <array>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/base/utf8.h"
#include "core/reader/letters.h"

namespace greffe::reader {
namespace {

struct PartyWord {
  absl::string_view words;
  v1::PartnerKind kind;
};
constexpr PartyWord kPartyWords[] = {
#define X(words, kind) {words, v1::PARTNER_KIND_##kind},
#include "core/reader/lexicon/party_words.inc"
#undef X
};

struct ClauseWord {
  absl::string_view words;
  Clause clause;
};
constexpr std::array<ClauseWord, 48> kClauses = {{
    {"representee par", Clause::kRepresented},
    {"represente par", Clause::kRepresented},
    {"representees par", Clause::kRepresented},
    {"representes par", Clause::kRepresented},
    {"representee(s) par", Clause::kRepresented},
    {"represente(e) par", Clause::kRepresented},
    {"represente-e par", Clause::kRepresented},
    {"agissant par", Clause::kRepresented},
    {"representees chacune par", Clause::kRepresented},
    {"representes chacun par", Clause::kRepresented},
    {"chacune representee par", Clause::kRepresented},
    {"chacun represente par", Clause::kRepresented},
    {"representees respectivement par", Clause::kRepresented},
    {"representes respectivement par", Clause::kRepresented},
    {"respectivement representees par", Clause::kRepresented},
    {"respectivement representes par", Clause::kRepresented},
    {"et dont le siege social est situe", Clause::kSeat},
    {"et dont le siege est situe", Clause::kSeat},
    {"dont le siege social est situe", Clause::kSeat},
    {"dont le siege social se situe", Clause::kSeat},
    {"dont le siege se situe", Clause::kSeat},
    {"dont le siege est situe", Clause::kSeat},
    {"dont le siege social est", Clause::kSeat},
    {"dont le siege est fixe", Clause::kSeat},
    {"dont le siege est", Clause::kSeat},
    {"dont le siege", Clause::kSeat},
    {"ayant son siege", Clause::kSeat},
    {"domiciliee", Clause::kSeat},
    {"domicilie", Clause::kSeat},
    {"sise au", Clause::kSeat},
    {"sise", Clause::kSeat},
    {"sis", Clause::kSeat},
    {"situee", Clause::kSeat},
    {"adresse :", Clause::kSeat},
    {"ci-apres", Clause::kAlias},
    {"ci apres", Clause::kAlias},
    {"denommee ci-apres", Clause::kAlias},
    {"denomme ci-apres", Clause::kAlias},
    {"designee ci-apres", Clause::kAlias},
    {"siren", Clause::kSiren},
    {"siret", Clause::kSiren},
    {"n\u00B0 siren", Clause::kSiren},
    {"n\u00B0 siret", Clause::kSiren},
    {"dument", Clause::kMandate},
    {"agissant", Clause::kMandate},
    {"habilite", Clause::kMandate},
    {"autorise", Clause::kMandate},
    {"en vertu", Clause::kMandate},
}};

// What may stand before a party's name; of two that fit, the longer one counts.
constexpr absl::string_view kLeads[] = {
    "entre :",
    "entre,",
    "entre",
    "et :",
    "et",
    "d'une part :",
    "d'une part,",
    "d'une part",
    "d'autre part :",
    "d'autre part,",
    "d'autre part",
    "la",
    "le",
    "les",
    "l'",
    ":",
    "-",
    ",",
};

}  // namespace

Mapped MapPlain(std::string printed) {
  Mapped mapped;
  mapped.printed = std::move(printed);
  const absl::string_view text = mapped.printed;
  for (std::size_t from = 0; from < text.size();) {
    std::size_t to = from + 1;
    while (to < text.size() && ContinuesCharacter(text[to])) ++to;
    std::string piece = Plain(text.substr(from, to - from));
    if (piece.empty() && text[from] == ' ') piece = " ";
    if (piece.empty() && to - from > 1 &&
        Plain(absl::StrCat("a", text.substr(from, to - from), "a")) == "a a") {
      piece = " ";
    }
    mapped.plain += piece;
    mapped.at.insert(mapped.at.end(), piece.size(), from);
    from = to;
  }
  mapped.at.push_back(text.size());
  return mapped;
}

std::vector<FoundClause> FindClauses(absl::string_view plain) {
  std::vector<FoundClause> found;
  for (std::size_t at = 0; at < plain.size(); ++at) {
    if (at > 0 && IsPlainWordByte(plain[at - 1])) continue;
    const ClauseWord* best = nullptr;
    for (const ClauseWord& word : kClauses) {
      const std::size_t end = at + word.words.size();
      const bool fits =
          absl::StartsWith(plain.substr(at), word.words) &&
          (end >= plain.size() || !IsPlainWordByte(plain[end]) || word.clause == Clause::kMandate);
      if (fits && (best == nullptr || word.words.size() > best->words.size())) best = &word;
    }
    if (best == nullptr) continue;
    found.push_back({best->clause, at, at + best->words.size()});
    at += best->words.size() - 1;
  }
  return found;
}

absl::string_view BeforeClauses(absl::string_view text) {
  const Mapped mapped = MapPlain(std::string(text));
  const std::vector<FoundClause> clauses = FindClauses(mapped.plain);
  return clauses.empty() ? text : text.substr(0, mapped.at[clauses.front().begin]);
}

std::string TrimmedName(absl::string_view text) {
  const std::string spaced = OneSpaced(text);
  const std::size_t begin = spaced.find_first_not_of(" ,;:");
  if (begin == std::string::npos) return {};
  return spaced.substr(begin, spaced.find_last_not_of(" ,;:") + 1 - begin);
}

std::size_t PlainLeadBytes(absl::string_view plain) {
  std::size_t bytes = 0;
  while (true) {
    std::size_t best = 0;
    for (absl::string_view lead : kLeads) {
      const absl::string_view rest = plain.substr(bytes);
      const bool fits =
          absl::StartsWith(rest, lead) && (!IsPlainWordByte(lead.back()) ||
                                           (rest.size() > lead.size() && rest[lead.size()] == ' '));
      if (fits && lead.size() > best) best = lead.size();
    }
    if (best == 0) return bytes;
    bytes += best;
    while (bytes < plain.size() && plain[bytes] == ' ') ++bytes;
  }
}

std::vector<std::size_t> FurtherParties(absl::string_view plain,
                                        const std::set<std::size_t>& lines) {
  std::vector<std::size_t> starts;
  bool represented = false;
  const std::vector<FoundClause> clauses = FindClauses(plain);
  std::size_t represented_end = clauses.size();  // Behind the last clause that says who represents.
  while (represented_end > 0 && clauses[represented_end - 1].clause != Clause::kRepresented)
    --represented_end;
  std::size_t clause = 0;
  for (std::size_t at = 1; at < plain.size(); ++at) {
    while (clause < clauses.size() && clauses[clause].begin < at) {
      represented = clauses[clause].clause == Clause::kRepresented || represented;
      ++clause;
    }
    const bool more = clause < clauses.size() && represented;
    const bool joined =
        absl::StartsWith(plain.substr(at), " et ") || absl::StartsWith(plain.substr(at), ", et ");
    const std::size_t marked = plain.substr(0, at).find_last_not_of(' ');
    const bool opens = lines.count(at) > 0 && marked != absl::string_view::npos &&
                       absl::string_view(",;.").find(plain[marked]) != absl::string_view::npos;
    if (!more || !(joined || opens)) continue;
    const absl::string_view rest = plain.substr(at);
    const absl::string_view name = joined ? rest.substr(rest.find("et ")) : rest;
    if (PartnerKindOf(name) == v1::PARTNER_KIND_UNSPECIFIED) continue;
    // Its own clause must say who represents it; the office before may be « maire et président… ».
    if (clause >= represented_end) return starts;
    starts.push_back(at);
    represented = false;
  }
  return starts;
}

v1::PartnerKind PartnerKindOf(absl::string_view text) {
  const std::string whole = Plain(text.substr(0, 120));
  const absl::string_view plain = absl::string_view(whole).substr(PlainLeadBytes(whole));
  const PartyWord* best = nullptr;
  for (const PartyWord& word : kPartyWords) {
    const std::size_t end = word.words.size();
    const bool fits =
        absl::StartsWith(plain, word.words) &&
        (end >= plain.size() || !IsPlainWordByte(plain[end]) || word.words.back() == ' ');
    if (fits && (best == nullptr || end > best->words.size())) best = &word;
  }
  return best == nullptr ? v1::PARTNER_KIND_UNSPECIFIED : best->kind;
}

v1::PartnerKind PartnerKindWithin(absl::string_view name) {
  constexpr std::size_t kNameBytes = 160;
  const std::string plain = Plain(name.substr(0, kNameBytes));
  for (std::size_t at = 0; at < plain.size(); ++at) {
    if (at > 0 && IsPlainWordByte(plain[at - 1])) continue;
    const v1::PartnerKind kind = PartnerKindOf(absl::string_view(plain).substr(at));
    if (kind != v1::PARTNER_KIND_UNSPECIFIED) return kind;
  }
  return v1::PARTNER_KIND_UNSPECIFIED;
}

}  // namespace greffe::reader
