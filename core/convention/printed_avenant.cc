#include "core/convention/printed_avenant.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "core/convention/french.h"
#include "core/convention/wording.h"

namespace greffe {
namespace {

std::string Subject(const v1::Operation& operation) {
  switch (operation.kind()) {
    case v1::OPERATION_KIND_INSERT_AFTER:
    case v1::OPERATION_KIND_ADD_AT_END:
    case v1::OPERATION_KIND_ADD_ROW:
      return "Ajout : ";
    case v1::OPERATION_KIND_REPEAL:
    case v1::OPERATION_KIND_REMOVE_ROW:
      return "Suppression : ";
    default:
      return "Modification : ";
  }
}

}  // namespace

std::string PrintedAvenant(const v1::InstrumentView& view, const AvenantTitle& title) {
  const bool decision = title.kind == v1::ACT_KIND_COMMITTEE_DECISION;
  std::string label = title.label;
  if (!label.empty()) label[0] = absl::ascii_toupper(static_cast<unsigned char>(label[0]));
  std::string out = absl::StrCat(
      label, "\n", decision ? "prise en application de la convention « " : "à la convention « ",
      title.convention, " »\n");
  std::size_t number = 0;
  for (const v1::Operation& one : view.operations()) {
    absl::StrAppend(&out, "\n", ArticleHeading(++number), " – ", Subject(one), one.place(), "\n",
                    one.wording(), "\n");
  }
  absl::StrAppend(&out, "\n", ArticleHeading(++number), " – Effet\n");
  const std::string what = decision ? "La présente décision prend effet"
                                    : "Le présent avenant "
                                      "prend effet";
  if (view.effective_from().empty()) {
    absl::StrAppend(&out, what, " à la date fixée lorsque son texte est figé.\n");
  } else {
    absl::StrAppend(&out, what, " le ", FrenchDate(view.effective_from()), ".\n");
  }
  absl::StrAppend(&out,
                  "Les autres stipulations de la convention et de ses annexes restent "
                  "inchangées.\n");
  return out;
}

}  // namespace greffe
