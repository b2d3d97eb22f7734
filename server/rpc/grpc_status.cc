#include "server/rpc/grpc_status.h"

#include <string>

#include "core/base/refusals.h"
#include "core/base/utf8.h"
#include "greffe/v1/error.pb.h"

namespace greffe {

// Codes of both have the same numbers (google.rpc.Code), so a cast is the whole mapping.
static_assert(static_cast<int>(absl::StatusCode::kUnauthenticated) ==
              static_cast<int>(grpc::StatusCode::UNAUTHENTICATED));

namespace {

void Fill(const Refusal& refusal, v1::ErrorDetail* detail) {
  detail->set_rule(refusal.rule);
  detail->set_field(refusal.field);
  detail->set_text_fr(refusal.fr);
  detail->set_text_en(refusal.en);
  detail->set_next_fr(refusal.next_fr);
  detail->set_next_en(refusal.next_en);
  detail->set_confirm(refusal.confirm);
}

// Of a text cut for the first time; halved until it fits.
constexpr std::size_t kTextBytesMax = 4096;

// Bytes in the trailers: the message percent-encoded, the details in base64.
std::size_t Encoded(const std::string& message, const v1::ErrorDetail& detail) {
  std::size_t out = (detail.ByteSizeLong() + 2) / 3 * 4;
  for (const char c : message) out += c >= ' ' && c <= '~' && c != '%' ? 1 : 3;
  return out;
}

// Never within a character.
void CutText(std::size_t bytes, std::string* text) {
  if (text->size() <= bytes) return;
  text->resize(WholeCharacters(*text, bytes));
  text->append("…");
}

void Fit(std::string* message, v1::ErrorDetail* detail) {
  const auto too_long = [&] { return Encoded(*message, *detail) > kRefusalBytesMax; };
  while (detail->more_size() > 0 && too_long()) detail->mutable_more()->RemoveLast();
  for (std::size_t bytes = kTextBytesMax; bytes > 0 && too_long(); bytes /= 2) {
    for (std::string* text : {message, detail->mutable_text_fr(), detail->mutable_text_en(),
                              detail->mutable_next_fr(), detail->mutable_next_en()}) {
      CutText(bytes, text);
    }
  }
}

}  // namespace

grpc::Status ToGrpcStatus(const absl::Status& status, Language language) {
  if (status.ok()) return grpc::Status::OK;
  const Refusal refusal = RefusalOf(status);
  v1::ErrorDetail detail;
  Fill(refusal, &detail);
  for (const Refusal& more : FurtherOf(status)) Fill(more, detail.add_more());
  std::string message = language == Language::kFrench ? refusal.fr : refusal.en;
  Fit(&message, &detail);
  return grpc::Status(static_cast<grpc::StatusCode>(status.code()), message,
                      detail.SerializeAsString());
}

absl::Status FromGrpcStatus(const grpc::Status& status) {
  if (status.ok()) return absl::OkStatus();
  Refusal refusal{.code = static_cast<absl::StatusCode>(status.error_code())};
  v1::ErrorDetail detail;
  if (!status.error_details().empty() && detail.ParseFromString(status.error_details())) {
    refusal.rule = detail.rule();
    refusal.field = detail.field();
    refusal.fr = detail.text_fr();
    refusal.en = detail.text_en();
    refusal.next_fr = detail.next_fr();
    refusal.next_en = detail.next_en();
    refusal.confirm = detail.confirm();
  }
  if (refusal.fr.empty()) refusal.fr = status.error_message();
  if (refusal.en.empty()) refusal.en = status.error_message();
  return ToStatus(refusal);
}

}  // namespace greffe
