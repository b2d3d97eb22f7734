#include "core/convention/views/printed_avenant.h"

#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "core/base/french_name.h"
#include "core/convention/elements/french.h"
#include "core/convention/views/wording.h"

namespace greffe {
namespace {

constexpr char kPartiesHeading[] = "Entre les soussignés";
constexpr char kVisasHeading[] = "Visas";
constexpr char kSignaturesHeading[] = "Signatures";
constexpr char kToWrite[] = "………………";

// How an act is spoken of, by its kind.
struct KindWords {
  absl::string_view the;
  absl::string_view name;
  absl::string_view concluded;
  // After the label, before the title of the convention.
  absl::string_view of;
  absl::string_view takes_effect;
  // What it leaves alone.
  absl::string_view rest;
};
constexpr char kRest[] =
    "Les autres stipulations de la convention et de ses annexes restent inchangées.";
constexpr KindWords kOther{
    "l'", "acte", ", conclu le ", "à la convention", "Le présent acte prend effet", kRest};
constexpr KindWords kAvenant{
    "l'", "avenant", ", conclu le ", "à la convention", "Le présent avenant prend effet", kRest};
constexpr KindWords kDecision{"la ",
                              "décision du comité",
                              ", conclue le ",
                              "prise en application de la convention",
                              "La présente décision prend effet",
                              kRest};
// L-54: commitments run until the last day that it gives.
constexpr KindWords kAgreedEnd{"la ",
                               "résiliation amiable",
                               ", conclue le ",
                               "de la convention",
                               "La présente résiliation amiable prend effet",
                               "Jusqu'au dernier jour de la convention ainsi fixé, ses autres "
                               "stipulations et ses annexes restent inchangées."};

const KindWords& KindWordsOf(v1::ActKind kind) {
  switch (kind) {
    case v1::ACT_KIND_AVENANT:
      return kAvenant;
    case v1::ACT_KIND_COMMITTEE_DECISION:
      return kDecision;
    case v1::ACT_KIND_AGREED_TERMINATION:
      return kAgreedEnd;
    default:
      return kOther;
  }
}

std::string OperationSubject(const v1::Operation& operation) {
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

// Blocks are parted by empty lines, so no text has one of its own.
std::string WithoutEmptyLines(absl::string_view text) {
  std::vector<std::string> lines;
  for (const absl::string_view line : absl::StrSplit(absl::StripAsciiWhitespace(text), '\n')) {
    lines.emplace_back(line.empty() ? "\u00a0" : line);
  }
  return absl::StrJoin(lines, "\n");
}

void AddBlock(std::string* out, absl::string_view heading, absl::string_view text) {
  const std::string one_line = absl::StrReplaceAll(heading, {{"\n", " "}});
  absl::StrAppend(out, "\n", one_line, "\n", WithoutEmptyLines(text), "\n");
}

std::string Parties(const std::vector<PrintedParty>& parties) {
  std::vector<std::string> lines;
  for (const PrintedParty& one : parties) {
    lines.push_back(absl::StrCat("– ", TheParty(one.name), one.address.empty() ? "" : ", ",
                                 one.address,
                                 ", agissant par : ", absl::StrJoin(one.offices, " et ")));
  }
  return absl::StrCat(absl::StrJoin(lines, " ;\n"), ".");
}

std::string Visas(const AvenantFrame& frame) {
  const bool decision = frame.kind == v1::ACT_KIND_COMMITTEE_DECISION;
  return absl::StrCat(absl::StrJoin(frame.visas, " ;\n"), frame.visas.empty() ? "" : " ;\n",
                      decision ? "Il est décidé ce qui suit." : "Il est convenu ce qui suit.");
}

// An original for each party.
std::string Signatures(const std::vector<PrintedSignature>& signatures) {
  std::set<std::string> parties;
  for (const PrintedSignature& one : signatures) parties.insert(one.partner);
  std::string out =
      absl::StrCat("Fait à ", kToWrite, ", le ", kToWrite, ", en ",
                   Count(parties.size(), "exemplaire original", "exemplaires originaux"), ".");
  for (const PrintedSignature& one : signatures) {
    absl::StrAppend(&out, "\nPour ", TheParty(one.name), " – ", one.office, " : ",
                    one.said.empty() ? absl::StrCat("le ", kToWrite) : one.said);
  }
  return out;
}

}  // namespace

void AddVisas(absl::string_view text, std::vector<std::string>* visas) {
  for (absl::string_view line : absl::StrSplit(text, '\n')) {
    line = absl::StripAsciiWhitespace(line);
    while (absl::ConsumeSuffix(&line, ";") || absl::ConsumeSuffix(&line, ".") ||
           absl::ConsumeSuffix(&line, " ") || absl::ConsumeSuffix(&line, "\u00a0")) {
    }
    if (!line.empty()) visas->emplace_back(line);
  }
}

std::string VoteVisa(absl::string_view party, absl::string_view assembly, absl::string_view number,
                     absl::string_view day) {
  std::string out = "Vu la délibération";
  if (!number.empty()) absl::StrAppend(&out, " n° ", number);
  if (!assembly.empty()) absl::StrAppend(&out, " (", assembly, ")");
  return absl::StrCat(out, " ", OfParty(party), " en date du ",
                      day.empty() ? std::string(kToWrite) : FrenchDate(day));
}

std::string ActVisa(v1::ActKind kind, absl::string_view label, absl::string_view concluded_on) {
  const KindWords& words = KindWordsOf(kind);
  absl::string_view name = label;
  // « avenant n° 1 » names itself, and so does « résiliation amiable ».
  const bool named = absl::ConsumePrefix(&name, words.name) && (name.empty() || name[0] == ' ');
  const std::string day(concluded_on);
  return absl::StrCat("Vu ", words.the, words.name,
                      named ? std::string(name) : absl::StrCat(" « ", label, " »"),
                      day.empty() ? "" : absl::StrCat(words.concluded, FrenchDate(day)));
}

std::string PrintedAvenant(const v1::InstrumentView& view, const AvenantFrame& frame) {
  const KindWords& words = KindWordsOf(frame.kind);
  std::string label = frame.label;
  if (!label.empty()) label[0] = absl::ascii_toupper(static_cast<unsigned char>(label[0]));
  std::string out = absl::StrCat(WithoutEmptyLines(label), "\n", words.of, " « ",
                                 WithoutEmptyLines(frame.convention), " »\n");
  if (!frame.parties.empty()) AddBlock(&out, kPartiesHeading, Parties(frame.parties));
  AddBlock(&out, kVisasHeading, Visas(frame));
  std::size_t number = 0;
  for (const v1::Operation& one : view.operations()) {
    AddBlock(&out,
             absl::StrCat(ArticleHeading(++number), " – ", OperationSubject(one), one.place()),
             one.wording());
  }
  const std::string effect =
      view.effective_from().empty()
          ? absl::StrCat(words.takes_effect, " à la date fixée lorsque son texte est figé.")
          : absl::StrCat(words.takes_effect, " le ", FrenchDate(view.effective_from()), ".");
  AddBlock(&out, absl::StrCat(ArticleHeading(++number), " – Effet"),
           absl::StrCat(effect, "\n", words.rest));
  if (!frame.signatures.empty()) AddBlock(&out, kSignaturesHeading, Signatures(frame.signatures));
  return out;
}

std::vector<PrintedBlock> BlocksOfAvenant(absl::string_view printed) {
  std::vector<PrintedBlock> out;
  for (const absl::string_view block : absl::StrSplit(printed, "\n\n", absl::SkipEmpty())) {
    std::vector<std::string> lines =
        absl::StrSplit(absl::StripAsciiWhitespace(block), absl::ByChar('\n'));
    PrintedBlock& one = out.emplace_back();
    one.heading = lines.front();
    one.lines.assign(lines.begin() + 1, lines.end());
  }
  return out;
}

bool HoldsSignatures(const PrintedBlock& block) { return block.heading == kSignaturesHeading; }

bool HoldsItems(const PrintedBlock& block) {
  return block.heading == kPartiesHeading || block.heading == kVisasHeading;
}

}  // namespace greffe
