#include "client/cli/show.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "client/cli/alike.h"
#include "client/cli/format.h"
#include "client/cli/labels.h"
#include "client/cli/table.h"
#include "client/cli/text_width.h"
#include "core/base/time.h"
#include "core/convention/elements/element_text.h"
#include "core/convention/elements/field_words.h"
#include "core/convention/elements/origin_words.h"

namespace greffe::cli {
namespace {

// A text under its heading, wrapped.
void PrintText(Context& context, std::ostream& out, absl::string_view mark, absl::string_view text,
               int indent) {
  const int room = std::max(context.width() - indent - DisplayWidth(mark), 20);
  std::string lead(mark);
  for (const std::string& line : Wrap(Printable(text), room)) {
    out << std::string(indent, ' ') << lead << line << '\n';
    lead = std::string(DisplayWidth(mark), ' ');
  }
}

std::string ValueOf(const Context& context, const ElementField& field) {
  return context.lang() == Lang::kFrench ? FieldValue(field) : FieldValueEn(field);
}

// « Intitulé : » and its text, in the language of the person.
std::pair<std::string, std::string> LabelledField(const Context& context,
                                                  const ElementField& field) {
  const bool french = context.lang() == Lang::kFrench;
  return {absl::StrCat(french ? FieldLabel(field.path) : FieldLabelEn(field.path),
                       french ? " : " : ": "),
          ValueOf(context, field)};
}

}  // namespace

void PrintText(Context& context, absl::string_view mark, absl::string_view text, int indent) {
  PrintText(context, context.out(), mark, text, indent);
}

std::string DescribeValue(const Context& context, const v1::FollowUpValue& value,
                          const PartnerNames* names) {
  return absl::StrCat(SayValue(context.lang(), value, names), "  [",
                      SayAuthor(context.lang(), value.event(), names), "]");
}

void PrintElementFields(Context& context, const v1::Element& element, int indent) {
  for (const ElementField& field : ElementFields(element)) {
    const auto [label, value] = LabelledField(context, field);
    PrintText(context, label, value, indent);
  }
}

std::string Words(const Context& context, const std::string& fr, const std::string& en) {
  return context.lang() == Lang::kEnglish && !en.empty() ? en : InnerQuotes(fr);
}

std::string SayOrigin(const Context& context, const v1::Origin& origin) {
  const rules::Words words = OriginWords(origin);
  return PrintableLine(Words(context, words.fr, words.en));
}

std::string WordsOf(const Context& context, const v1::Finding& finding) {
  return Words(context, finding.text(), finding.text_en());
}

std::string WordsOf(const Context& context, const v1::DraftProblem& problem) {
  return Words(context, problem.text(), problem.text_en());
}

namespace {

// « (champ : Voix pour) », or empty.
std::string InField(const Context& context, const v1::Finding& finding) {
  if (finding.field().empty()) return "";
  return context.lang() == Lang::kFrench
             ? absl::StrCat(" (champ : ", FieldLabel(finding.field()), ")")
             : absl::StrCat(" (field: ", FieldLabelEn(finding.field()), ")");
}

}  // namespace

void PrintFollowUp(Context& context, const v1::FollowUpView& follow_up, int indent) {
  for (const auto& value : follow_up.values()) {
    PrintText(context, follow_up.values_size() > 1 ? "≠ " : "= ", DescribeValue(context, value),
              indent);
  }
}

void PrintFindings(Context& context,
                   const google::protobuf::RepeatedPtrField<v1::Finding>& findings) {
  if (findings.empty()) return;
  context.out() << '\n' << context.T({"Constats", "Findings"}) << '\n';
  std::vector<Sentence> sentences;
  for (const auto& finding : findings) {
    sentences.push_back(
        {absl::StrCat(finding.severity(), " ", finding.code(), " ", InField(context, finding)),
         WordsOf(context, finding)});
  }
  for (const Alike& told : TellTogether(sentences)) {
    const v1::Finding& finding = findings[static_cast<int>(told.first)];
    constexpr Message kTimes = {", $0 fois", ", $0 times"};
    PrintText(context,
              absl::StrCat(LabelOf(context.lang(), finding.severity()),
                           told.each.empty() ? "" : context.F(kTimes, told.each.size()), " : "),
              absl::StrCat(told.shared, InField(context, finding), " [", finding.code(), "]"), 2);
    if (!told.each.empty()) PrintText(context, "", absl::StrJoin(told.each, " ; "), 6);
  }
}

void PrintDiff(Context& context, const google::protobuf::RepeatedPtrField<v1::DiffEntry>& entries,
               Detail detail) {
  for (const auto& entry : entries) {
    std::string place = entry.place();
    if (place.empty()) {
      place = ElementTitle(entry.kind() == v1::DIFF_KIND_REMOVED ? entry.before() : entry.after());
    }
    if (!entry.origin().label().empty())
      absl::StrAppend(&place, "  [", SayOrigin(context, entry.origin()), "]");
    PrintText(context, absl::StrCat(SignOf(entry.kind()), " "), place, 0);
    if (detail == Detail::kTitles) continue;
    for (const auto& field : entry.fields()) {
      // Fractional keys say nothing to people.
      const bool position = field.field() == "position";
      const bool french = context.lang() == Lang::kFrench;
      context.out() << "    " << (french ? FieldLabel(field.field()) : FieldLabelEn(field.field()))
                    << (position ? context.T({" (changée)", " (changed)"}) : "") << '\n';
      if (position) continue;
      const std::string before = ValueOf(context, {field.field(), field.before()});
      const std::string after = ValueOf(context, {field.field(), field.after()});
      if (!before.empty()) PrintText(context, "- ", before, 6);
      if (!after.empty()) PrintText(context, "+ ", after, 6);
    }
    if (!entry.fields().empty()) continue;
    if (entry.kind() == v1::DIFF_KIND_ADDED) PrintElementFields(context, entry.after(), 4);
  }
}

void PrintConflict(Context& context, const v1::ConflictView& conflict) {
  PrintText(context, absl::StrCat(conflict.conflict_id(), "  "),
            SaySubject(context.lang(), conflict), 0);
  for (const auto& value : conflict.values()) {
    PrintText(context, absl::StrCat("  ", ShortHash(value.event().leaf()), "  "),
              DescribeValue(context, value), 0);
  }
  for (const auto& draft : conflict.drafts()) {
    const std::string what =
        draft.has_element() ? ElementTitle(draft.element()) : context.T({"retiré", "removed"});
    PrintText(context, absl::StrCat("  ", ShortHash(draft.event().leaf()), "  "),
              absl::StrCat(what, "  [", SayAuthor(context.lang(), draft.event()), "]"), 0);
    if (draft.has_element()) PrintElementFields(context, draft.element(), 16);
  }
  for (const auto& side : conflict.clash().sides()) {
    const std::string what =
        side.has_element() ? ElementTitle(side.element()) : context.T({"retiré", "removed"});
    PrintText(context, "  ", absl::StrCat(SayOrigin(context, side.origin()), " : ", what), 0);
    if (side.has_element()) PrintElementFields(context, side.element(), 6);
  }
}

void PrintConflictOnErr(Context& context, const v1::ConflictView& conflict) {
  PrintText(context, context.err(), "", SaySubject(context.lang(), conflict), 0);
  for (const auto& value : conflict.values()) {
    PrintText(context, context.err(), absl::StrCat(ShortHash(value.event().leaf()), "  "),
              DescribeValue(context, value), 2);
  }
}

bool EndsOtherwise(const v1::ForceView& force, const std::string& end_date) {
  const auto last = CivilDate::TryParse(end_date);
  return last.has_value() && !force.efficacy_until().empty() &&
         force.efficacy_until() != last->NextDay().ToString();
}

std::string SaySignatures(const Context& context, const v1::RevisionView& revision) {
  constexpr Message kSignatures = {
      "$0 signature(s) sur $1 ($2 dans Greffe, $3 sur papier, $4 en fichier externe)",
      "$0 signature(s) of $1 ($2 in Greffe, $3 on paper, $4 in outside files)"};
  return context.F(kSignatures, revision.signed_(), revision.needed(), revision.electronic(),
                   revision.paper(), revision.outside());
}

}  // namespace greffe::cli
