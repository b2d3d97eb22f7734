#include "core/rules/change_class.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/base/utf8.h"
#include "core/rules/sentence.h"
#include "core/rules/words.h"

namespace greffe::rules {
namespace {

constexpr std::size_t kQuoteBytes = 2000;

struct DelegationRow {
  Matter matter;
  WordPattern words;
  // Anybody may; a clause that speaks of a committee leaves it to that.
  bool of_committee = false;
};
const std::vector<DelegationRow>& DelegationRows() {
  static const auto& rows = *new std::vector<DelegationRow>{
#include "core/rules/lexicon/delegations.inc"
  };
  return rows;
}

// What each row's sentences hold, as written: most sentences of a convention hold none of them and
// need not be taken apart. Without first letters, which may be capitals.
constexpr absl::string_view kAnchors[] = {"riorit",    "chéanc",   "alendrier", "lanning",
                                          "ndicateur", "orrectif", "justement", "voluer"};

bool MayDelegate(absl::string_view sentence) {
  return std::any_of(std::begin(kAnchors), std::end(kAnchors),
                     [&](absl::string_view anchor) { return absl::StrContains(sentence, anchor); });
}

// The sentence asks for no avenant: it names none, or does without.
bool WantsAvenant(const std::vector<std::string>& words) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (HasWord({&words[i], 1}, "avenant|avenants") && (i == 0 || words[i - 1] != "sans")) {
      return true;
    }
  }
  return false;
}

std::string Quote(absl::string_view sentence) {
  return std::string(sentence.substr(0, WholeCharacters(sentence, kQuoteBytes)));
}

// What of an action sheet is how it is carried out, and not what it is for or who answers for it.
bool IsConduct(v1::RubricKind kind) {
  switch (kind) {
    case v1::RUBRIC_KIND_CONTENT:
    case v1::RUBRIC_KIND_MEANS:
    case v1::RUBRIC_KIND_COMMUNICATION:
    case v1::RUBRIC_KIND_INHABITANTS_ROLE:
    case v1::RUBRIC_KIND_VIGILANCE:
      return true;
    default:
      return false;
  }
}

bool Only(const ChangeFacts& facts, absl::string_view field) {
  return facts.how == v1::DIFF_KIND_CHANGED && !facts.fields.empty() &&
         std::all_of(facts.fields.begin(), facts.fields.end(),
                     [&](const std::string& one) { return one == field; });
}

bool Touches(const ChangeFacts& facts, absl::string_view prefix) {
  return std::any_of(facts.fields.begin(), facts.fields.end(),
                     [&](const std::string& one) { return absl::StartsWith(one, prefix); });
}

// Matters under which a clause could allow the change; none: an avenant always.
std::vector<Matter> MattersOf(const ChangeFacts& facts) {
  const bool changed = facts.how == v1::DIFF_KIND_CHANGED;
  switch (facts.kind) {
    case v1::Element::kAction:
      return Only(facts, "position") ? std::vector{Matter::kPriorities} : std::vector<Matter>{};
    case v1::Element::kSchedule:
      if (!changed || facts.beyond_term || Touches(facts, "parent_id")) return {};
      return {Matter::kSchedule, Matter::kConduct};
    case v1::Element::kIndicator:
      return facts.how == v1::DIFF_KIND_ADDED ? std::vector{Matter::kIndicators}
                                              : std::vector<Matter>{};
    case v1::Element::kRubric:
      if (!changed || !IsConduct(facts.rubric) || Touches(facts, "parent_id") ||
          Touches(facts, "rubric.kind")) {
        return {};
      }
      return {Matter::kConduct, Matter::kRegulation};
    default:
      return {};
  }
}

// Why an avenant, by what is changed.
Words Basis(const ChangeFacts& facts) {
  switch (facts.kind) {
    case v1::Element::kTerms:
      return {"le titre, la durée et la prolongation sont dans la convention",
              "title, term and extension are in the convention"};
    case v1::Element::kParty:
      return {"les parties et leurs signataires sont dans la convention",
              "the parties and their signatories are in the convention"};
    case v1::Element::kAxis:
    case v1::Element::kObjective:
      return {"les axes et les objectifs sont dans la convention",
              "axes and objectives are in the convention"};
    case v1::Element::kFacility:
      return {"la liste des équipements est une annexe contractuelle",
              "the list of facilities is a contractual annex"};
    case v1::Element::kFundingLine:
      return {"les engagements financiers sont dans la convention",
              "financial commitments are in the convention"};
    case v1::Element::kBody:
      return {"la gouvernance, sa composition et sa cadence sont dans la convention",
              "governance, its composition and cadence are in the convention"};
    case v1::Element::kArticle:
      if (facts.role == v1::CLAUSE_ROLE_COMMUNICATION) {
        return {"la communication se décide d'un commun accord",
                "communication is decided by common agreement"};
      }
      break;
    case v1::Element::kSchedule:
      if (facts.beyond_term) {
        return {"l'échéancier dépasse le terme de la convention, ou ne dit pas sa fin",
                "the schedule goes beyond the term, or does not tell its end"};
      }
      [[fallthrough]];
    case v1::Element::kAction:
    case v1::Element::kRubric:
    case v1::Element::kIndicator:
      return {"les fiches action sont une annexe contractuelle",
              "action sheets are a contractual annex"};
    default:
      break;
  }
  return {"toute modification de la convention ou de ses annexes fait l'objet d'un avenant",
          "every modification of the convention or its annexes is an avenant"};
}

