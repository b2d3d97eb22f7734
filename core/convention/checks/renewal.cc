#include "core/convention/checks/renewal.h"

#include <algorithm>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "absl/strings/str_cat.h"
#include "core/base/status_macros.h"
#include "core/convention/checks/renewal_words.h"
#include "core/convention/elements/french.h"
#include "core/convention/reading/ended.h"
#include "core/convention/reading/ending.h"
#include "core/convention/text/consolidate.h"
#include "core/convention/text/follow_up.h"

namespace greffe {

std::vector<RenewalLink> RenewalLinks(const Known& known) {
  const StateData& data = known.state.data();
  std::vector<const LifeFact*> facts;
  for (const LifeFact& fact : data.life) {
    const EventRow& row = data.events[fact.event];
    const bool stands = row.authorised && !row.replaced;
    if (stands && fact.kind == v1::LifeRecorded::kRenewalLinked) facts.push_back(&fact);
  }
  std::sort(facts.begin(), facts.end(), [&](const LifeFact* a, const LifeFact* b) {
    return std::make_tuple(b->day, data.LeafOf(b->event)) <
           std::make_tuple(a->day, data.LeafOf(a->event));
  });
  if (facts.size() > kRenewalsRead) facts.resize(kRenewalsRead);
  std::vector<RenewalLink> out;
  std::set<std::string> named;
  for (const LifeFact* fact : facts) {
    if (named.size() == kRenewalsFollowed) break;
    const absl::StatusOr<v1::Event> stored = ReadStored(data, known.read_event, fact->event);
    // One that cannot be read is not compared; nothing else rests on it here.
    if (!stored.ok()) continue;
    const std::string& id = stored->life_recorded().renewal_linked().convention_id();
    if (!ConventionId::FromHex(id, "convention_id").ok()) continue;
    named.insert(id);
    out.push_back({data.LeafOf(fact->event), id});
  }
  return out;
}

SuccessorFacts ReadSuccessor(const Known& known) {
  const StateData& data = known.state.data();
  const ConsolidatedText text = TextInForce(data, known.in_force_on);
  const LifeBook book(data, text, known.in_force_on);
  SuccessorFacts out;
  if (text.terms != nullptr) out.title = text.terms->title();
  out.renewal.concluded_on = InForceSince(data);
  out.renewal.effect = EffectOf(book, text, FindEnding(data, book), known.in_force_on);
  return out;
}

const SuccessorFacts* Successors::Of(const Digest& leaf) const {
  const auto found = by_link.find(leaf);
  return found == by_link.end() ? nullptr : &found->second;
}

RenewalRead ReadRenewal(const StateData& data, const LifeBook& book, const Successors* successors,
                        CivilDate last_day, CivilDate today) {
  RenewalRead out;
  bool concluded = false;
  for (const LifeLine& line : book.lines()) {
    if (line.kind() != v1::LifeRecorded::kRenewalLinked || !book.Stands(line)) continue;
    const SuccessorFacts* const next =
        successors == nullptr ? nullptr : successors->Of(data.LeafOf(line.opening->event));
    if (next != nullptr && rules::IsRenewed(last_day, next->renewal, today)) {
      return {line.opening, next, true};
    }
    const bool binds = next != nullptr && next->renewal.concluded_on.has_value();
    if (concluded && !binds) continue;
    concluded = binds;
    out = {line.opening, next, false};
  }
  return out;
}

rules::Words SayNext(const SuccessorFacts& next) {
  const auto& on = next.renewal.concluded_on;
  const auto& effect = next.renewal.effect;
  rules::Words out{absl::StrCat("« ", next.title, " »"), absl::StrCat("“", next.title, "”")};
  if (!on.has_value()) {
    absl::StrAppend(&out.fr, " n'est pas conclue à cette réplique");
    absl::StrAppend(&out.en, " is not concluded at this replica");
    return out;
  }
  absl::StrAppend(&out.fr, ", conclue le ", FrenchDate(on->ToString()));
  absl::StrAppend(&out.en, ", concluded on ", EnglishDate(on->ToString()));
  if (!effect.has_value()) {
    absl::StrAppend(&out.fr, ", est sans effet");
    absl::StrAppend(&out.en, ", has no effect");
    return out;
  }
  absl::StrAppend(&out.fr, ", a effet du ", FrenchDate(effect->first.ToString()), " au ",
                  FrenchDate(effect->last.ToString()));
  absl::StrAppend(&out.en, ", has effect from ", EnglishDate(effect->first.ToString()), " to ",
                  EnglishDate(effect->last.ToString()));
  return out;
}

rules::Words SayNotCompared(const Successors* successors) {
  if (successors != nullptr && successors->at_cut) {
    return {
        "la convention suivante n'a pas été comparée : une coupe ne dit rien d'une autre "
        "convention",
        "the next convention was not compared: a cut says nothing of another convention"};
  }
  return {
      "la convention suivante n'est pas lisible ici et n'a pas été comparée : sa conclusion "
      "n'est pas vérifiable ici",
      "the next convention cannot be read here and was not compared: whether it is concluded "
      "cannot be verified here"};
}

}  // namespace greffe
