#include "core/reader/facts.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace greffe::reader {
namespace {

// Words of the facts for values of enums; null for what is no fact.
const char* PartnerWord(v1::PartnerKind kind) {
  switch (kind) {
    case v1::PARTNER_KIND_CAF:
      return "caf";
    case v1::PARTNER_KIND_COMMUNE:
      return "commune";
    case v1::PARTNER_KIND_INTERCOMMUNALITY:
      return "intercommunality";
    case v1::PARTNER_KIND_SYNDICATE:
      return "syndicate";
    case v1::PARTNER_KIND_STATE:
      return "state";
    case v1::PARTNER_KIND_NATIONAL_EDUCATION:
      return "education";
    case v1::PARTNER_KIND_DEPARTMENT:
      return "department";
    default:
      return "other";
  }
}

const char* BodyWord(v1::BodyKind kind) {
  switch (kind) {
    case v1::BODY_KIND_STEERING:
      return "steering";
    case v1::BODY_KIND_TECHNICAL:
      return "technical";
    case v1::BODY_KIND_COORDINATION:
      return "coordination";
    case v1::BODY_KIND_WORKING_GROUP:
      return "project_group";
    default:
      return nullptr;
  }
}

const char* IndicatorWord(v1::IndicatorKind kind) {
  switch (kind) {
    case v1::INDICATOR_KIND_REALISATION:
      return "realisation";
    case v1::INDICATOR_KIND_RESULT:
      return "result";
    case v1::INDICATOR_KIND_IMPACT:
      return "impact";
    default:
      return nullptr;
  }
}

// One column: white space runs are one space, so that a fact stays on its line.
void AppendColumn(std::string& out, absl::string_view text) {
  bool gap = false;
  bool any = false;
  for (const char c : text) {
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
      gap = any;
      continue;
    }
    if (gap) out.push_back(' ');
    gap = false;
    any = true;
    out.push_back(c);
  }
}

class Writer final {
 public:
  explicit Writer(const Reading& reading) : reading_(reading) {}

  std::string Take() && { return std::move(out_); }

  void Fact(const char* kind, absl::string_view key, absl::string_view text, const Source& source) {
    if (text.empty()) return;
    absl::StrAppend(&out_, kind, "\t");
    AppendColumn(out_, key);
    out_.push_back('\t');
    AppendColumn(out_, text);
    out_.push_back('\t');
    AppendColumn(out_, SourceText(reading_, source));
    out_.push_back('\n');
  }
  void Fact(const char* kind, absl::string_view key, const Text& text) {
    Fact(kind, key, text.text, text.source);
  }

  void WriteParties(const Convention& convention) {
    for (const Party& party : convention.parties) {
      Fact("party", PartnerWord(party.kind), party.name);
      for (const Representative& person : party.representatives) {
        Fact("representative", party.name.text, person.name);
      }
    }
  }

  void WriteArticles(const Convention& convention) {
    for (const Article& article : convention.articles) {
      Fact("article", article.number, article.title);
      Fact("article_body", article.number, article.body);
    }
    for (const Text& visa : convention.visas) Fact("visa", "", visa);
  }

  void WritePlan(const Convention& convention) {
    for (const Axis& axis : convention.axes) {
      Fact("axis", axis.ref, axis.title);
      for (const Objective& objective : axis.objectives) {
        if (!objective.ref.empty()) Fact("objective", objective.ref, objective.title);
      }
    }
    for (const Action& action : convention.actions) {
      Fact("action", action.ref, action.title);
      WriteSheet(action.ref, action);
      for (const Action& sub : action.sub_actions) {
        Fact("sub_action", sub.ref, sub.title);
        WriteSheet(action.ref, sub);
      }
    }
  }

  void WriteBodies(const Convention& convention) {
    for (const Facility& facility : convention.facilities) {
      Fact("facility", facility.type, facility.name);
      Fact("facility_address", facility.name.text, facility.address);
    }
    for (const Body& body : convention.bodies) {
      const char* word = BodyWord(body.kind);
      if (word != nullptr) Fact("body", word, body.name);
    }
  }

  void WriteDeliberations(const Convention& convention) {
    for (const Deliberation& vote : convention.deliberations) {
      Fact("deliberation", "date", vote.date);
      Fact("deliberation", "number", vote.number);
      Fact("deliberation", "receipt_id", vote.receipt_id);
      Fact("deliberation", "published_on", vote.published_on);
      Fact("deliberation", "received_on", vote.received_on);
      Fact("deliberation", "members_in_office", vote.members_in_office);
      Fact("deliberation", "present", vote.present);
      Fact("deliberation", "represented", vote.represented);
      Fact("deliberation", "votes_for", vote.votes_for);
      Fact("deliberation", "votes_against", vote.votes_against);
      Fact("deliberation", "abstentions", vote.abstentions);
    }
  }

 private:
  void WriteSheet(absl::string_view ref, const Action& action) {
    for (const Indicator& indicator : action.indicators) {
      Fact("indicator", ref, indicator.text);
      const char* word = IndicatorWord(indicator.kind);
      if (word == nullptr || indicator.text.text.empty()) continue;
      Fact("indicator_kind", ref, absl::StrCat(word, ": ", indicator.text.text),
           indicator.text.source);
    }
    for (const ScheduleStep& step : action.schedule) {
      const char* between = step.when.empty() || step.text.text.empty() ? "" : " : ";
      Fact("schedule", ref, absl::StrCat(step.when, between, step.text.text), step.text.source);
    }
    for (const Text& result : action.expected_results) Fact("expected_result", ref, result);
  }

  const Reading& reading_;
  std::string out_;
};

}  // namespace

std::string SourceText(const Reading& reading, const Source& source) {
  std::string out;
  for (const Lines& lines : source.lines) {
    if (!out.empty()) out.push_back(',');
    if (lines.document < reading.documents.size()) {
      absl::StrAppend(&out, reading.documents[lines.document].name, ":");
    }
    absl::StrAppend(&out, lines.first);
    if (lines.last != lines.first) absl::StrAppend(&out, "-", lines.last);
  }
  if (!source.recovered.empty()) absl::StrAppend(&out, " ~", source.recovered);
  return out;
}

std::string FactsTsv(const Reading& reading) {
  const Convention& convention = reading.convention;
  Writer writer(reading);
  writer.Fact("period", "from", convention.from.date, convention.from.printed.source);
  writer.Fact("period", "to", convention.to.date, convention.to.printed.source);
  writer.WriteParties(convention);
  writer.WriteArticles(convention);
  writer.WritePlan(convention);
  writer.WriteBodies(convention);
  writer.WriteDeliberations(convention);
  return std::move(writer).Take();
}

}  // namespace greffe::reader