// 0 when it names none.
int LastYearNamed(absl::string_view wording) {
  int last = 0;
  for (std::size_t i = 0; i < wording.size();) {
    std::size_t end = i;
    while (end < wording.size() && absl::ascii_isdigit(static_cast<unsigned char>(wording[end]))) {
      ++end;
    }
    if (end - i == 4) {
      const int year = (wording[i] - '0') * 1000 + (wording[i + 1] - '0') * 100 +
                       (wording[i + 2] - '0') * 10 + (wording[i + 3] - '0');
      if (year >= 1900 && year <= 2199) last = std::max(last, year);
    }
    i = std::max(end, i + 1);
  }
  return last;
}

Words WhyB(const Delegation* clause) {
  Words out{"CHK-26 : décision de comité, permise par la clause citée",
            "CHK-26: committee decision, allowed by the clause quoted"};
  if (clause != nullptr && clause->matter == Matter::kRegulation) {
    absl::StrAppend(&out.fr, ", si une évolution de la réglementation en est la cause");
    absl::StrAppend(&out.en, ", if a change of regulations is its cause");
  }
  absl::StrAppend(&out.fr, ".");
  absl::StrAppend(&out.en, ".");
  return out;
}

}  // namespace

std::vector<Delegation> FindDelegations(const ClausePlace& place, absl::string_view text) {
  std::vector<Delegation> out;
  if (!MayDelegate(text)) return out;
  // Every party has priorities of its own: those of the convention are left to a body of it.
  const std::vector<std::string> all = FoldedWords(text);
  const bool to_body = place.of_body || !place.action_id.empty() ||
                       HasWord(all, "comite*|copil|cotech|instance*|gouvernance");
  const bool of_committee =
      place.of_body || HasWord(all, "comite*|copil|cotech") ||
      std::any_of(place.bodies.begin(), place.bodies.end(), [&](const auto& name) {
        return std::search(all.begin(), all.end(), name.begin(), name.end()) != all.end();
      });
  for (const absl::string_view sentence : Sentences(text)) {
    if (!MayDelegate(sentence)) continue;
    const std::vector<std::string> words = FoldedWords(sentence);
    if (HasWord(words, "ne|n|ni|jamais|aucun|aucune") || WantsAvenant(words)) continue;
    const bool of_parties =
        HasWord(words, "partie|parties|partenaire*|signataire*|contractant*|commune|communes|caf");
    for (const DelegationRow& row : DelegationRows()) {
      if (!Matches(words, row.words)) continue;
      if (row.of_committee && (!of_committee || of_parties)) continue;
      const bool known = std::any_of(out.begin(), out.end(), [&](const Delegation& one) {
        return one.matter == row.matter && one.quote == Quote(sentence);
      });
      // Rules of law to come touch the action whose sheet says so, and no other.
      if (known || (row.matter == Matter::kRegulation && place.action_id.empty())) continue;
      if (row.matter == Matter::kPriorities && !to_body) continue;
      out.push_back({row.matter, place.clause_id, place.action_id, Quote(sentence)});
    }
  }
  return out;
}

std::optional<Rule> CommitmentOf(const ChangeFacts& facts) {
  switch (facts.kind) {
    case v1::Element::kFacility:
      return Rule::kFacilities;
    case v1::Element::kFundingLine:
      return Rule::kFunding;
    case v1::Element::kRubric:
      if (facts.rubric == v1::RUBRIC_KIND_COMMUNICATION) return Rule::kCommonAgreement;
      return std::nullopt;
    case v1::Element::kArticle:
      if (facts.role == v1::CLAUSE_ROLE_COMMUNICATION) return Rule::kCommonAgreement;
      return std::nullopt;
    default:
      return std::nullopt;
  }
}

