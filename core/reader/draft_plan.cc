#include "core/reader/draft_plan.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/base/limits.h"
#include "core/reader/fold.h"
#include "core/reader/labels.h"
#include "core/reader/learned_labels.h"

namespace greffe::reader {
namespace {

using Index = DraftBuilder::Index;

constexpr std::size_t kPlanLine = limits::kTitleCharacters;
constexpr std::size_t kRemark = limits::kRemarkCharacters;

// « action-i-a-1 »; by its first words when it has no number.
std::string LabelOf(const char* kind, absl::string_view ref, absl::string_view title) {
  const std::string slug = Slug(ref.empty() ? title : ref, ref.empty() ? 5 : 8);
  return slug.empty() ? kind : absl::StrCat(kind, "-", slug);
}

const char* RubricSlug(v1::RubricKind kind) {
  switch (kind) {
    case v1::RUBRIC_KIND_CONTEXT:
      return "contexte";
    case v1::RUBRIC_KIND_OBJECTIVES:
      return "objectifs";
    case v1::RUBRIC_KIND_PUBLIC:
      return "public";
    case v1::RUBRIC_KIND_CONTENT:
      return "contenu";
    case v1::RUBRIC_KIND_MEANS:
      return "moyens";
    case v1::RUBRIC_KIND_PILOTS:
      return "pilotes";
    case v1::RUBRIC_KIND_PARTNERS:
      return "partenaires";
    case v1::RUBRIC_KIND_EXPECTED_RESULTS:
      return "resultats";
    case v1::RUBRIC_KIND_TERRITORY:
      return "territoire";
    case v1::RUBRIC_KIND_INHABITANTS_ROLE:
      return "habitants";
    case v1::RUBRIC_KIND_VIGILANCE:
      return "vigilance";
    case v1::RUBRIC_KIND_COMMUNICATION:
      return "communication";
    default:
      return "rubrique";
  }
}

// Joining sheets with tables may leave an action of which all went to another.
bool SaysSomething(const Action& action) {
  return !action.ref.empty() || !action.title.text.empty() || !action.aliases.empty() ||
         !action.rubrics.empty() || !action.schedule.empty() || !action.expected_results.empty() ||
         !action.indicators.empty() || !action.sub_actions.empty();
}

class PlanDrafter final {
 public:
  PlanDrafter(const Convention& convention, DraftBuilder& b) : convention_(convention), b_(b) {}

  void AddAxis(const Axis& axis) {
    const Index at = b_.Add(DraftBuilder::kRoot, LabelOf("axe", axis.ref, axis.title.text));
    b_.Name(absl::StrCat("axis:", axis.ref), at);
    // Filled by hand each time: adding a child moves the elements.
    const std::string title = b_.Line(at, axis.title, "Intitulé de l'axe", kPlanLine);
    const std::string body = b_.Body(at, axis.body, "Texte de l'axe");
    v1::Axis& out = *b_.At(at).mutable_axis();
    out.set_ref(CutLine(CleanLine(axis.ref), kPlanLine));
    out.set_title(title);
    out.set_body(body);
    b_.AddAliases(at, axis.aliases);
    for (const Objective& objective : axis.objectives) AddObjective(at, objective);
  }

  void AddAction(Index parent, const Action& action) {
    const Index at = b_.Add(parent, LabelOf("action", action.ref, action.title.text));
    b_.Name(absl::StrCat("action:", action.ref), at);
    const std::string title = b_.Line(at, action.title, "Intitulé de l'action", kPlanLine);
    v1::Action& out = *b_.At(at).mutable_action();
    out.set_ref(CutLine(CleanLine(action.ref), kPlanLine));
    out.set_title(title);
    b_.AddAliases(at, action.aliases);
    bool results = false;
    for (const Rubric& rubric : action.rubrics) {
      AddRubric(at, rubric);
      results = results || rubric.kind == v1::RUBRIC_KIND_EXPECTED_RESULTS;
    }
    // The same lines, sorted out of another rubric by the reader, are not said twice.
    if (!results && !action.expected_results.empty()) AddResults(at, action);
    if (!action.schedule.empty() || action.schedule_state != v1::FILLED_STATE_UNSPECIFIED) {
      AddSchedule(at, action);
    }
    AddIndicators(at, action);
    for (const Action& sub : action.sub_actions) AddAction(at, sub);
  }

