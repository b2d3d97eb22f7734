#include "client/cli/life_show.h"

#include <google/protobuf/message.h>

#include <algorithm>
#include <iterator>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "client/cli/format.h"
#include "client/cli/labels.h"
#include "client/cli/show.h"
#include "client/cli/table.h"
#include "client/cli/text_width.h"

namespace greffe::cli {
namespace {

using google::protobuf::FieldDescriptor;
using PayloadMessage = google::protobuf::Message;

constexpr char kIndent[] = "      ";

// What people call a field that the summary of its fact leaves out.
struct FieldLabel {
  const char* field;
  Message label;
  // It holds an id, or several, that the answer may have a name for.
  bool named = false;
};
constexpr FieldLabel kLabels[] = {
    {"ClauseDeemedUnwritten.effective_from", {"non écrite depuis le", "unwritten since"}},
    {"ClauseDeemedUnwritten.final_on", {"définitive le", "final on"}},
    {"ClauseDeemedUnwritten.reference", {"référence", "reference"}},
    {"CommentPosted.act_id", {"acte", "act"}, true},
    {"CommitteeConsulted.body_id", {"instance", "body"}, true},
    {"CourtDecisionRecorded.reference", {"référence", "reference"}},
    {"DataExchangeDecided.register_reference", {"registre des traitements", "register"}},
    {"DataExchangeRequested.purpose", {"pour", "for"}},
    {"DelegationRecorded.capacity", {"en qualité de", "in the capacity of"}},
    {"DelegationRecorded.from", {"premier jour", "first day"}},
    {"DelegationRecorded.office_id", {"fonction", "office"}, true},
    {"DelegationRecorded.until", {"dernier jour", "last day"}},
    {"DisputeOpened.case_number", {"affaire", "case"}},
    {"DisputeOpened.court", {"tribunal", "court"}},
    {"ErrorCorrected.right", {"lire", "read"}},
    {"ErrorCorrected.wrong", {"au lieu de", "instead of"}},
    {"EvaluationValidated.body_id", {"instance", "body"}, true},
    {"NoticeSent.letter_number", {"lettre", "letter"}},
    {"NoticeSent.to_partners", {"adressé à", "sent to"}, true},
    {"PartySucceeded.reference", {"référence", "reference"}},
    {"PartySucceeded.successor_name", {"successeur", "successor"}},
    {"PartySucceeded.successor_partner_id", {"partenaire", "partner"}, true},
    {"PartySucceeded.successor_siren", {"SIREN", "SIREN"}},
    {"RenewalLinked.convention_id", {"convention", "convention"}},
    {"RenewalLinked.end_date", {"dernier jour", "last day"}},
    {"RenewalLinked.start_date", {"premier jour", "first day"}},
    {"RenewalLinked.title", {"titre", "title"}},
    {"RepresentativeChanged.office", {"se dit désormais", "reads from now on"}},
    {"RepresentativeChanged.office_id", {"fonction", "office"}, true},
    {"ReviewRequested.act_id", {"acte", "act"}, true},
    {"ReviewRequested.partner_ids", {"demandée à", "asked of"}, true},
};

const FieldLabel* FieldLabelOf(const FieldDescriptor& field) {
  const std::string name = absl::StrCat(field.containing_type()->name(), ".", field.name());
  const auto* const found = std::find_if(std::begin(kLabels), std::end(kLabels),
                                         [&](const FieldLabel& one) { return name == one.field; });
  return found == std::end(kLabels) ? nullptr : found;
}

// By its name where it has one.
std::string NameOf(const LifeNames& names, const std::string& id, const std::string& unnamed) {
  const auto found = names.find(id);
  return found == names.end() ? unnamed : found->second;
}

// Dates in words, bytes as the start of their hex, ids by their names, lists joined.
std::string ValueOf(Lang lang, const PayloadMessage& payload, const FieldDescriptor& field,
                    const LifeNames& names) {
  const auto* reflection = payload.GetReflection();
  if (field.is_repeated()) {
    std::vector<std::string> all;
    for (int i = 0; i < reflection->FieldSize(payload, &field); ++i) {
      const std::string one = reflection->GetRepeatedString(payload, &field, i);
      all.push_back(NameOf(names, one, one));
    }
    return absl::StrJoin(all, ", ");
  }
  const std::string value = reflection->GetString(payload, &field);
  if (field.type() == FieldDescriptor::TYPE_BYTES) {
    const std::string hex = absl::BytesToHexString(value);
    return NameOf(names, hex, ShortHash(hex));
  }
  return NameOf(names, value, LongDate(lang, value));
}

std::string Labelled(Lang lang, const Message& label, absl::string_view value) {
  return absl::StrCat(Say(lang, label), lang == Lang::kFrench ? " : " : ": ", value);
}

void PrintDetails(Context& context, const v1::LifeRecorded& fact, const LifeNames& names) {
  for (const std::string& line : LifeDetails(context.lang(), fact, names)) {
    PrintLed(context, kIndent, line);
  }
  if (!fact.text().empty()) PrintLed(context, kIndent, fact.text());
}

}  // namespace

void PrintLed(Context& context, absl::string_view lead, absl::string_view text) {
  std::string mark(lead);
  const int room = std::max(context.width() - DisplayWidth(lead), 20);
  for (const std::string& line : Wrap(PrintableLine(text), room)) {
    context.out() << mark << line << '\n';
    mark = std::string(static_cast<std::size_t>(DisplayWidth(lead)), ' ');
  }
}

LifeNames NamesIn(const Context& context,
                  const google::protobuf::RepeatedPtrField<v1::LifeLabel>& labels) {
  LifeNames names;
  for (const v1::LifeLabel& one : labels) {
    names.emplace(one.id(), Words(context, one.label(), one.label_en()));
  }
  return names;
}

std::vector<std::string> LifeDetails(Lang lang, const v1::LifeRecorded& fact,
                                     const LifeNames& names) {
  std::vector<std::string> lines;
  const auto* const payload_field =
      v1::LifeRecorded::descriptor()->FindFieldByNumber(static_cast<int>(fact.fact_case()));
  if (payload_field != nullptr) {
    const PayloadMessage& payload = fact.GetReflection()->GetMessage(fact, payload_field);
    std::vector<std::string> said;
    for (int i = 0; i < payload.GetDescriptor()->field_count(); ++i) {
      const FieldDescriptor& field = *payload.GetDescriptor()->field(i);
      const FieldLabel* const label = FieldLabelOf(field);
      if (label == nullptr) continue;
      const std::string value = ValueOf(lang, payload, field, label->named ? names : LifeNames());
      if (!value.empty()) said.push_back(Labelled(lang, label->label, value));
    }
    if (!said.empty()) lines.push_back(absl::StrJoin(said, lang == Lang::kFrench ? " ; " : "; "));
  }
  if (!fact.evidence_digest().empty()) {
    lines.push_back(
        Labelled(lang, {"preuve", "evidence"},
                 absl::StrCat("SHA-256 ", absl::BytesToHexString(fact.evidence_digest()))));
  }
  if (!fact.reason().empty()) {
    lines.push_back(Labelled(lang, {"corrigé parce que", "corrected because"}, fact.reason()));
  }
  return lines;
}

void PrintLifeFact(Context& context, const v1::LifeFactView& one, absl::string_view lead,
                   const LifeNames& names) {
  PrintLed(context, lead,
           absl::StrCat(SaySummary(context.lang(), one.event()),
                        one.replaced() ? context.T({" (corrigé)", " (corrected)"}) : "", "  [",
                        ShortHash(one.event().leaf()), "]"));
  PrintDetails(context, one.fact(), names);
}

void PrintLifeEntry(Context& context, const v1::HistoryEntry& entry, const LifeNames& names) {
  for (const v1::EventView& event : entry.events()) {
    PrintLed(context, "• ",
             absl::StrCat(SaySummary(context.lang(), event),
                          event.authorised() ? "" : context.T({" (sans effet)", " (no effect)"}),
                          "  [", ShortHash(event.leaf()), ", ",
                          ShortInstant(context.lang(), event.recorded_at()), "]"));
  }
  PrintDetails(context, entry.life(), names);
}

}  // namespace greffe::cli
