// Evaluations, data, parties, corrections, disputes, comments: what each kind of fact must fit.

#include <algorithm>
#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "core/base/french_name.h"
#include "core/base/status_macros.h"
#include "core/convention/decide/decide_life.h"
#include "core/convention/decide_common.h"
#include "core/convention/elements/element_text.h"
#include "core/convention/elements/french.h"
#include "core/convention/text/element_lookup.h"
#include "core/convention/text/follow_up.h"
#include "core/rules/clerical.h"
#include "core/rules/life.h"
#include "core/rules/obligations.h"

namespace greffe {
namespace {

using Life = v1::LifeRecorded;

bool AllDigits(absl::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return absl::ascii_isdigit(static_cast<unsigned char>(c));
  });
}

absl::Status OwnPartner(absl::string_view field, const std::string& owner, const LifeInput& in) {
  if (owner == in.context.partner_id) return absl::OkStatus();
  return ToStatus(
      {.code = absl::StatusCode::kPermissionDenied,
       .rule = "own-partner",
       .field = std::string(field),
       .fr =
           absl::StrCat("c'est ", ToParty(PartnerName(in.data, owner)), " d'enregistrer ce fait."),
       .en = absl::StrCat("it is for ", PartnerName(in.data, owner), " to record this fact.")});
}

absl::Status CheckDates(absl::string_view field, const std::string& first,
                        const std::string& last) {
  // Dates of one form compare as texts.
  if (first.empty() || last.empty() || first <= last) return absl::OkStatus();
  return FieldError(
      "date-order", field,
      absl::StrCat("la fin (", FrenchDate(last), ") précède le début (", FrenchDate(first), ")."),
      absl::StrCat("the end (", EnglishDate(last), ") is before the start (", EnglishDate(first),
                   ")."));
}

absl::Status CheckEvaluation(const LifeInput& in, const v1::EvaluationReported& evaluation) {
  const bool annual = evaluation.kind() == v1::EVALUATION_KIND_ANNUAL;
  const std::string& year = evaluation.year();
  if (annual ? year.size() != 4 || !AllDigits(year) : !year.empty()) {
    constexpr char kField[] = "fact.evaluation_reported.year";
    if (!annual) {
      return FieldError("year", kField, "seule une évaluation annuelle porte une année.",
                        "only an annual evaluation bears a year.");
    }
    if (year.empty()) {
      return FieldError("year", kField,
                        "une évaluation annuelle dit l'année évaluée : --year 2025.",
                        "an annual evaluation says the year evaluated: --year 2025.");
    }
    return FieldError("year", kField,
                      absl::StrCat("« ", year, " » donné, attendu l'année évaluée : 2025."),
                      absl::StrCat("got \"", year, "\", want the year evaluated: 2025."));
  }
  if (!annual) return absl::OkStatus();
  const int number = std::stoi(year);
  const std::optional<rules::Term> term =
      EffectOf(in.book, in.text, FindEnding(in.data, in.book), in.day);
  if (term.has_value() && (number < term->first.year() || term->last.year() < number)) {
    return UnlessProven(
        in, FieldError("year", "fact.evaluation_reported.year",
                       absl::StrCat(year, " est hors de la durée de la convention (",
                                    term->first.year(), " à ", term->last.year(), ")."),
                       absl::StrCat(year, " is outside the term of the convention (",
                                    term->first.year(), " to ", term->last.year(), ").")));
  }
  const auto odd = rules::CheckYearBegun(number, in.day);
  if (!odd.has_value()) return absl::OkStatus();
  return UnlessProven(in, Blocked(*odd, "fact.evaluation_reported.year",
                                  {"Rendez-la une fois l'année commencée, ou corrigez l'année.",
                                   "Report it once the year has begun, or correct the year."}));
}

absl::Status CheckBody(const LifeInput& in, const std::string& id, absl::string_view field) {
  const v1::Element* const element = FindElementAnywhere(in.data, id, in.context.today);
  if (element == nullptr) return ElementNotFound(id);
  if (element->has_body()) return absl::OkStatus();
  return FieldError("element", field, absl::StrCat("« ", id, " » n'est pas une instance."),
                    absl::StrCat("\"", id, "\" is not a body."));
}

// « comite (Comité de pilotage) »: the bodies that validate, as people name them.
std::string ChargedBodies(const ConsolidatedText& text) {
  std::vector<std::string> out;
  for (const PlacedElement& placed : text.elements) {
    const v1::Element& element = *placed.shown().element;
    if (!element.has_body() || rules::CheckValidatingBody(element.body()).has_value()) continue;
    out.push_back(absl::StrCat(placed.id, " (", element.body().name(), ")"));
  }
  return absl::StrJoin(out, ", ");
}

