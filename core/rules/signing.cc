#include "core/rules/signing.h"

#include <algorithm>
#include <map>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/rules/sentence.h"
#include "core/rules/words.h"

namespace greffe::rules {
namespace {

constexpr absl::string_view kFeminine[] = {
#include "core/rules/lexicon/feminine_offices.inc"
};

// « le maire », « la présidente », « l'adjointe au maire ».
std::string WithArticle(absl::string_view office) {
  const std::vector<std::string> words = FoldedWords(office);
  std::string lower(office);
  if (!lower.empty()) lower[0] = absl::ascii_tolower(static_cast<unsigned char>(lower[0]));
  if (words.empty()) return lower;
  if (absl::StrContains("aeiou", words.front().substr(0, 1))) return absl::StrCat("l'", lower);
  const bool feminine =
      std::find(std::begin(kFeminine), std::end(kFeminine), words.front()) != std::end(kFeminine);
  return absl::StrCat(feminine ? "la " : "le ", lower);
}

const std::string& NameOf(const DelegatedSignature& signature) {
  return signature.office.empty() ? signature.office_id : signature.office;
}

Oddity Odd(absl::string_view code, Words words) {
  return {Rule::kDelegation, code, v1::FINDING_SEVERITY_SERIOUS, std::move(words)};
}

}  // namespace

std::vector<std::vector<std::size_t>> SigningGroups(std::span<const v1::Signatory> signatories) {
  std::vector<std::vector<std::size_t>> groups;
  std::map<std::string, std::size_t> group_of;
  for (std::size_t i = 0; i < signatories.size(); ++i) {
    const v1::Signatory& one = signatories[i];
    if (!one.one_of() || !IsOn(Rule::kSigningPolicy)) {
      groups.push_back({i});
      continue;
    }
    const auto [group, first] = group_of.emplace(one.partner_id(), groups.size());
    if (first) groups.emplace_back();
    groups[group->second].push_back(i);
  }
  return groups;
}

bool MakeOneAct(std::size_t given, std::size_t needed) {
  return needed > 0 && given == needed && (needed == 1 || IsOn(Rule::kOriginals));
}

Words OnBehalf(const Behalf& behalf) {
  if (behalf.capacity.empty()) return {};
  return {absl::StrCat("pour ", WithArticle(behalf.office),
                       behalf.delegated ? ", par délégation" : "", " : ", behalf.capacity),
          absl::StrCat("for the ", behalf.office, behalf.delegated ? ", by delegation" : "", ": ",
                       behalf.capacity)};
}

std::vector<Oddity> CheckDelegation(const DelegationOnRecord& delegation,
                                    const DelegatedSignature& signature) {
  std::vector<Oddity> out;
  if (!IsOn(Rule::kDelegation)) return out;
  if (delegation.office_id != signature.office_id) {
    out.push_back(Odd("delegation-office",
                      {absl::StrCat("la délégation est donnée pour « ", delegation.office_id,
                                    " », la signature pour « ", NameOf(signature), " »."),
                       absl::StrCat("the delegation is given for \"", delegation.office_id,
                                    "\", the signature for \"", NameOf(signature), "\".")}));
  }
  if (FoldedWords(delegation.capacity) != FoldedWords(signature.capacity)) {
    out.push_back(
        Odd("delegation-capacity",
            {absl::StrCat("la délégation est donnée à « ", delegation.capacity,
                          " », la signature en qualité de « ", signature.capacity, " »."),
             absl::StrCat("the delegation is given to \"", delegation.capacity,
                          "\", the signature in the capacity of \"", signature.capacity, "\".")}));
  }
  const bool early = delegation.from.has_value() && signature.signed_on < *delegation.from;
  const bool late = delegation.until.has_value() && *delegation.until < signature.signed_on;
  if (early || late) {
    const CivilDate bound = early ? *delegation.from : *delegation.until;
    out.push_back(Odd(
        "delegation-period",
        {absl::StrCat(early ? "la délégation ne commence que le " : "la délégation a pris fin le ",
                      DateFr(bound), "."),
         absl::StrCat(early ? "the delegation starts only on " : "the delegation ended on ",
                      DateEn(bound), ".")}));
  }
  return out;
}

std::optional<Oddity> CheckSomebodySigns(std::size_t offices) {
  if (!IsOn(Rule::kSomebodySigns) || offices > 0) return std::nullopt;
  return Oddity{Rule::kSomebodySigns,
                "nobody-signs",
                FindingSeverityOf(RowOf(Rule::kSomebodySigns).severity),
                {"il faut au moins une partie avec un signataire (L-02).",
                 "at least one party with a signing office is wanted (L-02)."}};
}

std::optional<Oddity> CheckPartySigns(std::size_t offices, bool deliberates) {
  if (!IsOn(Rule::kSomebodySigns) || offices > 0) return std::nullopt;
  return Oddity{Rule::kSomebodySigns,
                "party-without-signatory",
                deliberates ? v1::FINDING_SEVERITY_SERIOUS : v1::FINDING_SEVERITY_WARNING,
                {absl::StrCat("partie sans signataire (signing_offices)",
                              deliberates ? ", dont le texte dit que l'assemblée délibère" : "",
                              " : la convention se conclut sans elle (L-13, CHK-19)."),
                 absl::StrCat("a party without a signing office (signing_offices)",
                              deliberates ? ", of which the text says that its assembly votes" : "",
                              ": the convention is concluded without it (L-13, CHK-19).")},
                "signing_offices"};
}

std::optional<Oddity> CheckCapacity(std::span<const DelegationOnRecord> on_record,
                                    const DelegatedSignature& signature) {
  if (!IsOn(Rule::kDelegation) || signature.capacity.empty()) return std::nullopt;
  const bool held = std::any_of(on_record.begin(), on_record.end(), [&](const auto& one) {
    return CheckDelegation(one, signature).empty();
  });
  if (held) return std::nullopt;
  return Odd("capacity-without-delegation",
             {absl::StrCat("aucune délégation enregistrée ne permet de signer pour « ",
                           NameOf(signature), " » en qualité de « ", signature.capacity, " » le ",
                           DateFr(signature.signed_on), "."),
              absl::StrCat("no delegation on record allows a signature for \"", NameOf(signature),
                           "\" in the capacity of \"", signature.capacity, "\" on ",
                           DateEn(signature.signed_on), ".")});
}

std::optional<Oddity> CheckCapacityStill(std::span<const DelegationOnRecord> by_now,
                                         const DelegatedSignature& signature) {
  if (!CheckCapacity(by_now, signature).has_value()) return std::nullopt;
  Words words = {
      absl::StrCat("signé le ", DateFr(signature.signed_on), " pour « ", NameOf(signature),
                   " » en qualité de « ", signature.capacity,
                   " », par une délégation qui, telle qu'elle est enregistrée depuis, ne "
                   "couvre pas ce jour"),
      absl::StrCat("signed on ", DateEn(signature.signed_on), " for \"", NameOf(signature),
                   "\" in the capacity of \"", signature.capacity,
                   "\", by a delegation that, as it is on record since, does not cover "
                   "that day")};
  for (const DelegationOnRecord& one : by_now) {
    const std::vector<Oddity> odd = CheckDelegation(one, signature);
    if (odd.size() != 1 || odd.front().code != "delegation-period") continue;
    absl::StrAppend(&words.fr, " : ", odd.front().words.fr);
    absl::StrAppend(&words.en, ": ", odd.front().words.en);
    return Odd("capacity-without-delegation", std::move(words));
  }
  words.fr += ".";
  words.en += ".";
  return Odd("capacity-without-delegation", std::move(words));
}

}  // namespace greffe::rules
