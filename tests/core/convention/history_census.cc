#include "tests/core/convention/history_census.h"

#include "absl/strings/str_cat.h"
#include "core/convention/elements/life_kinds.h"

namespace greffe::test {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::OneofDescriptor;

// Far fewer than the histories of a run hold whatever its seed, and far more than by accident.
constexpr int kAuthorised = 20;
constexpr int kConcurrent = 5;
constexpr int kAnswers = 5;
constexpr int kInVain = 3;
constexpr int kCorrects = 3;

int LifeCaseOf(const v1::Event& event) {
  return event.has_life_recorded() ? static_cast<int>(event.life_recorded().fact_case()) : 0;
}

std::vector<const FieldDescriptor*> Kinds(const OneofDescriptor* oneof) {
  std::vector<const FieldDescriptor*> out;
  for (int i = 0; i < oneof->field_count(); ++i) out.push_back(oneof->field(i));
  return out;
}

}  // namespace

void Census::CountLife(const StateData& data, const LifeFact& fact) {
  if (!data.events[fact.event].authorised) return;
  Row& row = life_[fact.kind];
  if (fact.answers != kNone) ++row.answers;
  const auto in_vain =
      data.findings.lower_bound({fact.event, FindingCode::kAnswersIneffective, ""});
  if (in_vain != data.findings.end() && in_vain->event == fact.event &&
      in_vain->code == FindingCode::kAnswersIneffective) {
    ++row.answers_in_vain;
  }
  if (!fact.replaces.empty()) ++row.corrects;
}

void Census::Count(const History& history, const StateData& data) {
  for (const LifeFact& fact : data.life) CountLife(data, fact);
  std::vector<History::Event> counted;
  for (History::Event e = 0; e < history.size(); ++e) {
    const EventRow& row = data.events[data.FindEvent(history.leaf(e))];
    if (!row.authorised || !row.understood) continue;
    const v1::Event& event = history.message(e);
    const int payload = event.payload_case();
    const int life = LifeCaseOf(event);
    ++payloads_[payload].authorised;
    if (life != 0) ++life_[life].authorised;
    for (const History::Event other : counted) {
      const v1::Event& earlier = history.message(other);
      if (earlier.payload_case() != event.payload_case() || LifeCaseOf(earlier) != life ||
          history.author(other) == history.author(e) || history.Saw(e, other)) {
        continue;
      }
      ++payloads_[payload].concurrent;
      if (life != 0) ++life_[life].concurrent;
    }
    counted.push_back(e);
  }
}

std::vector<std::string> Census::Lacking() const {
  std::vector<std::string> out;
  const auto want = [&out](const FieldDescriptor* kind, const char* what, int count, int least) {
    if (count >= least) return;
    out.push_back(absl::StrCat(kind->name(), ": ", what, " ", count, " times, want ", least));
  };
  const auto common = [&want](const FieldDescriptor* kind, const Row& row) {
    want(kind, "authorised", row.authorised, kAuthorised);
    want(kind, "concurrent", row.concurrent, kConcurrent);
  };
  const auto row_of = [](const std::map<int, Row>& rows, const FieldDescriptor* kind) {
    const auto found = rows.find(kind->number());
    return found == rows.end() ? Row() : found->second;
  };
  for (const FieldDescriptor* kind : Kinds(v1::Event::descriptor()->FindOneofByName("payload"))) {
    // Event 0 alone opens a convention.
    if (kind->number() == v1::Event::kConventionOpened) continue;
    common(kind, row_of(payloads_, kind));
  }
  for (const FieldDescriptor* kind :
       Kinds(v1::LifeRecorded::descriptor()->FindOneofByName("fact"))) {
    const Row row = row_of(life_, kind);
    common(kind, row);
    want(kind, "corrects", row.corrects, kCorrects);
    const LifeKind* const known = FindLifeKind(static_cast<LifeCase>(kind->number()));
    want(kind, "answers in vain", row.answers_in_vain, kInVain);
    if (known != nullptr && !known->answers.empty()) want(kind, "answers", row.answers, kAnswers);
  }
  return out;
}

}  // namespace greffe::test
