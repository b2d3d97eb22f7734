// Facts of a convention's life: who may record which, about what, in answer to what.

#include "core/convention/decide/decide_life.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "core/base/limits.h"
#include "core/base/status_macros.h"
#include "core/convention/checks/life_check.h"
#include "core/convention/decide_common.h"
#include "core/convention/elements/check_fields.h"
#include "core/convention/elements/french.h"
#include "core/convention/elements/life_kinds.h"
#include "core/convention/reading/clause.h"
#include "core/convention/reading/delegation.h"
#include "core/convention/reading/ended.h"
#include "core/convention/reading/repeated.h"
#include "core/convention/reading/stale.h"
#include "core/convention/text/element_lookup.h"
#include "core/convention/text/succession.h"

namespace greffe {
namespace {

using Life = v1::LifeRecorded;

absl::Status CheckRole(const CommandContext& context, const LifeKind& kind, const Life& fact) {
  // Domain.md section 5.5: a notice for a breach of the law is the directors' own decision.
  if (fact.notice_sent().kind() == v1::NOTICE_KIND_LAW) {
    return RequireRole(context, {v1::ROLE_SIGNATORY});
  }
  return RequireRole(context, kind.roles);
}

absl::Status CheckForm(const Life& fact, const CommandContext& context) {
  std::vector<Problem> problems;
  CheckFields(fact, "fact", "", &problems);
  const std::pair<const char*, const std::string*> digests[] = {
      {"fact.evidence_digest", &fact.evidence_digest()}, {"fact.answers", &fact.answers()}};
  for (const auto& [field, bytes] : digests) {
    if (bytes->empty() || bytes->size() == Digest::kSize) continue;
    problems.push_back(
        {.rule = "digest",
         .field = field,
         .element_id = "",
         .fr = absl::StrCat("une empreinte SHA-256 compte 32 octets ; ici ", bytes->size(), "."),
         .en = absl::StrCat("a SHA-256 digest is 32 bytes; here ", bytes->size(), ".")});
  }
  const auto day = CivilDate::Parse(fact.happened_on(), "fact.happened_on");
  if (day.ok() && *day > context.today) {
    problems.push_back(
        {.rule = "future-date",
         .field = "fact.happened_on",
         .element_id = "",
         .fr = absl::StrCat("le ", FrenchDate(fact.happened_on()),
                            " est dans l'avenir : un fait s'enregistre quand il a eu lieu."),
         .en = absl::StrCat(EnglishDate(fact.happened_on()),
                            " is in the future: a fact is recorded once it happened.")});
  }
  return ToStatus(problems, DryRun::kNone);
}

absl::Status CheckSubject(const StateData& data, const CommandContext& context,
                          const LifeKind& kind, const Life& fact) {
  const v1::Element* const element = FindElementAnywhere(data, fact.element_id(), context.today);
  if (element == nullptr) return ElementNotFound(fact.element_id());
  bool fits = true;
  const char* fr = "";
  const char* en = "";
  switch (kind.subject) {
    case LifeSubject::kTerms:
      fits = element->has_terms();
      fr = "l'ensemble de la convention (terms)";
      en = "the whole convention (terms)";
      break;
    case LifeSubject::kParty:
      fits = element->has_party();
      fr = "une partie";
      en = "a party";
      break;
    case LifeSubject::kAction:
      fits = element->has_action() || element->has_terms();
      fr = "une action, ou l'ensemble (terms)";
      en = "an action, or the whole (terms)";
      break;
    case LifeSubject::kAny:
      break;
  }
  if (fits) return absl::OkStatus();
  return FieldError("element", "fact.element_id",
                    absl::StrCat("« ", fact.element_id(), " » donné, attendu ", fr, "."),
                    absl::StrCat("got \"", fact.element_id(), "\", want ", en, "."));
}

// Day of what is answered; absent for a frozen text.
std::optional<CivilDate> DayOf(const StateData& data, EventNumber event) {
  if (const auto life = data.life_by_event.find(event); life != data.life_by_event.end()) {
    return data.life[life->second].day;
  }
  const auto found = data.deliberation_by_event.find(event);
  if (found == data.deliberation_by_event.end()) return std::nullopt;
  return CivilDate::TryParse(data.deliberations[found->second].deliberation->sitting_on());
}

absl::Status WrongAnswer(const LifeKind& kind) {
  return FieldError("answers", "fact.answers",
                    absl::StrCat("« ", kind.fr, " » ne répond pas à ce fait."),
                    absl::StrCat("\"", kind.en, "\" does not answer that fact."));
}

// What is answered exists, is answered so, counts, and is not later.
absl::StatusOr<EventNumber> FindAnswered(const StateData& data, const LifeKind& kind,
                                         const Life& fact) {
  if (fact.answers().empty()) {
    if (!kind.must_answer) return kNone;
    return FieldError("required", "fact.answers",
                      absl::StrCat("« ", kind.fr, " » répond à un fait : donnez son empreinte."),
                      absl::StrCat("\"", kind.en, "\" answers a fact: give its hash."));
  }
  const EventNumber event = data.FindEvent(fact.answers());
  if (event == kNone || !data.events[event].authorised) {
    return ToStatus({.code = absl::StatusCode::kNotFound,
                     .rule = "not-found",
                     .field = "fact.answers",
                     .fr = "fait introuvable, ou qui n'est pas le vôtre.",
                     .en = "no such fact, or not yours.",
                     .next_fr = "Cherchez-le : greffe life show CONVENTION.",
                     .next_en = "Look for it: greffe life show CONVENTION."});
  }
  const auto life = data.life_by_event.find(event);
  const bool fits =
      life != data.life_by_event.end()
          ? kind.answers.Has(static_cast<LifeCase>(data.life[life->second].kind))
          : (kind.answers.HasDeliberation() && data.deliberation_by_event.count(event) > 0) ||
                (kind.answers.HasRevision() && data.revision_by_event.count(event) > 0);
  if (!fits) return WrongAnswer(kind);
  if (data.events[event].replaced) {
    return ToStatus({.code = absl::StatusCode::kAborted,
                     .rule = "changed-since-read",
                     .field = "fact.answers",
                     .fr = "ce fait a été corrigé depuis : répondez à sa correction.",
                     .en = "this fact was corrected since: answer its correction.",
                     .next_fr = "Relisez : greffe life show CONVENTION.",
                     .next_en = "Read again: greffe life show CONVENTION."});
  }
  const std::optional<CivilDate> before = DayOf(data, event);
  const auto day = CivilDate::Parse(fact.happened_on(), "fact.happened_on");
  if (before.has_value() && day.ok() && *day < *before) {
    return FieldError(
        "date-order", "fact.happened_on",
        absl::StrCat("le ", FrenchDate(fact.happened_on()), " précède le fait auquel il répond (",
                     FrenchDate(before->ToString()), ")."),
        absl::StrCat(EnglishDate(fact.happened_on()), " is before the fact that it answers (",
                     EnglishDate(before->ToString()), ")."));
  }
  return event;
}

// Records corrected: the partner's own, or of a party whose place it has by law, of the same kind,
// not corrected yet. A correction answers what they answered.
absl::Status CheckReplaces(const StateData& data, const CommandContext& context,
                           const LifeBook& book, const LifeKind& kind, Life* fact) {
  if (fact->replaces().empty()) return absl::OkStatus();
  const LifeLine* line = nullptr;
  std::set<std::string> leaves(fact->replaces().begin(), fact->replaces().end());
  fact->clear_replaces();
  Speakers speakers(data);
  for (const std::string& leaf : leaves) {
    const EventNumber event = data.FindEvent(leaf);
    const auto found = data.life_by_event.find(event);
    if (event == kNone || found == data.life_by_event.end() || !data.events[event].authorised ||
        static_cast<LifeCase>(data.life[found->second].kind) != kind.fact ||
        !speakers.SpeaksForAuthor(context.partner_id, event)) {
      return FieldError("replaces", "fact.replaces",
                        "on ne corrige que ses propres faits, par un fait de la même nature.",
                        "one corrects only one's own facts, by a fact of the same kind.");
    }
    if (data.events[event].replaced) {
      const rules::Words author = AuthorText(data, event);
      return ToStatus({.code = absl::StatusCode::kAborted,
                       .rule = "changed-since-read",
                       .field = "fact.replaces",
                       .fr = absl::StrCat("ce fait (", author.fr, ") a déjà été corrigé."),
                       .en = absl::StrCat("this fact (", author.en, ") was already corrected."),
                       .next_fr = "Relisez (greffe life show), puis corrigez la correction.",
                       .next_en = "Read again (greffe life show), then correct the correction."});
    }
    // A correction stays in the thread of what it corrects.
    const LifeLine* const own = book.LineOf(event);
    const EventNumber now = data.FindEvent(fact->answers());
    const bool elsewhere =
        now != kNone && data.life_by_event.count(now) > 0 && book.LineOf(now) != own;
    if ((line != nullptr && line != own) || elsewhere) {
      return FieldError("replaces", "fact.replaces",
                        "on corrige les faits d'un seul fil, et sa réponse y reste.",
                        "one corrects facts of one thread, and its answer stays there.");
    }
    line = own;
    fact->add_replaces(leaf);
    const EventNumber answered = data.life[found->second].answers;
    if (fact->answers().empty() && answered != kNone) {
      fact->set_answers(data.LeafOf(answered).ToBytes());
    }
  }
  return CheckedText(fact->reason(), {.field = "fact.reason",
                                      .characters_max = limits::kRemarkCharacters,
                                      .required = true})
      .status();
}

// One that corrects another says it anew; any other second record says nothing.
absl::Status CheckFirst(const LifeInput& in, const LifeKind& kind, const Life& fact) {
  if (!fact.replaces().empty()) return absl::OkStatus();
  const LifeFact* const known =
      in.line == nullptr ? ConsultedAlready(in.data, fact)
                         : RecordedAlready(in.data, in.book, *in.line, fact, in.context.partner_id);
  if (known == nullptr) return absl::OkStatus();
  const std::string leaf = in.data.LeafOf(known->event).ToHex();
  const std::string day = known->day.ToString();
  return UnlessProven(
      in,
      ToStatus(
          {.code = absl::StatusCode::kFailedPrecondition,
           .rule = std::string(kRecordedTwice),
           .field = "fact",
           .fr = absl::StrCat("« ", kind.fr, " » est déjà enregistré, au ", FrenchDate(day), "."),
           .en = absl::StrCat("\"", kind.en, "\" is on record, of ", EnglishDate(day), "."),
           .next_fr = absl::StrCat("Pour le corriger : --replaces ", leaf, " --reason TEXTE."),
           .next_en = absl::StrCat("To correct it: --replaces ", leaf, " --reason TEXT.")}));
}

}  // namespace

absl::Status Blocked(const rules::Oddity& odd, absl::string_view field, const rules::Words& next) {
  const absl::string_view id = rules::RowOf(odd.rule).id;
  return ToStatus({.code = absl::StatusCode::kFailedPrecondition,
                   .rule = std::string(id),
                   .field = std::string(field),
                   .fr = absl::StrCat(id, " : ", odd.words.fr),
                   .en = absl::StrCat(id, ": ", odd.words.en),
                   .next_fr = next.fr,
                   .next_en = next.en});
}

absl::Status UnlessProven(const LifeInput& in, const absl::Status& refused) {
  if (refused.ok() || in.proven) return absl::OkStatus();
  Refusal out = RefusalOf(refused);
  const auto add = [](absl::string_view more, std::string* next) {
    absl::StrAppend(next, next->empty() ? "" : " ", more);
  };
  add("Si le fait a eu lieu, joignez sa preuve (--evidence) : il est alors enregistré, avec un "
      "constat.",
      &out.next_fr);
  add("If it did happen, give its evidence (--evidence): it is then recorded, with a finding.",
      &out.next_en);
  return ToStatus(out);
}

absl::Status RequireParty(const LifeInput& in) {
  if (in.roll.parties.count(in.context.partner_id) > 0) return absl::OkStatus();
  return ToStatus({.code = absl::StatusCode::kFailedPrecondition,
                   .rule = "CHK-29",
                   .fr = absl::StrCat("CHK-29 : ", PartnerName(in.data, in.context.partner_id),
                                      " n'est pas partie à la convention le ",
                                      FrenchDate(in.day.ToString()), "."),
                   .en = absl::StrCat("CHK-29: ", PartnerName(in.data, in.context.partner_id),
                                      " is no party to the convention on ",
                                      EnglishDate(in.day.ToString()), "."),
                   .next_fr = "Vérifiez les parties : greffe convention show CONVENTION.",
                   .next_en = "Check the parties: greffe convention show CONVENTION."});
}

absl::Status RequireNotOver(const LifeInput& in, absl::string_view field) {
  const auto odd = NotOver(in.book, FindEnding(in.data, in.book), in.day);
  if (!odd.has_value()) return absl::OkStatus();
  return Blocked(*odd, field,
                 {"Concluez une convention nouvelle (greffe convention new), ou donnez le jour du "
                  "fait s'il est antérieur : --on.",
                  "Conclude a new convention (greffe convention new), or give the day of the fact "
                  "if it is earlier: --on."});
}

absl::StatusOr<Decision> Decide(const ConventionState& state, const v1::RecordFactRequest& request,
                                const CommandContext& context) {
  const StateData& data = state.data();
  Life fact = request.fact();
  const LifeKind* const kind = FindLifeKind(fact.fact_case());
  if (kind == nullptr) {
    return FieldError("required", "fact", "dites de quel fait il s'agit.",
                      "say which kind of fact it is.");
  }
  RETURN_IF_ERROR(CheckRole(context, *kind, fact));
  RETURN_IF_ERROR(RequirePartner(data, context));
  NormaliseFields(&fact);
  if (fact.element_id().empty() && kind->subject != LifeSubject::kParty) {
    fact.set_element_id(kTermsId);
  }
  if (fact.happened_on().empty()) fact.set_happened_on(context.today.ToString());
  RETURN_IF_ERROR(CheckForm(fact, context));
  RETURN_IF_ERROR(CheckSubject(data, context, *kind, fact));
  const LifeBook book(data);
  RETURN_IF_ERROR(CheckReplaces(data, context, book, *kind, &fact));
  ASSIGN_OR_RETURN(const EventNumber answered, FindAnswered(data, *kind, fact));

  const ConsolidatedText text = TextInForce(data, context.today);
  const CivilDate day = *CivilDate::Parse(fact.happened_on(), "fact.happened_on");
  const LifeInput in{data,
                     context,
                     text,
                     book,
                     book.RollOn(day),
                     day,
                     answered == kNone ? nullptr : book.LineOf(answered),
                     !fact.evidence_digest().empty()};
  RETURN_IF_ERROR(CheckEnding(in, fact));
  RETURN_IF_ERROR(CheckOther(in, fact));
  RETURN_IF_ERROR(CheckFirst(in, *kind, fact));
  Decision decision;
  *decision.events.emplace_back().mutable_life_recorded() = std::move(fact);
  RETURN_IF_ERROR(CheckEventSizes(decision));
  return decision;
}

void FillAnswer(const ConventionState& after, const v1::RecordFactRequest&,
                std::span<const Digest> leaves, v1::RecordFactResponse* response) {
  if (leaves.empty()) return;
  const std::string leaf = leaves.front().ToHex();
  response->set_fact(leaf);
  // The request may leave its day to the command.
  const auto fact = after.data().life_by_event.find(after.data().FindEvent(leaves.front()));
  if (fact == after.data().life_by_event.end()) return;
  const CivilDate on = after.data().life[fact->second].day;
  const ConsolidatedText text = TextInForce(after.data(), on);
  const LifeBook book(after.data(), text, on);
  std::vector<v1::Finding> found =
      LifeFindings(after.data(), PartyBook(after.data()), book, text, on);
  std::erase_if(found, [&](const v1::Finding& one) { return one.leaf() != leaf; });
  // A delegation that is said to have ended may leave signatures without one.
  for (v1::Finding& one :
       CapacityFindingsOf(after.data(), after.data().FindEvent(leaves.front()))) {
    found.push_back(std::move(one));
  }
  CiteClauses(after.data(), text, on, &found);
  for (v1::Finding& finding : found) *response->add_findings() = std::move(finding);
}

}  // namespace greffe
