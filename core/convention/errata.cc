#include "core/convention/errata.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/base/status_macros.h"
#include "core/convention/follow_up.h"
#include "core/convention/french.h"
#include "core/rules/clerical.h"

namespace greffe {
namespace {

// Texts read from the store for one view.
constexpr int kRead = 64;

const LifeFact* Attestation(const StateData& data, const LifeBook& book, const LifeLine& line) {
  const std::string& author = data.PartnerOf(line.root->event);
  for (const LifeFact* fact : book.Standing(line, v1::LifeRecorded::kCorrectionAttested)) {
    if (rules::Attests(author, data.PartnerOf(fact->event))) return fact;
  }
  return nullptr;
}

}  // namespace

absl::StatusOr<std::vector<v1::Finding>> AttestedErrors(const Known& known, const LifeBook& book,
                                                        const PartyBook& names) {
  const StateData& data = known.state.data();
  std::vector<v1::Finding> out;
  int read = 0;
  for (const LifeLine& line : book.lines()) {
    if (line.kind() != v1::LifeRecorded::kErrorCorrected || !book.Stands(line)) continue;
    const LifeFact* const attested = Attestation(data, book, line);
    if (attested == nullptr) continue;
    std::string fr = "L-27 : erreur matérielle";
    std::string en = "L-27: clerical error";
    if (read++ < kRead) {
      ASSIGN_OR_RETURN(const v1::Event stored,
                       ReadStored(data, known.read_event, line.opening->event));
      const v1::ErrorCorrected& error = stored.life_recorded().error_corrected();
      absl::StrAppend(&fr, " : lire « ", error.right(), " » au lieu de « ", error.wrong(), " »");
      absl::StrAppend(&en, ": read “", error.right(), "” instead of “", error.wrong(), "”");
    }
    const std::string author = names.Name(data.PartnerOf(line.root->event));
    const std::string other = names.Name(data.PartnerOf(attested->event));
    const std::string day = attested->day.ToString();
    v1::Finding& note = out.emplace_back();
    note.set_code(kErrorAttested);
    note.set_rule("L-27");
    note.set_severity(v1::FINDING_SEVERITY_NOTE);
    note.set_text(absl::StrCat(fr, " ; relevée par ", author, ", attestée le ", FrenchDate(day),
                               " par ", other, "."));
    note.set_text_en(absl::StrCat(en, "; found by ", author, ", attested on ", EnglishDate(day),
                                  " by ", other, "."));
    note.set_leaf(data.LeafOf(line.opening->event).ToHex());
    note.set_element_id(data.Text(line.opening->element));
  }
  return out;
}

}  // namespace greffe
