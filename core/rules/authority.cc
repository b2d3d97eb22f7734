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
  return IsInScope(scope, avenant) ? v1::MANDATE_COVERAGE_COVERED
                                   : v1::MANDATE_COVERAGE_NEW_DELIBERATION;
}

bool HasBasis(v1::AuthorityStage stage) {
  return stage == v1::AUTHORITY_STAGE_NOT_REQUIRED || stage == v1::AUTHORITY_STAGE_EXECUTORY ||
         !IsOn(Rule::kPartyReady);
}

}  // namespace greffe::rules
