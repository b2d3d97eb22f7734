#include "client/cli/problems.h"

#include <algorithm>
#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "client/cli/labels.h"
#include "client/cli/life_show.h"
#include "client/cli/show.h"
#include "client/cli/table.h"
#include "client/cli/text_width.h"

namespace greffe::cli {
namespace {

using Problems = google::protobuf::RepeatedPtrField<v1::DraftProblem>;

void PrintTable(Context& context, const Problems& problems, const Message& what) {
  Table table({{context.T({"Ligne", "Line"}), Fit::kKeep, true},
               {context.T({"Élément", "Element"}), Fit::kEllipsize},
               {context.T(what), Fit::kWrap},
               {context.T({"Règle", "Rule"}), Fit::kWrap},
               {context.T({"Champ", "Field"}), Fit::kWrap}});
  for (const v1::DraftProblem& problem : problems) {
    table.AddRow({problem.line() == 0 ? "–" : absl::StrCat(problem.line()), problem.element_id(),
                  WordsOf(context, problem), problem.rule(),
                  SayField(context.lang(), problem.field())});
  }
  table.Print(context.out(), context.width());
}

// What would lift it, as under the refusal of the command itself.
void PrintNext(Context& context, const v1::DraftProblem& problem) {
  const std::string next = Words(context, problem.next_step(), problem.next_step_en());
  if (!next.empty()) PrintLed(context, context.T({"  À faire : ", "  What to do: "}), next);
}

}  // namespace

void PlaceProblems(google::protobuf::RepeatedPtrField<v1::DraftProblem>* problems,
                   const SourceMap& map) {
  for (v1::DraftProblem& problem : *problems) {
    const auto place = map.Find(PathInFile(problem.field()), problem.element_id());
    if (place.has_value()) problem.set_line(static_cast<std::uint32_t>(place->line));
  }
  std::stable_sort(problems->begin(), problems->end(),
                   [](const auto& a, const auto& b) { return a.line() < b.line(); });
}

void PrintProblem(Context& context, absl::string_view led_by, const v1::DraftProblem& problem) {
  std::string lead(led_by);
  const std::string words = WordsOf(context, problem);
  for (const absl::string_view line : absl::StrSplit(words, '\n')) {
    PrintLed(context, lead, line);
    lead.assign(static_cast<std::size_t>(DisplayWidth(led_by)), ' ');
  }
  if (!problem.rule().empty()) {
    PrintLed(context, context.T({"  Règle : ", "  Rule: "}), problem.rule());
  }
  if (!problem.field().empty()) {
    PrintLed(context, context.T({"  Champ : ", "  Field: "}),
             SayField(context.lang(), problem.field()));
  }
  PrintNext(context, problem);
}

void PrintProblems(Context& context, const std::string& file,
                   const google::protobuf::RepeatedPtrField<v1::DraftProblem>& problems) {
  if (problems.empty()) {
    context.out() << context.F(msg::kNoProblem, file) << '\n';
    return;
  }
  context.out() << context.F(msg::kProblems, problems.size(), file) << '\n';
  PrintTable(context, problems, {"Problème", "Problem"});
  std::set<std::string> said;
  for (const v1::DraftProblem& problem : problems) {
    const std::string next = Words(context, problem.next_step(), problem.next_step_en());
    if (!next.empty() && said.insert(next).second) PrintNext(context, problem);
  }
}

void PrintOutlook(Context& context, const v1::CreateConventionResponse& checked) {
  const auto print = [&](const Problems& said, const Message& lead, const Message& what) {
    if (said.empty()) return;
    context.out() << '\n' << context.F(lead, said.size()) << '\n';
    PrintTable(context, said, what);
  };
  print(checked.freeze_refuses(),
        {"À compléter avant de figer, $0 endroit(s) : le gel sera refusé tant qu'il en reste.",
         "To be filled in before the freeze, $0 place(s): it will be refused while any is left."},
        {"À compléter", "To be filled in"});
  print(checked.freeze_asks(),
        {"Le gel demandera confirmation, $0 point(s) :",
         "The freeze will ask for confirmation, $0 point(s):"},
        {"À confirmer", "To be confirmed"});
}

}  // namespace greffe::cli
