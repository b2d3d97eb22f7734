#include "core/convention/decide_common.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "core/base/french_name.h"
#include "core/base/status_macros.h"
#include "core/base/text.h"
#include "core/convention/elements/french.h"
#include "core/convention/state/order.h"
#include "core/convention/text/check_tree.h"
#include "core/convention/text/party_book.h"
#include "core/rules/access.h"
#include "core/rules/printed.h"

namespace greffe {
namespace {

struct RoleName {
  v1::Role role;
  const char* fr;
  const char* en;
};

constexpr RoleName kRoleNames[] = {
    {v1::ROLE_COORDINATOR, "coordination", "coordinator"},
    {v1::ROLE_SECRETARIAT, "secrétariat", "secretariat"},
    {v1::ROLE_SIGNATORY, "signataire", "signatory"},
    {v1::ROLE_ADMIN, "administration", "admin"},
    {v1::ROLE_DPO, "protection des données", "dpo"},
    {v1::ROLE_AUDITOR, "audit", "auditor"},
};

// Six digits: a person can type them, and a prefix of fewer would name too many.
constexpr std::size_t kPrefixDigits = 6;

}  // namespace

absl::Status RequireRole(const CommandContext& context, std::initializer_list<v1::Role> roles) {
  return RequireRole(context, std::span<const v1::Role>(roles.begin(), roles.size()));
}

absl::Status RequireRole(const CommandContext& context, std::span<const v1::Role> roles) {
  if (rules::MayDecide(context.roles, roles)) return absl::OkStatus();
  std::vector<std::string> fr;
  std::vector<std::string> en;
  for (const v1::Role role : roles) {
    for (const RoleName& name : kRoleNames) {
      if (name.role != role) continue;
      fr.push_back(absl::StrCat("« ", name.fr, " » (", name.en, ")"));
      en.push_back(name.en);
    }
  }
  return ToStatus(
      {.code = absl::StatusCode::kPermissionDenied,
       .rule = "role",
       .fr = absl::StrCat(fr.size() > 1 ? "il faut l'un des rôles " : "il faut le rôle ",
                          absl::StrJoin(fr, " ou "), " pour cette commande."),
       .en = absl::StrCat("this command needs the role ", absl::StrJoin(en, " or "), "."),
       .next_fr = "Demandez ce rôle à l'administration de votre réplique "
                  "(greffe user set-roles).",
       .next_en = "Ask your replica's administrator for it (greffe user set-roles)."});
}

absl::Status RequirePartner(const StateData& data, const CommandContext& context) {
  if (data.openings.empty()) {
    return ToStatus({.code = absl::StatusCode::kNotFound,
                     .rule = "not-found",
                     .fr = "convention introuvable, ou qui n'est pas la vôtre.",
                     .en = "no such convention, or not yours.",
                     .next_fr = "La liste : greffe convention list.",
                     .next_en = "The list: greffe convention list."});
  }
  const TextNumber partner = data.FindText(context.partner_id);
  for (ReplicaNumber i = 0; partner != kNone && i < data.replicas.size(); ++i) {
    if (data.replicas[i].id == context.replica && data.ActsFor(i, partner)) {
      return absl::OkStatus();
    }
  }
  return ToStatus(
      {.code = absl::StatusCode::kFailedPrecondition,
       .rule = "roster",
       .fr =
           absl::StrCat("cette réplique n'agit pas pour ",
                        TheParty(PartnerName(data, context.partner_id)), " dans cette convention."),
       .en = absl::StrCat("this replica does not act for ", PartnerName(data, context.partner_id),
                          " in this convention."),
       .next_fr = "Demandez à un partenaire déjà présent : greffe convention share.",
       .next_en = "Ask a partner already in it: greffe convention share."});
}

absl::Status RequireUnderstood(const StateData& data) {
  if (!data.needs_newer_software) return absl::OkStatus();
  return ToStatus({.code = absl::StatusCode::kFailedPrecondition,
                   .rule = "newer-software",
                   .fr = "cette convention contient des événements d'une version plus récente de "
                         "Greffe : ni figer ni signer ici.",
                   .en = "this convention holds events of a newer Greffe: no freeze or signature "
                         "here.",
                   .next_fr = "Mettez Greffe à jour, puis recommencez.",
                   .next_en = "Update Greffe, then try again."});
}

absl::Status ActNotFound(absl::string_view given) {
  return ToStatus(
      {.code = absl::StatusCode::kNotFound,
       .rule = "not-found",
       .field = "act_id",
       .fr = absl::StrCat("acte « ", given, " » introuvable, ou qui n'est pas le vôtre."),
       .en = absl::StrCat("no act \"", given, "\", or not yours."),
       .next_fr = "Voyez les actes : greffe act list.",
       .next_en = "See the acts: greffe act list."});
}

absl::Status ElementNotFound(absl::string_view id) {
  return ToStatus(
      {.code = absl::StatusCode::kNotFound,
       .rule = "not-found",
       .field = "element_id",
       .fr = absl::StrCat("élément « ", id, " » introuvable, ou qui n'est pas le vôtre."),
       .en = absl::StrCat("no element \"", id, "\", or not yours."),
       .next_fr = "Voyez les éléments : greffe convention show.",
       .next_en = "See the elements: greffe convention show."});
}

absl::Status RevisionNotFound(absl::string_view given) {
  return ToStatus(
      {.code = absl::StatusCode::kNotFound,
       .rule = "not-found",
       .field = "revision",
       .fr = absl::StrCat("la révision « ", given, " » n'est pas une révision figée de cet acte."),
       .en = absl::StrCat("the revision \"", given, "\" is not a frozen revision of this act."),
       .next_fr = "Voyez les révisions de l'acte : greffe act show. Un projet se fige d'abord : "
                  "greffe act freeze.",
       .next_en = "See the act's revisions: greffe act show. A draft is frozen first: greffe act "
                  "freeze."});
}

absl::StatusOr<ActRef> FindActByText(const StateData& data, absl::string_view text) {
  std::vector<ActRef> found;
  if (text.size() >= kPrefixDigits && text.size() <= 2 * ActId::kSize) {
    for (const auto& [id, facts] : data.acts) {
      if (absl::StartsWith(id.ToHex(), text)) found.push_back({.id = id, .facts = &facts});
    }
  }
  if (found.size() == 1) return found.front();
  if (found.empty()) return ActNotFound(text.substr(0, 2 * ActId::kSize));
  return FieldError(
      "prefix", "act_id",
      absl::StrCat("« ", text, " » désigne ", found.size(),
                   " actes : donnez plus de "
                   "chiffres."),
      absl::StrCat("\"", text, "\" names ", found.size(), " acts: give more digits."));
}

absl::StatusOr<Digest> ParseLeaf(absl::string_view hex, absl::string_view field) {
  const absl::StatusOr<Digest> leaf = Digest::FromHex(hex, field);
  if (leaf.ok()) return *leaf;
  return FieldError("leaf", field, "attendu 64 chiffres hexadécimaux en minuscules.",
                    "want 64 lower-case hexadecimal digits.");
}

absl::StatusOr<RevisionNumber> FindRevisionOfAct(const StateData& data, const ActRef& act,
                                                 absl::string_view hex) {
  ASSIGN_OR_RETURN(const Digest leaf, ParseLeaf(hex, "revision"));
  const RevisionNumber revision = data.FindRevision(leaf);
  if (revision == kNone) return RevisionNotFound(hex);
  const Revision& found = data.revisions[revision];
  if (found.act == act.id) return revision;
  const std::string other = Short(found.act.ToHex());
  return ToStatus(
      {.code = absl::StatusCode::kNotFound,
       .rule = "not-found",
       .field = "revision",
       .fr = absl::StrCat("la révision « ", Short(hex), " » est celle d'un autre acte : « ",
                          found.label, " » (", other, ")."),
       .en = absl::StrCat("the revision \"", Short(hex), "\" is of another act: \"", found.label,
                          "\" (", other, ")."),
       .next_fr = absl::StrCat("Donnez cet acte, ou une révision du vôtre : greffe act show ",
                               Short(act.id.ToHex()), "."),
       .next_en = absl::StrCat("Give that act, or a revision of yours: greffe act show ",
                               Short(act.id.ToHex()), ".")});
}

std::vector<RevisionNumber> RevisionsInOrder(const StateData& data, const ActFacts& act) {
  std::vector<RevisionNumber> out = act.revisions;
  std::sort(out.begin(), out.end(), [&](RevisionNumber a, RevisionNumber b) {
    return Before(data, data.revisions[a].event, data.revisions[b].event);
  });
  return out;
}

bool WasShown(const StateData& data, const CommandContext& context, EventNumber event) {
  return context.read_cut.has_value() && data.InCut(*context.read_cut, event);
}

absl::StatusOr<CivilDate> ParseDay(absl::string_view text, absl::string_view field) {
  if (const auto odd = rules::CheckSentinelDay(text)) {
    return FieldError(rules::RowOf(odd->rule).id, field, odd->words.fr, odd->words.en);
  }
  return CivilDate::Parse(text, field);
}

absl::Status FieldError(absl::string_view rule, absl::string_view field, std::string fr,
                        std::string en) {
  return ToStatus({.code = absl::StatusCode::kInvalidArgument,
                   .rule = std::string(rule),
                   .field = std::string(field),
                   .fr = absl::StrCat(field, " : ", fr),
                   .en = absl::StrCat(field, ": ", en),
                   .next_fr = "Corrigez ce champ, puis recommencez.",
                   .next_en = "Correct this field, then try again."});
}

absl::Status RuleError(std::string rule, std::string fr, std::string en, std::string next_fr,
                       std::string next_en) {
  return ToStatus({.code = absl::StatusCode::kFailedPrecondition,
                   .rule = std::move(rule),
                   .fr = std::move(fr),
                   .en = std::move(en),
                   .next_fr = std::move(next_fr),
                   .next_en = std::move(next_en)});
}

absl::StatusOr<std::string> CheckedText(absl::string_view text, const TextWanted& wanted) {
  ASSIGN_OR_RETURN(std::string out, NormaliseText(text, wanted.field, 4 * wanted.characters_max));
  const std::size_t characters = CountCodePoints(out);
  if (characters > wanted.characters_max) {
    return FieldError("limit-text", wanted.field,
                      absl::StrCat("texte trop long : ", characters, " caractères, ",
                                   wanted.characters_max, " au plus."),
                      absl::StrCat("text too long: ", characters, " characters, at most ",
                                   wanted.characters_max, "."));
  }
  if (wanted.required && IsInvisible(out)) {
    return FieldError("required", wanted.field, "ce texte est obligatoire.",
                      "this text is required.");
  }
  return out;
}

absl::Status CheckEventSizes(const Decision& decision) {
  for (const v1::Event& event : decision.events) {
    // An element of the largest size still has the frame of its change around it.
    const std::size_t most = kElementBytes + 1024;
    if (const std::size_t bytes = event.ByteSizeLong(); bytes > most) {
      return ToStatus({.code = absl::StatusCode::kInvalidArgument,
                       .rule = "limit-event",
                       .fr = absl::StrCat("commande trop grande pour un événement : ", bytes,
                                          " octets, ", most, " au plus."),
                       .en = absl::StrCat("command too large for one event: ", bytes,
                                          " bytes, at most ", most, "."),
                       .next_fr = "Répartissez-la en plusieurs commandes.",
                       .next_en = "Split it into several commands."});
    }
  }
  return absl::OkStatus();
}

std::string PartnerName(const StateData& data, const std::string& partner_id) {
  return PartyBook(data).Name(partner_id);
}

}  // namespace greffe
