#include "core/convention/reading/clause.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/base/limits.h"
#include "core/base/refusals.h"
#include "core/base/utf8.h"
#include "core/convention/decide_citing.h"
#include "core/convention/elements/element_text.h"
#include "core/convention/reading/ended.h"
#include "core/convention/reading/life.h"
#include "core/rules/clause.h"

namespace greffe {
namespace {

constexpr std::size_t kHeadingBytesMax = 160;

struct Clause {
  // Where it stands; borrowed from the text.
  const v1::Element* element = nullptr;
  // Empty where the message quotes it already.
  std::string sentence;
};

// Texts of an element in which a clause on the working of the convention stands.
std::vector<absl::string_view> TextsOf(const v1::Element& element) {
  std::vector<absl::string_view> out;
  if (element.has_article()) out.push_back(element.article().body());
  if (element.has_annex()) out.push_back(element.annex().body());
  if (element.has_text_block()) out.push_back(element.text_block().body());
  if (!element.has_body()) return out;
  out.push_back(element.body().cadence());
  out.insert(out.end(), element.body().functions().begin(), element.body().functions().end());
  return out;
}

bool Quotes(const v1::Element& element, std::span<const absl::string_view> quotes) {
  const std::vector<absl::string_view> texts = TextsOf(element);
  return std::any_of(texts.begin(), texts.end(),
                     [&](absl::string_view one) { return rules::HasSentence(one, quotes); });
}

// « article 9 – Durée », « annexe 2 », « Comité de pilotage »; of a text in the making, « projet ».
std::string HeadingOf(const v1::Element& element, bool project) {
  std::string title = Shortened(ElementTitle(element), kHeadingBytesMax);
  // Inside a sentence the kind is a common noun.
  const bool numbered = element.has_article() || element.has_annex();
  if (numbered) title[0] = absl::ascii_tolower(static_cast<unsigned char>(title[0]));
  return project ? absl::StrCat("projet, ", title) : title;
}

// « … effet (article 9). »: before the full stop of the first line. Of several refusals in one the
// rule is the first's.
void Append(absl::string_view more, std::string* message) {
  std::size_t end = std::min(message->find('\n'), message->size());
  if (end > 0 && (*message)[end - 1] == '.') --end;
  message->insert(end, absl::StrCat(" (", more, ")"));
}

// The text of a day, without its clauses deemed unwritten by then.
class Clauses {
 public:
  Clauses(const StateData& data, const ConsolidatedText& text, CivilDate on) : text_(text) {
    // Most conventions have none.
    const bool any = std::any_of(data.life.begin(), data.life.end(), [](const LifeFact& fact) {
      return fact.kind == v1::LifeRecorded::kClauseDeemedUnwritten;
    });
    if (!any) return;
    const LifeBook book(data, text, on);
    // With what stands in it; parents come first.
    for (const PlacedElement& placed : text.elements) {
      const v1::Element& element = *placed.shown().element;
      const bool within = unwritten_.count(element.parent_id()) > 0;
      if (within || book.FirstUnwritten({element.id()}, on) != nullptr) {
        unwritten_.insert(element.id());
      }
    }
  }

  std::optional<Clause> Find(const std::vector<const rules::ClauseWords*>& wanted) const {
    for (const rules::ClauseWords* one : wanted) {
      // By its role, else in an article of which nobody said what it provides.
      for (const v1::ClauseRole role : {one->role, v1::CLAUSE_ROLE_UNSPECIFIED}) {
        if (auto found = FindIn(*one, role)) return found;
      }
    }
    return std::nullopt;
  }
  // Wherever one of the sentences stands; it is not quoted again.
  std::optional<Clause> FindQuoted(std::span<const absl::string_view> quotes) const {
    if (quotes.empty()) return std::nullopt;
    for (const PlacedElement& placed : text_.elements) {
      const v1::Element& element = *placed.shown().element;
      if (Quotes(element, quotes)) return Clause{&element, ""};
    }
    return std::nullopt;
  }

