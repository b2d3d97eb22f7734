#include "server/identity/partners.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "core/base/limits.h"
#include "core/base/refusal.h"
#include "core/base/siren.h"
#include "core/base/status_macros.h"
#include "core/base/text.h"

namespace greffe {
namespace {

constexpr char kPartnersTable[] = "partners";
// One row: the id of the partner whose replica this is.
constexpr char kOwnTable[] = "own-partner";
constexpr char kOwnKey[] = "id";

RecordRow OwnRow(absl::string_view partner_id) {
  return {.table = kOwnTable, .key = kOwnKey, .value = std::string(partner_id)};
}

// Empty when the store does not say.
absl::StatusOr<std::string> LoadOwn(const EventStore& store) {
  absl::StatusOr<std::string> own = store.ReadRecord(kOwnTable, kOwnKey);
  if (absl::IsNotFound(own.status())) return std::string();
  return own;
}

bool AreDigits(absl::string_view text, std::size_t count) {
  return text.size() == count && std::all_of(text.begin(), text.end(), [](char c) {
           return absl::ascii_isdigit(static_cast<unsigned char>(c));
         });
}

// Five characters, of which the second may be A or B (Corsica).
bool IsInsee(absl::string_view text) {
  return text.size() == 5 && absl::ascii_isdigit(static_cast<unsigned char>(text[0])) &&
         (absl::ascii_isdigit(static_cast<unsigned char>(text[1])) || text[1] == 'A' ||
          text[1] == 'B') &&
         AreDigits(text.substr(2), 3);
}

absl::Status BadField(absl::string_view field, absl::string_view rule, absl::string_view fr,
                      absl::string_view en) {
  return ToStatus({.rule = std::string(rule),
                   .field = std::string(field),
                   .fr = std::string(fr),
                   .en = std::string(en),
                   .next_fr = absl::StrCat("Corrigez ", field, ", puis recommencez."),
                   .next_en = absl::StrCat("Correct ", field, ", then try again.")});
}

}  // namespace

absl::StatusOr<v1::PartnerCard> NormalisePartnerCard(const v1::PartnerCard& card,
                                                     absl::string_view field) {
  v1::PartnerCard out;
  RETURN_IF_ERROR(CheckSlug(card.partner_id(), absl::StrCat(field, ".partner_id")));
  out.set_partner_id(card.partner_id());
  const std::string name_field = absl::StrCat(field, ".name");
  ASSIGN_OR_RETURN(*out.mutable_name(),
                   NormaliseText(card.name(), name_field, 4 * limits::kTitleCharacters));
  const std::size_t characters = CountCodePoints(out.name());
  if (characters == 0 || characters > limits::kTitleCharacters) {
    return BadField(name_field, "limit-title",
                    absl::StrCat("Le nom doit compter 1 à ", limits::kTitleCharacters,
                                 " caractères, pas ", characters, "."),
                    absl::StrCat("The name must be 1 to ", limits::kTitleCharacters,
                                 " characters, not ", characters, "."));
  }
  if (out.name().find_first_of("\n\t") != std::string::npos) {
    return BadField(name_field, "text-line", "Le nom tient sur une ligne, sans tabulation.",
                    "The name is one line, without tabs.");
  }
  if (!v1::PartnerKind_IsValid(card.kind()) || card.kind() == v1::PARTNER_KIND_UNSPECIFIED) {
    return BadField(absl::StrCat(field, ".kind"), "partner-kind",
                    "La nature du partenaire manque : caf, commune, intercommunality, syndicate, "
                    "state, national-education, department ou other.",
                    "The partner's kind is missing: caf, commune, intercommunality, syndicate, "
                    "state, national-education, department or other.");
  }
  out.set_kind(card.kind());
  if (!card.siren().empty() && !AreDigits(card.siren(), 9)) {
    return BadField(absl::StrCat(field, ".siren"), "siren", "Un numéro SIREN compte neuf chiffres.",
                    "A SIREN number is nine digits.");
  }
  out.set_siren(card.siren());
  if (!card.insee().empty() && !IsInsee(card.insee())) {
    return BadField(absl::StrCat(field, ".insee"), "insee",
                    "Un code INSEE de commune compte cinq caractères, comme 47015 ou 2A004.",
                    "An INSEE code of a commune is five characters, such as 47015 or 2A004.");
  }
  out.set_insee(card.insee());
  return out;
}

absl::StatusOr<v1::PartnerCard> EnteredPartnerCard(const v1::PartnerCard& card,
                                                   absl::string_view field) {
  ASSIGN_OR_RETURN(v1::PartnerCard out, NormalisePartnerCard(card, field));
  if (!out.siren().empty() && !IsValidSiren(out.siren())) {
    return BadField(absl::StrCat(field, ".siren"), "CHK-01",
                    "CHK-01 : la clé de ce numéro SIREN est fausse.",
                    "CHK-01: the key of this SIREN number is wrong.");
  }
  return out;
}

absl::StatusOr<std::vector<v1::PartnerCard>> NormalisePartnerCards(
    const google::protobuf::RepeatedPtrField<v1::PartnerCard>& cards) {
  if (static_cast<std::size_t>(cards.size()) > limits::kPartnersPerReplica) {
    return absl::InvalidArgumentError(absl::StrCat("partners: got ", cards.size(),
                                                   ", want at most ", limits::kPartnersPerReplica));
  }
  std::vector<v1::PartnerCard> out;
  for (const v1::PartnerCard& card : cards) {
    ASSIGN_OR_RETURN(out.emplace_back(),
                     NormalisePartnerCard(card, absl::StrCat("partners[", out.size(), "]")));
  }
  return out;
}

absl::StatusOr<std::unique_ptr<Partners>> Partners::Open(const EventStore& store,
                                                         RecordWriter writer) {
  ASSIGN_OR_RETURN(auto partners, LoadRecords<v1::PartnerCard>(store, kPartnersTable));
  ASSIGN_OR_RETURN(std::string own, LoadOwn(store));
  return std::unique_ptr<Partners>(
      new Partners(store, std::move(writer), std::move(partners), std::move(own)));
}

absl::Status Partners::Reload() {
  absl::MutexLock change(&change_mu_);
  ASSIGN_OR_RETURN(auto partners, LoadRecords<v1::PartnerCard>(store_, kPartnersTable));
  ASSIGN_OR_RETURN(std::string own, LoadOwn(store_));
  absl::MutexLock lock(&mu_);
  partners_ = std::move(partners);
  if (!own.empty()) own_ = std::move(own);
  return absl::OkStatus();
}

std::vector<v1::PartnerCard> Partners::List() const {
  absl::ReaderMutexLock lock(&mu_);
  std::vector<v1::PartnerCard> out;
  for (const auto& [id, card] : partners_) out.push_back(card);
  return out;
}

std::vector<std::string> Partners::Ids() const {
  absl::ReaderMutexLock lock(&mu_);
  std::vector<std::string> out;
  for (const auto& [id, card] : partners_) out.push_back(id);
  return out;
}

bool Partners::Has(absl::string_view partner_id) const {
  absl::ReaderMutexLock lock(&mu_);
  return partners_.count(std::string(partner_id)) > 0;
}

std::string Partners::Own() const {
  absl::ReaderMutexLock lock(&mu_);
  return own_;
}

absl::Status Partners::KeepOwn(absl::string_view partner_id) {
  absl::MutexLock change(&change_mu_);
  {
    absl::MutexLock lock(&mu_);
    if (own_ == partner_id) return absl::OkStatus();
    own_ = std::string(partner_id);
  }
  return writer_({OwnRow(partner_id)});
}

absl::StatusOr<v1::PartnerCard> Partners::Add(const v1::PartnerCard& card) {
  ASSIGN_OR_RETURN(const v1::PartnerCard kept, EnteredPartnerCard(card, "card"));
  absl::MutexLock change(&change_mu_);
  bool first = false;
  {
    absl::ReaderMutexLock lock(&mu_);
    first = partners_.empty();
    if (partners_.count(kept.partner_id()) > 0) {
      return ToStatus(
          {.code = absl::StatusCode::kAlreadyExists,
           .rule = "partner-here",
           .field = "card.partner_id",
           .fr = absl::StrCat("Cette réplique agit déjà pour « ", kept.partner_id(), " »."),
           .en = absl::StrCat("This replica already acts for \"", kept.partner_id(), "\"."),
           .next_fr = "Voyez la liste : greffe partner list",
           .next_en = "See the list: greffe partner list"});
    }
    if (partners_.size() >= limits::kPartnersPerReplica) {
      return ToStatus({.code = absl::StatusCode::kResourceExhausted,
                       .rule = "limit-partners",
                       .field = "card",
                       .fr = absl::StrCat("Cette réplique agit déjà pour ",
                                          limits::kPartnersPerReplica, " partenaires, le maximum."),
                       .en = absl::StrCat("This replica already acts for ",
                                          limits::kPartnersPerReplica, " partners, the most."),
                       .next_fr = "Ouvrez une seconde réplique pour les suivants : greffed init",
                       .next_en = "Open a second replica for further ones: greffed init"});
    }
  }
  std::vector<RecordRow> rows = {MakeRecord(kPartnersTable, kept.partner_id(), kept)};
  if (first) rows.push_back(OwnRow(kept.partner_id()));
  RETURN_IF_ERROR(writer_(std::move(rows)));
  absl::MutexLock lock(&mu_);
  partners_[kept.partner_id()] = kept;
  if (first) own_ = kept.partner_id();
  return kept;
}

std::string OwnPartner(absl::string_view named, const std::vector<v1::PartnerCard>& partners,
                       const std::vector<v1::UserView>& users, absl::string_view replica_name) {
  // When the first administrator of each partner was added, to the second.
  std::map<std::string, std::int64_t> administered;
  for (const v1::UserView& user : users) {
    if (std::find(user.roles().begin(), user.roles().end(), v1::ROLE_ADMIN) == user.roles().end()) {
      continue;
    }
    const std::int64_t added = user.added_at().seconds();
    const auto [row, fresh] = administered.try_emplace(user.partner_id(), added);
    if (!fresh) row->second = std::min(row->second, added);
  }
  if (administered.count(std::string(named)) > 0) return std::string(named);
  std::vector<std::string> of_its_name;
  std::optional<std::pair<std::int64_t, std::string>> first;
  for (const v1::PartnerCard& card : partners) {
    const auto row = administered.find(card.partner_id());
    if (row == administered.end()) continue;
    if (card.name() == replica_name) of_its_name.push_back(card.partner_id());
    const std::pair candidate(row->second, card.partner_id());
    if (!first.has_value() || candidate < *first) first = candidate;
  }
  if (of_its_name.size() == 1) return of_its_name.front();
  if (first.has_value()) return first->second;
  return named.empty() && partners.size() == 1 ? partners.front().partner_id() : std::string(named);
}

}  // namespace greffe
