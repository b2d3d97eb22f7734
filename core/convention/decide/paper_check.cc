// What people write of a text signed on paper: checked, and cut into events.

#include <set>

#include "absl/strings/str_cat.h"
#include "core/base/refusal.h"
#include "core/convention/decide/decide_deliberation.h"
#include "core/convention/elements/check_fields.h"
#include "core/convention/elements/french.h"
#include "core/convention/reading/paper.h"

namespace greffe {
namespace {

// Well below an event; a statement of two hundred parties takes a few of them.
constexpr std::size_t kStatementBytes = 64 * 1024;

void Add(std::vector<Problem>* problems, std::string rule, const std::string& field, std::string fr,
         std::string en) {
  problems->push_back({.rule = std::move(rule),
                       .field = field,
                       .element_id = "",
                       .fr = std::move(fr),
                       .en = std::move(en)});
}

class SigningCheck {
 public:
  SigningCheck(const std::map<std::string, std::string>& offices, std::optional<CivilDate> today,
               std::vector<Problem>* problems)
      : offices_(offices), today_(today), problems_(problems) {
    for (const auto& [office, partner] : offices) partners_.insert(partner);
  }

  void Signature(const v1::PaperSignature& one, const std::string& path) {
    const std::string id = Join(path, "signatory_id");
    if (offices_.count(one.signatory_id()) == 0) {
      Add(problems_, "signatory", id,
          absl::StrCat("« ", one.signatory_id(), " » n'est pas une fonction signataire du texte."),
          absl::StrCat("\"", one.signatory_id(), "\" is no signing office of the text."));
    } else if (!seen_.insert(one.signatory_id()).second) {
      Add(problems_, "unique-id", id,
          absl::StrCat("« ", one.signatory_id(), " » est cité deux fois."),
          absl::StrCat("\"", one.signatory_id(), "\" is named twice."));
    }
    if (!one.signed_on().empty()) Date(one.signed_on(), Join(path, "signed_on"));
    // The other fields are told of here, in words of their own.
    v1::PaperSignature said;
    said.set_capacity(one.capacity());
    CheckFields(said, path, "", problems_);
    if (!one.scan_sha256().empty() && !Digest::FromHex(one.scan_sha256(), "scan_sha256").ok()) {
      Add(problems_, "digest", Join(path, "scan_sha256"),
          "attendu 64 chiffres hexadécimaux en minuscules (sha256sum FICHIER), ou rien.",
          "want 64 lower-case hexadecimal digits (sha256sum FILE), or nothing.");
    }
  }

  void Deliberation(const v1::Deliberation& one, const std::string& path) {
    if (const absl::Status fits = CheckDeliberation(one, path, today_); !fits.ok()) {
      const Refusal refusal = RefusalOf(fits);
      Add(problems_, refusal.rule, refusal.field.empty() ? path : refusal.field, refusal.fr,
          refusal.en);
    }
    if (partners_.count(one.partner_id()) == 0) {
      Add(problems_, "partner", Join(path, "partner_id"),
          absl::StrCat("« ", one.partner_id(), " » n'est pas un partenaire signataire du texte."),
          absl::StrCat("\"", one.partner_id(), "\" is no partner that signs the text."));
    }
    if (!one.revision().empty()) {
      Add(problems_, "revision", Join(path, "revision"),
          "laissez ce champ vide : la délibération porte sur le texte signé.",
          "leave this field empty: the deliberation is about the text signed.");
    }
  }

 private:
  void Date(const std::string& text, const std::string& field) {
    CheckDate(text, field, "", problems_);
    const auto date = CivilDate::Parse(text, field);
    if (!today_ || !date.ok() || *date <= *today_) return;
    Add(problems_, "future-date", field,
        absl::StrCat("le ", FrenchDate(text), " est dans l'avenir."),
        absl::StrCat(EnglishDate(text), " is in the future."));
  }

  const std::map<std::string, std::string>& offices_;
  const std::optional<CivilDate> today_;
  std::vector<Problem>* const problems_;
  std::set<std::string> partners_;
  std::set<std::string> seen_;
};

}  // namespace

void CheckPaperSigning(const v1::PaperSigning& signing,
                       const std::map<std::string, std::string>& offices,
                       std::optional<CivilDate> today, absl::string_view path,
                       std::vector<Problem>* problems) {
  v1::PaperSigning head;
  head.GetReflection()->MutableUnknownFields(&head)->MergeFrom(
      signing.GetReflection()->GetUnknownFields(signing));
  CheckFields(head, path, "", problems);
  SigningCheck check(offices, today, problems);
  for (int i = 0; i < signing.signatures_size(); ++i) {
    check.Signature(signing.signatures(i), absl::StrCat(path, ".signatures[", i, "]"));
  }
  for (int i = 0; i < signing.deliberations_size(); ++i) {
    check.Deliberation(signing.deliberations(i), absl::StrCat(path, ".deliberations[", i, "]"));
  }
}

void AppendPaperStatements(const v1::PaperSigning& signing, Decision* decision) {
  v1::PaperSigning* part = nullptr;
  std::size_t bytes = 0;
  const auto room_for = [&](std::size_t more) {
    if (part == nullptr || bytes + more > kStatementBytes) {
      part = decision->events.emplace_back().mutable_paper_signing_stated()->mutable_signing();
      bytes = 0;
    }
    bytes += more;
    return part;
  };
  for (const v1::PaperSignature& one : signing.signatures()) {
    *room_for(one.ByteSizeLong())->add_signatures() = one;
  }
  for (const v1::Deliberation& one : signing.deliberations()) {
    *room_for(one.ByteSizeLong())->add_deliberations() = one;
  }
}

}  // namespace greffe