  Index ParentOf(const Action& action) const {
    if (!action.objective_ref.empty()) {
      const Index objective = b_.Named(absl::StrCat("objective:", action.objective_ref));
      if (objective != DraftBuilder::kRoot) return objective;
    }
    if (action.axis_ref.empty()) return DraftBuilder::kRoot;
    return b_.Named(absl::StrCat("axis:", action.axis_ref));
  }

  void AddFacility(const Facility& facility) {
    const std::string label = Slug(absl::StrCat(facility.type, " ", facility.name.text), 6);
    const Index at = b_.Add(DraftBuilder::kRoot, absl::StrCat("equipement-", label));
    const std::string name = b_.PublicLine(at, facility.name, "Nom", kPlanLine);
    const std::string address = b_.PublicLine(at, facility.address, "Adresse", kPlanLine);
    Text printed = facility.type_text;
    while (!printed.text.empty() && (printed.text.back() == ':' || printed.text.back() == ' '))
      printed.text.pop_back();
    const std::string type = b_.PublicLine(at, printed, "Type", kPlanLine);
    const Index party = SupportedBy(facility.supported_by.text);
    v1::Facility& out = *b_.At(at).mutable_facility();
    out.set_type(type.empty() ? CutLine(CleanLine(facility.type), kPlanLine) : type);
    out.set_name(name);
    out.set_address(address);
    out.set_planned(facility.planned);
    if (party != DraftBuilder::kRoot) {
      b_.Cite(at, facility.supported_by.source);
      const std::string partner = b_.At(party).party().partner_id();
      const std::string name = Fold(b_.At(party).party().name());
      b_.At(at).mutable_facility()->set_supported_by(partner);
      // Words beside the party's name are said as printed.
      if (!absl::StrContains(name, Fold(facility.supported_by.text))) {
        b_.AddChild(at, "Porté par", facility.supported_by);
      }
    } else {
      b_.AddChild(at, "Porté par", facility.supported_by);
    }
  }

  void AddBody(const Body& body) {
    const Index at = b_.Add(DraftBuilder::kRoot, LabelOf("instance", "", body.name.text));
    const std::string name = b_.PublicLine(at, body.name, "Nom de l'instance", kPlanLine);
    const std::string guests = b_.Body(at, body.guests, "Invités");
    const std::string chair = b_.Line(at, body.chair, "Présidence", kRemark);
    const std::string secretariat = b_.Line(at, body.secretariat, "Secrétariat", kRemark);
    const std::string cadence = b_.Line(at, body.cadence, "Rythme", kRemark);
    std::vector<std::string> members;
    for (const Text& member : body.members)
      members.push_back(b_.Line(at, member, "Membre", kRemark));
    std::vector<std::string> functions;
    for (const Text& one : body.functions) functions.push_back(b_.Body(at, one, "Rôle"));
    v1::Body& out = *b_.At(at).mutable_body();
    out.set_name(name);
    out.set_kind(body.kind == v1::BODY_KIND_UNSPECIFIED ? v1::BODY_KIND_OTHER : body.kind);
    out.mutable_members()->Assign(members.begin(), members.end());
    out.set_guests(guests);
    out.set_chair(chair);
    out.set_secretariat(secretariat);
    out.set_cadence(cadence);
    out.set_meetings_per_year_min(body.meetings_per_year_min);
    out.mutable_functions()->Assign(functions.begin(), functions.end());
  }

  void AddFunding(const FundingLine& line) {
    const Index parent = line.action_ref.empty()
                             ? DraftBuilder::kRoot
                             : b_.Named(absl::StrCat("action:", line.action_ref));
    const Index at = b_.Add(parent, LabelOf("financement", "", line.text.text));
    const std::string text = b_.Body(at, line.text, "Financement");
    const std::string payer = b_.Line(at, line.payer, "Financeur", kPlanLine);
    const std::string condition = b_.Body(at, line.condition, "Condition");
    v1::FundingLine& out = *b_.At(at).mutable_funding_line();
    out.set_text(text);
    out.set_payer(payer);
    if (line.has_amount) out.set_amount_cents(line.amount_cents);
    out.set_condition(condition);
    out.set_state(line.state);
  }

