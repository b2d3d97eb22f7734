#include "client/cli/output.h"

#include <google/protobuf/util/json_util.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "client/cli/format.h"
#include "client/cli/labels.h"
#include "client/cli/text_width.h"
#include "client/status.h"
#include "core/base/refusal.h"

namespace greffe::cli {
namespace {

void AppendLine(std::string& out, Lang lang, const Message& label, absl::string_view value) {
  if (value.empty()) return;
  absl::StrAppend(&out, "  ", Fill(lang, label, PrintableLine(InnerQuotes(value))), "\n");
}

const Message& Heading(const absl::Status& status) {
  switch (ExitCodeOf(status)) {
    case kWrongUsage:
      return msg::kWrongUsage;
    case kNotReachable:
      return IsFromReplica(status) ? msg::kUnavailable : msg::kNotReachable;
    case kIntegrity:
      return msg::kIntegrity;
    default:
      return msg::kRefused;
  }
}

// Checks of dates, digests and the like begin their sentence with the name of the field, for logs;
// people read it on the line of the field.
absl::string_view WithoutField(absl::string_view text, absl::string_view field) {
  if (field.empty() || !absl::ConsumePrefix(&text, field)) return text;
  const absl::string_view rest = text;
  if (absl::ConsumePrefix(&text, " : ") || absl::ConsumePrefix(&text, ": ")) return text;
  return absl::string_view(rest.data() - field.size(), rest.size() + field.size());
}

}  // namespace

std::string ToJson(const google::protobuf::Message& message, JsonForm form) {
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  // Scripts find every field, also a false, a zero and an empty list.
  options.always_print_primitive_fields = form != JsonForm::kDraft;
  options.add_whitespace = form != JsonForm::kOneLine;
  std::string out;
  // Fails only for Any and malformed well-known types; the services have neither.
  if (!google::protobuf::util::MessageToJsonString(message, &out, options).ok()) out = "{}";
  if (out.empty() || out.back() != '\n') out += '\n';
  return out;
}

std::string RenderError(Lang lang, const absl::Status& status, const Complete& complete) {
  const auto whole = [&](const std::string& next) {
    return complete == nullptr ? next : complete(next);
  };
  const Refusal refusal = RefusalOf(status);
  const bool french = lang == Lang::kFrench;
  const std::string& text = french || refusal.en.empty() ? refusal.fr : refusal.en;
  std::string out = absl::StrCat(Say(lang, Heading(status)), french ? " : " : ": ",
                                 Printable(InnerQuotes(WithoutField(text, refusal.field))), "\n");
  AppendLine(out, lang, msg::kRule, refusal.rule);
  AppendLine(out, lang, msg::kField, SayField(lang, refusal.field));
  AppendLine(out, lang, msg::kNext, whole(french ? refusal.next_fr : refusal.next_en));
  for (const v1::ErrorDetail& more : FurtherProblems(status)) {
    const std::string& said = french || more.text_en().empty() ? more.text_fr() : more.text_en();
    absl::StrAppend(&out, "- ", PrintableLine(InnerQuotes(WithoutField(said, more.field()))), "\n");
    AppendLine(out, lang, msg::kRule, more.rule());
    AppendLine(out, lang, msg::kField, SayField(lang, more.field()));
    AppendLine(out, lang, msg::kNext, whole(french ? more.next_fr() : more.next_en()));
  }
  return out;
}

int ExitCodeOf(const absl::Status& status) {
  if (status.ok()) return kDone;
  if (IsUsageError(status)) return kWrongUsage;
  switch (status.code()) {
    case absl::StatusCode::kUnavailable: {
      // A replica that answers, and says which rule forbids it, was reached. One that stops is not
      // there a moment later.
      const std::string rule = RefusalOf(status).rule;
      return IsFromReplica(status) && !rule.empty() && rule != "stopping" ? kRefused
                                                                          : kNotReachable;
    }
    case absl::StatusCode::kDeadlineExceeded:
      return kNotReachable;
    case absl::StatusCode::kDataLoss:
      return kIntegrity;
    default:
      return kRefused;
  }
}

}  // namespace greffe::cli