absl::Status CheckValidated(const LifeInput& in, const std::string& id) {
  const absl::string_view field = "fact.evaluation_validated.body_id";
  RETURN_IF_ERROR(CheckBody(in, id, field));
  const auto odd =
      rules::CheckValidatingBody(FindElementAnywhere(in.data, id, in.context.today)->body());
  if (!odd.has_value()) return absl::OkStatus();
  const std::string charged = ChargedBodies(in.text);
  if (charged.empty()) {
    return UnlessProven(in, Blocked(*odd, field,
                                    {"Aucune instance n'en est chargée : proposez un avenant.",
                                     "No body is charged with it: propose an avenant."}));
  }
  return UnlessProven(in,
                      Blocked(*odd, field,
                              {absl::StrCat("Celles qui en sont chargées : ", charged, "."),
                               absl::StrCat("Those that are charged with it: ", charged, ".")}));
}

absl::Status CheckHolder(const LifeInput& in, const std::string& holder) {
  const absl::string_view field = "fact.data_exchange_requested.holder_partner_id";
  RETURN_IF_ERROR(UnlessProven(in, RequireNotOver(in, "fact.happened_on")));
  if (in.roll.parties.count(holder) == 0) {
    return FieldError("party", field,
                      absl::StrCat("« ", holder, " » n'est pas partie à la convention."),
                      absl::StrCat("\"", holder, "\" is no party to the convention."));
  }
  if (holder != in.context.partner_id) return absl::OkStatus();
  return FieldError("party", field, "on demande ses données à une autre partie.",
                    "data are asked for from another party.");
}

// L-24, L-60: who holds the data asked for on the day of the fact.
std::string HolderOfData(const LifeInput& in) {
  const LifeFact& request = *in.line->opening;
  return SpeakerFor(in.book, in.data.Text(request.detail), request.day, in.day);
}

// L-24: what is accepted is in the register of processing; against the opinion, it says why.
absl::Status CheckAccepted(const LifeInput& in, const Life& fact) {
  const v1::DataExchangeDecided& decided = fact.data_exchange_decided();
  if (!decided.accepted()) return absl::OkStatus();
  RETURN_IF_ERROR(RequireNotOver(in, "fact.happened_on"));
  if (const auto odd = rules::CheckExchangeRegistered(!decided.register_reference().empty())) {
    return Blocked(*odd, "fact.data_exchange_decided.register_reference",
                   {"Donnez l'inscription au registre : --register.",
                    "Give the entry in the register: --register."});
  }
  const LifeFact* const opinion = LastOpinion(in.data, in.book, *in.line, in.day);
  if (!absl::StripAsciiWhitespace(fact.text()).empty() || opinion == nullptr) {
    return absl::OkStatus();
  }
  const auto against = rules::CheckAgainstOpinion(opinion->variant != 0, opinion->day);
  if (!against.has_value()) return absl::OkStatus();
  return Blocked(*against, "fact.text",
                 {"Dites pourquoi (--text) : la décision est alors enregistrée, avec un constat.",
                  "Say why (--text): the decision is then recorded, with a finding."});
}

absl::Status CheckMayDecide(const LifeInput& in, const Life& fact) {
  const std::string& holder = in.data.Text(in.line->opening->detail);
  const bool decided = !in.book.StandingFor(*in.line, Life::kDataExchangeDecided, holder).empty();
  if (decided && fact.replaces().empty()) {
    return ToStatus({.code = absl::StatusCode::kFailedPrecondition,
                     .rule = "L-24",
                     .field = "fact.answers",
                     .fr = "L-24 : cette demande est déjà décidée.",
                     .en = "L-24: this request is already decided.",
                     .next_fr = "Corrigez la décision (--replaces, --reason), ou faites une "
                                "demande nouvelle.",
                     .next_en = "Correct the decision (--replaces, --reason), or make another "
                                "request."});
  }
  const auto odd = rules::CheckMayDecideExchange(FirstOpinion(in.data, in.book, *in.line), in.day);
  if (!odd.has_value()) return CheckAccepted(in, fact);
  return Blocked(
      *odd, "fact.answers",
      {"Demandez l'avis : greffe data opinion CONVENTION FAIT, par le délégué (rôle dpo).",
       "Ask for the opinion: greffe data opinion CONVENTION FACT, by the officer (role dpo)."});
}