  void AddRoleSheet(const RoleSheet& sheet) {
    const Index at = b_.Add(DraftBuilder::kRoot, LabelOf("fiche-mission", "", sheet.title.text));
    const std::string title = b_.Line(at, sheet.title, "Intitulé", kPlanLine);
    const std::string attachment = b_.Line(at, sheet.attachment, "Rattachement", kPlanLine);
    const std::string summary = b_.Body(at, sheet.summary, "Résumé");
    std::vector<std::string> missions;
    for (const Text& one : sheet.missions) missions.push_back(b_.Body(at, one, "Mission"));
    std::vector<std::string> skills;
    for (const Text& one : sheet.skills) skills.push_back(b_.Body(at, one, "Compétence"));
    v1::RoleSheet& out = *b_.At(at).mutable_role_sheet();
    out.set_title(title);
    out.set_attachment(attachment);
    out.set_summary(summary);
    out.mutable_missions()->Assign(missions.begin(), missions.end());
    out.mutable_skills()->Assign(skills.begin(), skills.end());
  }

 private:
  void AddObjective(Index axis, const Objective& objective) {
    const Index at = b_.Add(axis, LabelOf("objectif", objective.ref, objective.title.text));
    if (!objective.ref.empty()) b_.Name(absl::StrCat("objective:", objective.ref), at);
    const std::string title = b_.Line(at, objective.title, "Intitulé de l'objectif", kPlanLine);
    v1::Objective& out = *b_.At(at).mutable_objective();
    out.set_ref(CutLine(CleanLine(objective.ref), kPlanLine));
    out.set_title(title);
    b_.AddAliases(at, objective.aliases);
  }

  // Items are split over several rubrics of one label where they are too long together.
  void AddRubric(Index action, const Rubric& rubric) {
    Index at = NewRubric(action, rubric);
    std::size_t bytes = 0;
    for (const RubricEntry& entry : rubric.items) {
      const std::string clean = b_.WithoutNames(CleanText(entry.text.text));
      if (clean.empty()) continue;
      for (const std::string& piece : SplitText(clean, limits::kTextBytes)) {
        if (bytes + piece.size() > limits::kTextBytes) {
          at = NewRubric(action, rubric);
          bytes = 0;
        }
        bytes += piece.size();
        b_.Cite(at, entry.text.source);
        v1::RubricItem& item = *b_.At(at).mutable_rubric()->add_items();
        item.set_text(piece);
        item.set_level(entry.level);
      }
    }
    if (rubric.state != v1::FILLED_STATE_UNSPECIFIED) return;
    v1::Rubric& out = *b_.At(at).mutable_rubric();
    out.set_state(out.items().empty() ? v1::FILLED_STATE_BLANK : v1::FILLED_STATE_FILLED);
  }

  Index NewRubric(Index action, const Rubric& rubric) {
    const Index at = b_.AddUnder(action, RubricSlug(rubric.kind));
    const std::string label = b_.Line(at, rubric.label, "Intitulé de la rubrique", kPlanLine);
    v1::Rubric& out = *b_.At(at).mutable_rubric();
    out.set_kind(rubric.kind == v1::RUBRIC_KIND_UNSPECIFIED ? v1::RUBRIC_KIND_OTHER : rubric.kind);
    out.set_label(label);
    out.set_state(rubric.state == v1::FILLED_STATE_UNSPECIFIED ? v1::FILLED_STATE_FILLED
                                                               : rubric.state);
    return at;
  }

  void AddResults(Index at, const Action& action) {
    Rubric rubric;
    rubric.kind = v1::RUBRIC_KIND_EXPECTED_RESULTS;
    rubric.state = v1::FILLED_STATE_FILLED;
    for (const Text& result : action.expected_results) rubric.items.push_back({result, 0});
    for (const Text& label : action.labels) {
      if (!rubric.label.text.empty() || RoleByWords(label.text) != LabelRole::kExpectedResults)
        continue;
      rubric.label = label;
    }
    AddRubric(at, rubric);
  }