bool EverDelegated(v1::Element::ContentCase kind) {
  return kind == v1::Element::kAction || kind == v1::Element::kSchedule ||
         kind == v1::Element::kIndicator || kind == v1::Element::kRubric;
}

Classified ClassOf(const ChangeFacts& facts, std::span<const Delegation> delegations) {
  Classified out;
  const std::optional<Rule> commitment = CommitmentOf(facts);
  if (commitment.has_value() && !IsOn(*commitment)) {
    // Switched off, each party does as it likes.
    out.change_class = v1::CHANGE_CLASS_FOLLOW_UP;
    return out;
  }
  const std::vector<Matter> matters = MattersOf(facts);
  out.delegable = !matters.empty();
  for (const Matter matter : matters) {
    for (const Delegation& one : delegations) {
      const bool here = one.action_id.empty() || one.action_id == facts.action_id;
      if (out.clause == nullptr && one.matter == matter && here) out.clause = &one;
    }
  }
  if (out.clause != nullptr || (out.delegable && !IsOn(Rule::kDelegatedChange))) {
    out.change_class = v1::CHANGE_CLASS_COMMITTEE_DECISION;
    out.why = WhyB(out.clause);
    return out;
  }
  if (facts.kind == v1::Element::kParty && Only(facts, "party.address")) {
    out.change_class = v1::CHANGE_CLASS_FOLLOW_UP;
    out.why = {"Suivi : un changement d'adresse ne change pas les engagements.",
               "Follow-up: a change of address changes no commitment."};
    return out;
  }
  if (!IsOn(Rule::kAmendment)) {
    out.change_class = v1::CHANGE_CLASS_FOLLOW_UP;
    return out;
  }
  Words basis = Basis(facts);
  if (commitment.has_value()) {
    const std::string rule = absl::StrCat(" (", RowOf(*commitment).id, ")");
    basis.fr += rule;
    basis.en += rule;
  }
  out.why = {
      absl::StrCat(
          "L-30 : avenant : ", basis.fr,
          out.delegable ? ", et aucune clause qui délègue ce changement n'a été reconnue." : "."),
      absl::StrCat(
          "L-30: avenant: ", basis.en,
          out.delegable ? ", and no clause that delegates this change was recognised." : ".")};
  return out;
}

std::vector<Oddity> CheckInstrument(v1::ActKind kind, const Classified& change) {
  if (kind != v1::ACT_KIND_COMMITTEE_DECISION || change.change_class != v1::CHANGE_CLASS_AVENANT) {
    return {};
  }
  const Rule rule = change.delegable ? Rule::kDelegatedChange : Rule::kAvenantNeeded;
  if (!IsOn(rule)) return {};
  return {
      {rule, change.delegable ? "clause-missing" : "avenant-needed", v1::FINDING_SEVERITY_SERIOUS,
       change.delegable
           ? Words{"aucune clause de la convention qui laisse ce changement à un comité n'a été "
                   "reconnue ; sans elle, c'est un avenant.",
                   "no clause of the convention that leaves this change to a committee was "
                   "recognised; without one, it is an avenant."}
           : Words{"ce changement ne se fait que par avenant.",
                   "this change is made by an avenant alone."}}};
}

bool BeyondTerm(std::span<const std::string> wordings, CivilDate last_day) {
  if (!IsOn(Rule::kScheduleInsideTerm)) return false;
  const std::string day = last_day.ToString();
  const int end = LastYearNamed(day.substr(0, 4));
  int last = 0;
  for (const std::string& one : wordings) {
    if (HasWord(FoldedWords(one), "prochain*|suivante|future")) return true;
    last = std::max(last, LastYearNamed(one));
  }
  return last == 0 || last > end || (last == end && !absl::EndsWith(day, "-12-31"));
}

std::optional<Oddity> CheckScheduleInsideTerm(std::span<const std::string> wordings,
                                              CivilDate last_day) {
  if (!IsOn(Rule::kScheduleInsideTerm)) return std::nullopt;
  int last = 0;
  for (const std::string& one : wordings) last = std::max(last, LastYearNamed(one));
  if (last <= last_day.year()) return std::nullopt;
  return Oddity{Rule::kScheduleInsideTerm,
                "schedule-beyond-term",
                FindingSeverityOf(RowOf(Rule::kScheduleInsideTerm).severity),
                {absl::StrCat("l'échéancier va jusqu'en ", last, " ; la convention finit le ",
                              DateFr(last_day), "."),
                 absl::StrCat("the schedule goes to ", last, "; the convention ends on ",
                              DateEn(last_day), ".")}};
}

}  // namespace greffe::rules
