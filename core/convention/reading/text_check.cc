#include "core/convention/reading/text_check.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "core/base/utf8.h"
#include "core/convention/elements/element_text.h"
#include "core/convention/state/finding.h"
#include "core/rules/change_class.h"
#include "core/rules/clerical.h"
#include "core/rules/force.h"
#include "core/rules/identity.h"
#include "core/rules/instrument.h"
#include "core/rules/signing.h"

namespace greffe {
namespace {

// A refusal travels in the trailers of a call, where little fits: as many as freeze_check.cc names.
constexpr std::size_t kNamed = 8;
// A sentence of a clause is quoted up to here.
constexpr std::size_t kQuoteBytes = 240;

std::string QuotedShort(absl::string_view text) { return Shortened(text, kQuoteBytes); }

const v1::Terms* TermsIn(const TextElements& elements) {
  for (const v1::Element* one : elements) {
    if (one->has_terms()) return &one->terms();
  }
  return nullptr;
}

void Prefix(const rules::Words& words, rules::Oddity* odd) {
  odd->words.fr = absl::StrCat(words.fr, odd->words.fr);
  odd->words.en = absl::StrCat(words.en, odd->words.en);
}

// « Commune du Vallon », short enough for a refusal.
std::string NameOf(const v1::Party& party) {
  return QuotedShort(party.name().empty() ? party.partner_id() : party.name());
}

void AddSigning(const v1::Element& element, std::vector<TextOddity>* out) {
  const v1::Party& party = element.party();
  if (!element.has_party()) return;
  const auto offices = static_cast<std::size_t>(party.signing_offices_size());
  auto odd = rules::CheckPartySigns(offices, party.deliberates());
  if (!odd.has_value()) return;
  const std::string name = NameOf(party);
  Prefix({absl::StrCat(name, " : "), absl::StrCat(name, ": ")}, &*odd);
  out->push_back({*std::move(odd), &element, "party.signing_offices"});
}

void AddAssembly(const v1::Element& element, std::vector<TextOddity>* out) {
  const v1::Party& party = element.party();
  if (!element.has_party() || party.signing_offices().empty() || party.deliberates()) return;
  auto odd = rules::CheckAssembly(party.kind(), party.siren(), party.insee());
  if (!odd.has_value()) return;
  const std::string name = NameOf(party);
  Prefix({absl::StrCat(name, " : "), absl::StrCat(name, ": ")}, &*odd);
  out->push_back({*std::move(odd), &element, "party.deliberates"});
}

// By what it provides, never by its number or title (L-27).
void AddDuration(const v1::Element& element, const rules::Term& term,
                 std::vector<TextOddity>* out) {
  if (!rules::Provides(element.article(), v1::CLAUSE_ROLE_TERM)) return;
  const auto stated = rules::FindStatedDuration(element.article().body());
  if (!stated.has_value()) return;
  for (rules::Oddity& odd : rules::CheckStatedDuration(term, stated->months)) {
    const std::string quote = QuotedShort(stated->quote);
    absl::StrAppend(&odd.words.fr, " « ", quote, " »");
    absl::StrAppend(&odd.words.en, " “", quote, "”");
    out->push_back({std::move(odd), &element, "article.body"});
  }
}

void AddSchedule(const v1::Element& element, const std::string& of, CivilDate last_day,
                 std::vector<TextOddity>* out) {
  const v1::Schedule& schedule = element.schedule();
  std::vector<std::string> wordings = {schedule.from(), schedule.to(), schedule.text()};
  for (const v1::ScheduleStep& step : schedule.steps()) wordings.push_back(step.when());
  auto odd = rules::CheckScheduleInsideTerm(wordings, last_day);
  if (!odd.has_value()) return;
  Prefix({absl::StrCat("« ", of, " » : "), absl::StrCat("“", of, "”: ")}, &*odd);
  out->push_back({*std::move(odd), &element, ""});
}

std::vector<std::string> AnnexesLostIn(const v1::Element& element,
                                       const std::set<std::string>& annexes) {
  std::vector<std::string> out;
  for (const std::string* body :
       {&element.article().body(), &element.annex().body(), &element.text_block().body()}) {
    for (std::string& number : rules::UnresolvedAnnexes(*body, annexes)) {
      out.push_back(std::move(number));
    }
  }
  return out;
}

// A reference whose target is not there, and which means a place of this text at all.
bool LeadsNowhere(const v1::Element& element,
                  const std::function<bool(const std::string& id)>& is_there) {
  return element.has_reference() && rules::IsOn(rules::Rule::kReferences) &&
         !rules::IsArticleOfLaw(element.reference().text()) &&
         !is_there(element.reference().target_id());
}

// Whether the reference `text` (« annexe 1 », or « 3 » of « annexes 1 et 3 ») is to nothing but
// these annexes.
bool IsToldIn(const std::string& text, const std::vector<std::string>& annexes) {
  std::vector<std::string> named = rules::UnresolvedAnnexes(text, {});
  if (named.empty()) named.push_back(text);
  return std::all_of(named.begin(), named.end(), [&](const std::string& number) {
    return std::find(annexes.begin(), annexes.end(), number) != annexes.end();
  });
}

}  // namespace

TextElements ElementsOf(const ConsolidatedText& text) {
  TextElements out;
  for (const PlacedElement& placed : text.elements) out.push_back(placed.shown().element);
  return out;
}

TextElements ElementsOf(const TextInMaking& text) {
  TextElements out;
  for (const DraftedElement& one : text.Elements()) out.push_back(one.element);
  return out;
}

TextElements ElementsOf(const AmendedText& text) {
  TextElements out;
  text.ForEach([&](const v1::Element& element) { out.push_back(&element); });
  return out;
}

std::vector<TextOddity> CheckText(const TextElements& elements) {
  std::vector<TextOddity> out;
  for (const v1::Element* one : elements) AddSigning(*one, &out);
  for (const v1::Element* one : elements) AddAssembly(*one, &out);
  const v1::Terms* const terms = TermsIn(elements);
  if (terms == nullptr) return out;
  const auto first = CivilDate::TryParse(terms->start_date());
  const auto last = CivilDate::TryParse(terms->end_date());
  if (!last.has_value()) return out;
  if (first.has_value()) {
    for (const v1::Element* one : elements) AddDuration(*one, {*first, *last}, &out);
  }
  std::map<std::string, const v1::Element*> actions;
  for (const v1::Element* one : elements) {
    if (one->has_action()) actions.emplace(one->id(), one);
  }
  for (const v1::Element* one : elements) {
    if (!one->has_schedule()) continue;
    const auto action = actions.find(one->parent_id());
    AddSchedule(*one, ElementTitle(action == actions.end() ? *one : *action->second), *last, &out);
  }
  return out;
}

std::vector<TextOddity> CheckChangedText(const TextElements& elements,
                                         const std::set<std::string>& changed) {
  std::vector<TextOddity> out = CheckText(elements);
  const bool days = std::any_of(elements.begin(), elements.end(), [&](const v1::Element* one) {
    return one->has_terms() && changed.count(one->id()) > 0;
  });
  std::erase_if(out, [&](const TextOddity& one) {
    return changed.count(one.element->id()) == 0 && !(days && !one.element->has_party());
  });
  return out;
}

v1::Finding FindingOf(const TextOddity& one) {
  v1::Finding finding = MakeFinding(one.odd);
  finding.set_element_id(one.element->id());
  finding.set_field(one.field);
  return finding;
}

std::vector<v1::Finding> TextFindings(const TextElements& elements) {
  std::vector<v1::Finding> out;
  for (const TextOddity& one : CheckText(elements)) out.push_back(FindingOf(one));
  const std::set<std::string> annexes = AnnexNumbers(elements);
  absl::flat_hash_set<absl::string_view> ids;
  // Made for the first reference: most elements hold none.
  const auto is_there = [&](const std::string& id) {
    if (ids.empty()) {
      for (const v1::Element* one : elements) ids.insert(one->id());
    }
    return ids.contains(id);
  };
  for (const auto& [one, lost] : UnresolvedOf(elements, annexes, is_there)) {
    std::vector<std::string> fr;
    std::vector<std::string> en;
    for (std::size_t i = 0; i < std::min(lost.size(), kNamed); ++i) {
      fr.push_back(lost[i].fr);
      en.push_back(lost[i].en);
    }
    const std::string title = ElementTitle(*one);
    out.push_back(FindingOf(
        {{rules::Rule::kReferences,
          "reference-unresolved",
          v1::FINDING_SEVERITY_WARNING,
          {absl::StrCat("« ", title, " » renvoie à ce qui n'est pas dans le texte : ",
                        absl::StrJoin(fr, ", "), "."),
           absl::StrCat("“", title,
                        "” refers to what is not in the text: ", absl::StrJoin(en, ", "), ".")}},
         one,
         ""}));
  }
  return out;
}

std::vector<rules::Oddity> Together(const std::vector<TextOddity>& odd) {
  std::vector<rules::Oddity> out;
  for (std::size_t i = 0; i < odd.size();) {
    std::size_t end = i;
    std::vector<std::string> fr;
    std::vector<std::string> en;
    for (; end < odd.size() && odd[end].odd.rule == odd[i].odd.rule; ++end) {
      if (end - i >= kNamed) continue;
      fr.push_back(odd[end].odd.words.fr);
      en.push_back(odd[end].odd.words.en);
    }
    rules::Oddity& one = out.emplace_back(odd[i].odd);
    one.words = {absl::StrJoin(fr, " "), absl::StrJoin(en, " ")};
    if (const std::size_t more = end - i - fr.size(); more > 0) {
      absl::StrAppend(&one.words.fr, " Et ", more, more == 1 ? " autre." : " autres.");
      absl::StrAppend(&one.words.en, " And ", more, " more.");
    }
    i = end;
  }
  return out;
}

std::set<std::string> AnnexNumbers(const TextElements& elements) {
  std::set<std::string> out;
  for (const v1::Element* one : elements) {
    if (!one->has_annex() || one->annex().content() == v1::ANNEX_CONTENT_MISSING) continue;
    for (const std::string& word : std::vector<std::string>(
             absl::StrSplit(one->annex().number(), absl::ByAnyChar(" .:-–°"), absl::SkipEmpty()))) {
      out.insert(word);
    }
  }
  return out;
}

std::vector<UnresolvedElement> UnresolvedOf(
    const TextElements& elements, const std::set<std::string>& annexes,
    const std::function<bool(const std::string& id)>& is_there) {
  std::map<std::string, std::vector<std::string>> told;  // Annexes that bodies name, by element.
  for (const v1::Element* one : elements) {
    std::vector<std::string> numbers = AnnexesLostIn(*one, annexes);
    if (!numbers.empty()) told[one->id()] = std::move(numbers);
  }
  std::vector<UnresolvedElement> out;
  for (const v1::Element* one : elements) {
    UnresolvedElement lost{one, {}};
    const auto mine = told.find(one->id());
    if (mine != told.end()) {
      for (const std::string& number : mine->second) {
        lost.words.push_back({absl::StrCat("annexe ", number), absl::StrCat("annexe ", number)});
      }
    }
    const auto parent = told.find(one->parent_id());
    if (LeadsNowhere(*one, is_there) &&
        (parent == told.end() || !IsToldIn(one->reference().text(), parent->second))) {
      const std::string title = ElementTitle(*one);
      lost.words.push_back({absl::StrCat("renvoi « ", title, " »"), absl::StrCat("“", title, "”")});
    }
    if (!lost.words.empty()) out.push_back(std::move(lost));
  }
  return out;
}

}  // namespace greffe