  void AddSchedule(Index action, const Action& sheet) {
    const Index at = b_.AddUnder(action, "echeancier");
    std::vector<v1::ScheduleStep> steps;
    for (const ScheduleStep& step : sheet.schedule) {
      v1::ScheduleStep& out = steps.emplace_back();
      out.set_when(CutLine(CleanLine(step.when), kPlanLine));
      out.set_text(b_.Body(at, step.text, "Étape"));
    }
    for (const Text& label : sheet.labels) {
      if (CellLabel(label.text) == LabelRole::kSchedule) b_.Cite(at, label.source);
    }
    v1::Schedule& out = *b_.At(at).mutable_schedule();
    out.set_state(sheet.schedule_state);
    if (!steps.empty()) {
      out.set_from(steps.front().when());
      out.set_to(steps.back().when());
    }
    for (v1::ScheduleStep& step : steps) *out.add_steps() = std::move(step);
  }

  static bool HeadsIndicators(const Text& label) {
    const LabelRole role = CellLabel(label.text);
    return role == LabelRole::kIndicators ||
           IndicatorKindOf(role) != v1::INDICATOR_KIND_UNSPECIFIED;
  }

  // A heading is cited by the first indicator below it.
  void AddIndicators(Index action, const Action& sheet) {
    std::vector<const std::vector<Lines>*> headings;  // Not cited yet.
    for (const Text& label : sheet.labels) {
      if (!label.source.lines.empty() && HeadsIndicators(label))
        headings.push_back(&label.source.lines);
    }
    for (const Indicator& indicator : sheet.indicators) {
      Indicator headed = indicator;
      const std::vector<Lines>& own = indicator.text.source.lines;
      const auto below = [&own](const std::vector<Lines>* heading) {
        return !own.empty() && heading->front() <= own[0] &&
               heading->front().document == own[0].document;
      };
      for (const std::vector<Lines>* heading : headings) {
        if (!below(heading)) continue;
        headed.text.source.lines.insert(headed.text.source.lines.end(), heading->begin(),
                                        heading->end());
      }
      headings.erase(std::remove_if(headings.begin(), headings.end(), below), headings.end());
      AddIndicator(action, headed);
    }
  }

  void AddIndicator(Index action, const Indicator& indicator) {
    const std::string slug = Slug(indicator.text.text, 5);
    const Index at = b_.AddUnder(action, absl::StrCat("indic", slug.empty() ? "" : "-", slug));
    const std::string text = b_.Line(at, indicator.text, "Indicateur", kPlanLine);
    v1::Indicator& out = *b_.At(at).mutable_indicator();
    out.set_kind(indicator.kind);
    out.set_text(text);
    b_.AddAliases(at, indicator.aliases);
  }

  // The party whose name the words are, else the only one whose name they hold or are part of.
  Index SupportedBy(absl::string_view text) const {
    const std::string wanted = Fold(text);
    if (wanted.size() < 3) return DraftBuilder::kRoot;
    Index found = DraftBuilder::kRoot;
    for (std::size_t i = 0; i < convention_.parties.size(); ++i) {
      const Index party = b_.Named(absl::StrCat("party:", i));
      const std::string name = Fold(convention_.parties[i].name.text);
      if (party == DraftBuilder::kRoot || name.empty()) continue;
      if (name == wanted) return party;
      if (!absl::StrContains(name, wanted) && !absl::StrContains(wanted, name)) continue;
      if (found != DraftBuilder::kRoot) return DraftBuilder::kRoot;
      found = party;
    }
    return found;
  }

  const Convention& convention_;
  DraftBuilder& b_;
};

}  // namespace

void AddPlan(const Convention& convention, DraftBuilder& builder) {
  PlanDrafter plan(convention, builder);
  for (const Axis& axis : convention.axes) plan.AddAxis(axis);
  for (const Action& action : convention.actions) {
    if (SaysSomething(action)) plan.AddAction(plan.ParentOf(action), action);
  }
  for (const Facility& facility : convention.facilities) plan.AddFacility(facility);
  for (const Body& body : convention.bodies) plan.AddBody(body);
  for (const FundingLine& line : convention.funding) plan.AddFunding(line);
  for (const RoleSheet& sheet : convention.role_sheets) plan.AddRoleSheet(sheet);
}

}  // namespace greffe::reader
