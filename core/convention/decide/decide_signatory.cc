#include "core/convention/decide/decide_signatory.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "core/base/french_name.h"
#include "core/base/refusal.h"
#include "core/base/status_macros.h"
#include "core/convention/decide_common.h"
#include "core/convention/text/offices.h"

namespace greffe {
namespace {

absl::Status Denied(std::string rule, std::string fr, std::string en, std::string next_fr,
                    std::string next_en) {
  return ToStatus({.code = absl::StatusCode::kPermissionDenied,
                   .rule = std::move(rule),
                   .field = "signatory_id",
                   .fr = std::move(fr),
                   .en = std::move(en),
                   .next_fr = std::move(next_fr),
                   .next_en = std::move(next_en)});
}

// « maire (Maire), adjoint (Adjointe) »: what to type, and what it is.
std::string Choices(const std::vector<const v1::Signatory*>& signatories) {
  std::vector<std::string> out;
  for (const v1::Signatory* one : signatories) {
    out.push_back(absl::StrCat(one->id(), " (", one->office(), ")"));
  }
  return absl::StrJoin(out, ", ");
}

// In any wording that a text or a change of representative ever gave the office: an account keeps
// its own, and a revision that of its day.
bool IsOffice(const StateData& data, const v1::Signatory& signatory, const std::string& office) {
  return office == signatory.office() || office == signatory.id() ||
         EverRead(data, signatory.id(), office);
}

// The user's partner signs there: named, with nobody in its place by law, or in that place (L-60).
bool IsOwn(const WantedSignatory& wanted, const v1::Signatory& one, const CommandContext& context) {
  return wanted.signing.at(one.id()) == context.partner_id ||
         (wanted.fact && one.partner_id() == context.partner_id);
}

// L-60: of a party that has a successor, the successor signs.
absl::Status Succeeded(const WantedSignatory& wanted, const StateData& data,
                       const v1::Signatory& one) {
  const std::string before = PartnerName(data, one.partner_id());
  const std::string after = PartnerName(data, wanted.signing.at(one.id()));
  return Denied("L-60",
                absl::StrCat("L-60 : ", before, " a un successeur par l'effet de la loi, ", after,
                             " : c'est lui qui signe ce qui était figé."),
                absl::StrCat("L-60: ", before, " has a successor by law, ", after,
                             ": it signs what was frozen."),
                absl::StrCat("Un signataire de ", after, " signe : greffe act sign."),
                absl::StrCat("A signatory of ", after, " signs: greffe act sign."));
}

absl::StatusOr<const v1::Signatory*> Named(const StateData& data, const WantedSignatory& wanted,
                                           const CommandContext& context,
                                           const std::vector<const v1::Signatory*>& own) {
  for (const v1::Signatory& one : wanted.revision->signatories) {
    if (one.id() != wanted.signatory_id) continue;
    if (IsOwn(wanted, one, context)) return &one;
    if (one.partner_id() == context.partner_id) return Succeeded(wanted, data, one);
    return Denied("own-partner",
                  absl::StrCat("« ", one.office(), " » (", one.id(), ") signe pour ",
                               TheParty(PartnerName(data, one.partner_id())), ", pas pour ",
                               TheParty(PartnerName(data, context.partner_id)), "."),
                  absl::StrCat("“", one.office(), "” (", one.id(), ") signs for ",
                               PartnerName(data, one.partner_id()), ", not for ",
                               PartnerName(data, context.partner_id), "."),
                  absl::StrCat("Vos signataires : ", Choices(own), "."),
                  absl::StrCat("Your signatories: ", Choices(own), "."));
  }
  return FieldError("signatory", "signatory_id",
                    absl::StrCat("« ", wanted.signatory_id,
                                 " » n'est pas un signataire de cet "
                                 "acte ; les vôtres : ",
                                 Choices(own), "."),
                    absl::StrCat("\"", wanted.signatory_id,
                                 "\" is no signatory of this act; "
                                 "yours: ",
                                 Choices(own), "."));
}

}  // namespace

absl::StatusOr<const v1::Signatory*> FindSignatory(const StateData& data,
                                                   const WantedSignatory& wanted,
                                                   const CommandContext& context) {
  std::vector<const v1::Signatory*> own;
  const v1::Signatory* succeeded = nullptr;
  for (const v1::Signatory& one : wanted.revision->signatories) {
    if (IsOwn(wanted, one, context)) {
      own.push_back(&one);
    } else if (one.partner_id() == context.partner_id) {
      succeeded = &one;
    }
  }
  if (own.empty() && succeeded != nullptr) return Succeeded(wanted, data, *succeeded);
  if (own.empty()) {
    return Denied(
        "own-partner",
        absl::StrCat("votre partenaire, ", TheParty(PartnerName(data, context.partner_id)),
                     ", n'est pas signataire de cet acte."),
        absl::StrCat("your partner, ", PartnerName(data, context.partner_id),
                     ", is not a signatory of this act."),
        "", "");
  }
  const v1::Signatory* found = own.size() == 1 ? own.front() : nullptr;
  if (!wanted.signatory_id.empty()) {
    ASSIGN_OR_RETURN(found, Named(data, wanted, context, own));
  } else if (found == nullptr && wanted.own_office) {
    for (const v1::Signatory* one : own) {
      if (!context.office.empty() && IsOffice(data, *one, context.office)) found = one;
    }
  }
  if (found == nullptr) {
    return FieldError("signatory", "signatory_id",
                      absl::StrCat("votre partenaire a plusieurs signataires : ", Choices(own),
                                   ". Dites lequel (--office)."),
                      absl::StrCat("your partner has several signatories: ", Choices(own),
                                   ". Say which (--office)."));
  }
  if (!wanted.own_office || IsOffice(data, *found, context.office)) return found;
  if (!wanted.capacity.empty() && context.office == wanted.capacity) return found;
  if (context.office.empty()) {
    // With one office there is nobody else that the user could be taken for.
    if (own.size() == 1) return found;
    return Denied("own-office",
                  absl::StrCat("votre compte ne dit aucune fonction, et votre partenaire a "
                               "plusieurs signataires : ",
                               Choices(own), "."),
                  absl::StrCat("your account says no office, and your partner has several "
                               "signatories: ",
                               Choices(own), "."),
                  "Demandez à votre administration de refaire votre compte avec votre fonction : "
                  "greffe user remove, puis greffe user add --office.",
                  "Ask your administrators to make your account anew with your office: greffe user "
                  "remove, then greffe user add --office.");
  }
  return Denied("own-office",
                absl::StrCat("vous agissez comme « ", context.office,
                             " » ; cette signature "
                             "revient à « ",
                             found->office(), " »."),
                absl::StrCat("you act as \"", context.office, "\"; this signature is that of \"",
                             found->office(), "\"."),
                "Le titulaire de cette fonction signe avec son propre compte.",
                "The holder of that office signs with an account of their own.");
}

}  // namespace greffe