absl::Status CheckDecided(const LifeInput& in, const Life& fact) {
  RETURN_IF_ERROR(OwnPartner("fact.answers", HolderOfData(in), in));
  return UnlessProven(in, CheckMayDecide(in, fact));
}

// The party that the fact is about, the user's own, with that office.
absl::Status CheckOffice(const LifeInput& in, const Life& fact, const std::string& office_id,
                         absl::string_view field) {
  const v1::Element* const element =
      FindElementAnywhere(in.data, fact.element_id(), in.context.today);
  // Or who succeeded it by law (L-60).
  const std::string holder = in.roll.HolderOf(fact.element_id());
  RETURN_IF_ERROR(
      OwnPartner("fact.element_id", holder.empty() ? element->party().partner_id() : holder, in));
  for (const v1::SigningOffice& office : element->party().signing_offices()) {
    if (office.id() == office_id) return absl::OkStatus();
  }
  return FieldError("office", field,
                    absl::StrCat("« ", office_id, " » n'est pas une fonction de cette partie."),
                    absl::StrCat("\"", office_id, "\" is no office of this party."));
}

absl::Status CheckAttested(const LifeInput& in) {
  if (rules::Attests(in.data.PartnerOf(in.line->root->event), in.context.partner_id)) {
    return absl::OkStatus();
  }
  return ToStatus({.code = absl::StatusCode::kFailedPrecondition,
                   .rule = "L-27",
                   .field = "fact.answers",
                   .fr = "L-27 : une rectification est attestée par une autre partie que son "
                         "auteur.",
                   .en = "L-27: a correction is attested by another party than its author.",
                   .next_fr = "Demandez-le à une autre partie.",
                   .next_en = "Ask another party."});
}

absl::Status CheckSucceeded(const LifeInput& in, const Life& fact) {
  const v1::PartySucceeded& succeeded = fact.party_succeeded();
  const std::string& after = succeeded.successor_partner_id();
  if (!after.empty() && in.roll.HolderOf(fact.element_id()) == after && fact.replaces().empty()) {
    return FieldError("party", "fact.party_succeeded.successor_partner_id",
                      absl::StrCat("« ", after, " » est déjà dans la place de cette partie."),
                      absl::StrCat("\"", after, "\" is already in the place of this party."));
  }
  // A legal person does not succeed itself: who keeps its SIREN is the same party.
  const v1::Element* const party =
      FindElementAnywhere(in.data, fact.element_id(), in.context.today);
  const std::string& siren = succeeded.successor_siren();
  if (!siren.empty() && party != nullptr && party->party().siren() == siren) {
    return FieldError("party", "fact.party_succeeded.successor_siren",
                      absl::StrCat(siren,
                                   " est le SIREN de la partie elle-même : donnez celui de "
                                   "qui lui succède (L-60)."),
                      absl::StrCat(siren,
                                   " is the SIREN of the party itself: give that of who "
                                   "succeeds it (L-60)."));
  }
  return absl::OkStatus();
}

absl::Status CheckMessage(const std::string& code) {
  const std::size_t dash = code.find('-');
  const bool fits = dash == 1 && code.size() <= 4 && AllDigits(code.substr(0, 1)) &&
                    AllDigits(code.substr(2)) && code[0] >= '1' && code[0] <= '7';
  if (fits) return absl::OkStatus();
  return FieldError("message-code", "fact.legality_message_recorded.code",
                    absl::StrCat("« ", code, " » donné, attendu un code comme 3-1 ou 4-1."),
                    absl::StrCat("got \"", code, "\", want a code such as 3-1 or 4-1."));
}

absl::Status CheckAct(const LifeInput& in, const std::string& act_id, absl::string_view field) {
  const auto id = ActId::FromBytes(act_id, field);
  if (id.ok() && in.data.FindAct(*id) != nullptr) return absl::OkStatus();
  return ActNotFound(id.ok() ? id->ToHex() : "");
}

// What is posted says something; a reply stays with the act of the comment that it answers.
absl::Status CheckComment(const LifeInput& in, const Life& fact) {
  const std::string& act_id = fact.comment_posted().act_id();
  RETURN_IF_ERROR(CheckAct(in, act_id, "fact.comment_posted.act_id"));
  if (fact.text().empty()) {
    return FieldError("required", "fact.text", "écrivez le commentaire (--text).",
                      "write the comment (--text).");
  }
  if (in.line == nullptr) return absl::OkStatus();
  ASSIGN_OR_RETURN(const v1::Event answered,
                   ReadStored(in.data, in.context.read_event, in.line->opening->event));
  if (answered.life_recorded().comment_posted().act_id() == act_id) return absl::OkStatus();
  return FieldError("answers", "fact.comment_posted.act_id",
                    "une réponse porte sur l'acte du commentaire auquel elle répond.",
                    "a reply is about the act of the comment that it answers.");
}