 private:
  std::optional<Clause> FindIn(const rules::ClauseWords& wanted, v1::ClauseRole role) const {
    for (const PlacedElement& placed : text_.elements) {
      const v1::Element& element = *placed.shown().element;
      if (!element.has_article() || element.article().role() != role) continue;
      if (unwritten_.count(element.id()) > 0) continue;
      auto sentence = rules::SentenceOn(wanted, element.article().body());
      if (sentence.has_value()) return Clause{&element, std::move(*sentence)};
    }
    return std::nullopt;
  }

  const ConsolidatedText& text_;
  std::set<std::string> unwritten_;
};

// Says the clause in both languages; what is quoted stays French.
void Say(const Clause& clause, bool project, std::string* fr, std::string* en) {
  const std::string heading = HeadingOf(*clause.element, project);
  const bool quoted = !clause.sentence.empty();
  Append(quoted ? absl::StrCat(heading, " : « ", clause.sentence, " »") : heading, fr);
  Append(quoted ? absl::StrCat(heading, ": “", clause.sentence, "”") : heading, en);
}

}  // namespace

absl::Status CiteClause(const StateData& data, CivilDate on, const absl::Status& refused) {
  Refusal words = RefusalOf(refused);
  const auto wanted = rules::ClausesFor(words.rule, words.fr);
  if (wanted.empty()) return refused;
  const ConsolidatedText text = TextInForce(data, on);
  const Clauses clauses(data, text, on);
  const std::vector<absl::string_view> quotes = rules::QuotedIn(words.fr);
  std::optional<Clause> clause = clauses.Find(wanted);
  if (clause.has_value() && Quotes(*clause->element, quotes)) {
    clause->sentence.clear();
  } else if (auto quoted = clauses.FindQuoted(quotes)) {
    // What the refusal itself gives as its ground.
    clause = std::move(quoted);
  }
  if (!clause.has_value()) return refused;
  Say(*clause, text.project, &words.fr, &words.en);
  return InOtherWords(refused, words);
}

void CiteClauses(const StateData& data, const ConsolidatedText& text, CivilDate on,
                 std::vector<v1::Finding>* findings) {
  const Clauses clauses(data, text, on);
  // One rule may break many times.
  std::map<std::vector<const rules::ClauseWords*>, std::optional<Clause>> by_wanted;
  std::set<std::pair<const v1::Element*, std::string>> told;
  for (v1::Finding& finding : *findings) {
    const auto [known, first] =
        by_wanted.try_emplace(rules::ClausesFor(finding.rule(), finding.text()));
    if (first) known->second = clauses.Find(known->first);
    if (!known->second.has_value()) continue;
    Clause clause = *known->second;
    const std::pair key(clause.element, clause.sentence);
    if (Quotes(*clause.element, rules::QuotedIn(finding.text())) || told.count(key) > 0) {
      clause.sentence.clear();
    }
    std::string fr = finding.text();
    std::string en = finding.text_en();
    Say(clause, text.project, &fr, &en);
    if (std::max(fr.size(), en.size()) > limits::kFindingTextBytes) continue;
    told.insert(key);
    finding.set_text(std::move(fr));
    finding.set_text_en(std::move(en));
  }
}

std::map<SaidByRule, v1::CitedClause> ClausesBehind(const StateData& data,
                                                    const ConsolidatedText& text, CivilDate on,
                                                    const std::set<SaidByRule>& all) {
  std::map<SaidByRule, v1::CitedClause> out;
  if (all.empty()) return out;
  const Clauses clauses(data, text, on);
  for (const SaidByRule& one : all) {
    std::optional<Clause> clause = clauses.Find(rules::ClausesFor(one.rule, one.said));
    if (!clause.has_value()) continue;
    v1::CitedClause& cited = out[one];
    cited.set_element_id(clause->element->id());
    cited.set_heading(HeadingOf(*clause->element, text.project));
    cited.set_sentence(std::move(clause->sentence));
  }
  return out;
}

absl::Status CiteClause(const ConventionState& state, const CommandContext& context,
                        const absl::Status& refused) {
  return CiteClause(state.data(), context.today, refused);
}

}  // namespace greffe
