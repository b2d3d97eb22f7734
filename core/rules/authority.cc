#include "core/rules/authority.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "core/rules/words.h"

namespace greffe::rules {
namespace {

Words Missing(bool published, bool received, std::optional<CivilDate> sent) {
  if (published && sent) {
    return {
        absl::StrCat("transmise le ", DateFr(*sent), ", réception en préfecture à prouver"),
        absl::StrCat("transmitted on ", DateEn(*sent), ", receipt by the préfecture to be proven")};
  }
  if (published) {
    return {"réception en préfecture à prouver", "receipt by the préfecture to be proven"};
  }
  if (received) return {"publication à prouver", "publication to be proven"};
  return {"publication et réception en préfecture à prouver",
          "publication and receipt by the préfecture to be proven"};
}

}  // namespace

Minute ParseMinute(absl::string_view text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  for (const std::size_t i : {0, 1, 3, 4}) {
    if (!absl::ascii_isdigit(static_cast<unsigned char>(text[i]))) return std::nullopt;
  }
  const int hour = (text[0] - '0') * 10 + (text[1] - '0');
  const int minute = (text[3] - '0') * 10 + (text[4] - '0');
  if (hour > 23 || minute > 59) return std::nullopt;
  return hour * 60 + minute;
}

Executory ExecutoryOf(const v1::Deliberation& vote) {
  const auto published = CivilDate::TryParse(vote.published_on());
  const auto received = CivilDate::TryParse(vote.received_on());
  Executory out;
  if (!IsOn(Rule::kExecutory)) {
    // Switched off, the vote alone is enough.
    out.on = CivilDate::TryParse(vote.sitting_on());
    return out;
  }
  const auto sent = CivilDate::TryParse(vote.transmitted_on());
  if (!published || !received) {
    out.on = CivilDate::TryParse(vote.certified_executory_on());
    out.why = out.on ? Words{absl::StrCat("certifiée exécutoire le ", DateFr(*out.on)),
                             absl::StrCat("certified exécutoire on ", DateEn(*out.on))}
                     : Missing(published.has_value(), received.has_value(), sent);
    return out;
  }
  const Minute published_at = ParseMinute(vote.published_time());
  const Minute received_at = ParseMinute(vote.received_time());
  // Receipt proves the transmission, and cannot precede it: whatever says so proves nothing.
  const bool sent_before = sent && *sent < *received;
  const CivilDate transmitted = sent_before ? *sent : *received;
  out.on = std::max(*published, transmitted);
  if (*published < transmitted) {
    // Of a transmission only the day is known.
    if (!sent_before) out.at = received_at;
  } else if (transmitted < *published) {
    out.at = published_at;
  } else if (sent_before) {
    // Both that day, and the receipt later.
  } else if (published_at.has_value() && received_at.has_value()) {
    out.at = std::max(*published_at, *received_at);
  }
  out.why.fr = absl::StrCat("publiée le ", DateFr(*published),
                            sent_before ? absl::StrCat(", transmise le ", DateFr(*sent)) : "",
                            ", reçue en préfecture le ", DateFr(*received), " : exécutoire le ",
                            DateFr(*out.on));
  out.why.en = absl::StrCat("published on ", DateEn(*published),
                            sent_before ? absl::StrCat(", transmitted on ", DateEn(*sent)) : "",
                            ", received by the préfecture on ", DateEn(*received),
                            ": exécutoire on ", DateEn(*out.on));
  return out;
}

Order OrderOfSignature(const Executory& executory, CivilDate signed_on, Minute signed_at) {
  if (!IsOn(Rule::kSignatureOrder)) return Order::kAfter;
  if (!executory.on.has_value()) return Order::kNotProven;
  if (signed_on < *executory.on) return Order::kBefore;
  if (signed_on > *executory.on) return Order::kAfter;
  const bool proven =
      executory.at.has_value() && signed_at.has_value() && *signed_at > *executory.at;
  return proven ? Order::kAfter : Order::kSameDay;
}

bool IsInScope(const v1::MandateScope& scope, const Avenant& avenant) {
  if (!IsOn(Rule::kMandateLimits)) return true;
  const auto from = CivilDate::TryParse(scope.covers_from());
  const auto until = CivilDate::TryParse(scope.covers_until());
  const bool proposed = scope.proposer().empty() || scope.proposer() == avenant.proposer;
  return proposed && (!from || avenant.on >= *from) && (!until || avenant.on <= *until);
}

v1::MandateCoverage CoverageOf(const v1::MandateScope& scope, const Avenant& avenant) {
  if (!IsOn(Rule::kMandateScope)) return v1::MANDATE_COVERAGE_COVERED;
  if (scope.reach() == v1::MANDATE_REACH_EXECUTION) return v1::MANDATE_COVERAGE_LEGAL_REVIEW;
  if (scope.reach() != v1::MANDATE_REACH_AVENANTS) return v1::MANDATE_COVERAGE_NEW_DELIBERATION;
  if (!IsInScope(scope, avenant)) return v1::MANDATE_COVERAGE_NEW_DELIBERATION;
  return HasQuote(scope) ? v1::MANDATE_COVERAGE_COVERED : v1::MANDATE_COVERAGE_LEGAL_REVIEW;
}

bool HasQuote(const v1::MandateScope& scope) {
  return !absl::StripAsciiWhitespace(scope.quote()).empty();
}

std::vector<Oddity> CheckScopeLimits(const v1::MandateScope& scope, bool proposer_is_party) {
  std::vector<Oddity> out;
  if (!IsOn(Rule::kMandateLimits)) return out;
  const auto from = CivilDate::TryParse(scope.covers_from());
  const auto until = CivilDate::TryParse(scope.covers_until());
  if (from.has_value() && until.has_value() && *until < *from) {
    out.push_back({Rule::kMandateLimits,
                   "scope-period",
                   v1::FINDING_SEVERITY_SERIOUS,
                   {absl::StrCat("le mandat commencerait le ", DateFr(*from), " et finirait le ",
                                 DateFr(*until), ", avant de commencer : il ne couvre aucun jour."),
                    absl::StrCat("the mandate would begin on ", DateEn(*from), " and end on ",
                                 DateEn(*until), ", before it begins: it covers no day.")},
                   "scope.covers_until"});
  }
  if (!scope.proposer().empty() && !proposer_is_party) {
    out.push_back({Rule::kMandateLimits,
                   "scope-proposer",
                   v1::FINDING_SEVERITY_SERIOUS,
                   {absl::StrCat("le mandat ne vaut que pour les avenants de « ", scope.proposer(),
                                 " », qui n'est pas une partie : il n'en couvre aucun."),
                    absl::StrCat("the mandate holds only for avenants of \"", scope.proposer(),
                                 "\", which is no party: it covers none.")},
                   "scope.proposer"});
  }
  return out;
}

std::optional<Oddity> CheckScopeQuoted(const v1::MandateScope& scope) {
  const bool beyond =
      scope.reach() == v1::MANDATE_REACH_AVENANTS || scope.reach() == v1::MANDATE_REACH_EXECUTION;
  if (!IsOn(Rule::kMandateScope) || !beyond || HasQuote(scope)) return std::nullopt;
  return Oddity{Rule::kMandateScope,
                "scope-without-quote",
                v1::FINDING_SEVERITY_WARNING,
                {"le mandat irait au-delà du texte voté, et la phrase qui le dit n'est pas "
                 "enregistrée : il ne couvre aucun avenant à coup sûr.",
                 "the mandate would go beyond the text voted, and the sentence that says so is not "
                 "on record: it covers no avenant for sure."},
                "scope.quote"};
}

bool HasBasis(v1::AuthorityStage stage) {
  return stage == v1::AUTHORITY_STAGE_NOT_REQUIRED || stage == v1::AUTHORITY_STAGE_EXECUTORY ||
         !IsOn(Rule::kPartyReady);
}

}  // namespace greffe::rules