// A review that nobody asked for is no answer; one on paper was given all the same.
absl::Status CheckReview(const LifeInput& in, const Life& fact) {
  if (fact.review_given().verdict() == v1::REVIEW_VERDICT_RESERVED && fact.text().empty()) {
    return FieldError("required", "fact.text", "dites vos réserves (--text).",
                      "say your reservations (--text).");
  }
  const std::string& partner = in.context.partner_id;
  if (!fact.evidence_digest().empty() || WasAsked(in.data, in.book, *in.line, partner, in.day)) {
    return absl::OkStatus();
  }
  const std::string name = PartnerName(in.data, partner);
  return ToStatus(
      {.code = absl::StatusCode::kFailedPrecondition,
       .rule = std::string(kReviewNotAsked),
       .field = "fact.answers",
       .fr = absl::StrCat("cette relecture n'a pas été demandée ", ToParty(name), "."),
       .en = absl::StrCat("this review was not asked from ", name, "."),
       .next_fr = absl::StrCat("Faites-la demander (greffe review ask --partner ", partner,
                               "), ou joignez l'avis écrit (--evidence) : il "
                               "est alors enregistré, avec un constat."),
       .next_en = absl::StrCat("Have it asked for (greffe review ask --partner ", partner,
                               "), or give the written review (--evidence): "
                               "it is then recorded, with a finding.")});
}

absl::Status CheckReviewers(const LifeInput& in, const v1::ReviewRequested& review) {
  RETURN_IF_ERROR(CheckAct(in, review.act_id(), "fact.review_requested.act_id"));
  for (int i = 0; i < review.partner_ids_size(); ++i) {
    if (in.roll.parties.count(review.partner_ids(i)) > 0) continue;
    return FieldError(
        "party", absl::StrCat("fact.review_requested.partner_ids[", i, "]"),
        absl::StrCat("« ", review.partner_ids(i), " » n'est pas partie à la convention."),
        absl::StrCat("\"", review.partner_ids(i), "\" is no party to the convention."));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status CheckOther(const LifeInput& in, const Life& fact) {
  switch (fact.fact_case()) {
    case Life::kEvaluationReported:
      return CheckEvaluation(in, fact.evaluation_reported());
    case Life::kEvaluationValidated:
      return CheckValidated(in, fact.evaluation_validated().body_id());
    case Life::kCommitteeConsulted:
      return CheckBody(in, fact.committee_consulted().body_id(),
                       "fact.committee_consulted.body_id");
    case Life::kDataExchangeRequested:
      return CheckHolder(in, fact.data_exchange_requested().holder_partner_id());
    case Life::kDpoOpinionGiven:
      return OwnPartner("fact.answers", HolderOfData(in), in);
    case Life::kDataExchangeDecided:
      return CheckDecided(in, fact);
    case Life::kRepresentativeChanged:
      return CheckOffice(in, fact, fact.representative_changed().office_id(),
                         "fact.representative_changed.office_id");
    case Life::kDelegationRecorded:
      RETURN_IF_ERROR(CheckOffice(in, fact, fact.delegation_recorded().office_id(),
                                  "fact.delegation_recorded.office_id"));
      return CheckDates("fact.delegation_recorded.until", fact.delegation_recorded().from(),
                        fact.delegation_recorded().until());
    case Life::kErrorCorrected:
    case Life::kUncoveredChangeObserved:
    case Life::kClauseDeemedUnwritten:
      return CheckWords(in, fact);
    case Life::kCorrectionAttested:
      return CheckAttested(in);
    case Life::kPartySucceeded:
      return CheckSucceeded(in, fact);
    case Life::kRenewalLinked:
      return CheckDates("fact.renewal_linked.end_date", fact.renewal_linked().start_date(),
                        fact.renewal_linked().end_date());
    case Life::kLegalityMessageRecorded:
      return CheckMessage(fact.legality_message_recorded().code());
    case Life::kCommentPosted:
      return CheckComment(in, fact);
    case Life::kReviewGiven:
      return CheckReview(in, fact);
    case Life::kReviewRequested:
      return CheckReviewers(in, fact.review_requested());
    default:
      return absl::OkStatus();
  }
}

}  // namespace greffe
