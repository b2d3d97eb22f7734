#ifndef GREFFE_CORE_CONVENTION_STATE_SNAPSHOT_IO_H_
#define GREFFE_CORE_CONVENTION_STATE_SNAPSHOT_IO_H_

#include <concepts>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "absl/strings/string_view.h"
#include "core/base/fixed_bytes.h"
#include "google/protobuf/message_lite.h"

// Writing and reading plain data with one description of each struct: a function
// `template <typename Archive> void Fields(Archive& a, Row& row)` that calls a(member, ...).
// Reading believes nothing: counts are bounded by the bytes left, and the first thing that does not
// fit makes everything after it read as nothing, with ok() false.

namespace greffe {

// Hands over what is written in pieces, so that a large state is never twice in memory.
class SnapshotWriter final {
 public:
  static constexpr bool kReading = false;
  using Sink = std::function<void(absl::string_view piece)>;

  explicit SnapshotWriter(Sink sink) : sink_(std::move(sink)) { out_.reserve(kPieceBytes); }

  template <typename... Ts>
  void operator()(Ts&... values) {
    (One(values), ...);
  }
  void Bytes(absl::string_view bytes) {
    out_.append(bytes.data(), bytes.size());
    HandOver();
  }
  // Hands over the rest.
  void End() {
    if (!out_.empty()) sink_(out_);
    out_.clear();
  }

 private:
  static constexpr std::size_t kPieceBytes = 128 * 1024;

  void HandOver() {
    if (out_.size() < kPieceBytes) return;
    sink_(out_);
    out_.clear();
  }
  void Varint(std::uint64_t value) {
    while (value >= 0x80) {
      out_ += static_cast<char>(value | 0x80);
      value >>= 7;
    }
    out_ += static_cast<char>(value);
  }
  template <typename T>
  requires std::integral<T> || std::is_enum_v<T>
  void One(T& value) { Varint(static_cast<std::uint64_t>(value)); }
  void One(std::string& text) {
    Varint(text.size());
    Bytes(text);
  }
  template <typename Tag, std::size_t N>
  void One(FixedBytes<Tag, N>& bytes) {
    Bytes(bytes.view());
  }
  template <typename T>
  void One(std::optional<T>& value) {
    out_ += value.has_value() ? '\1' : '\0';
    if (value.has_value()) One(*value);
  }
  template <typename T>
  void One(std::vector<T>& values) {
    Varint(values.size());
    for (T& value : values) One(value);
  }
  template <typename T, std::size_t N>
  void One(absl::InlinedVector<T, N>& values) {
    Varint(values.size());
    for (T& value : values) One(value);
  }
  template <typename T>
  void One(std::set<T>& values) {
    Varint(values.size());
    for (T value : values) One(value);
  }
  template <typename K, typename V>
  void One(std::map<K, V>& values) {
    Varint(values.size());
    for (auto& [key, value] : values) {
      K copy = key;
      One(copy);
      One(value);
    }
  }
  template <typename M>
  requires std::derived_from<M, google::protobuf::MessageLite>
  void One(M& message) {
    std::string bytes = message.SerializeAsString();
    One(bytes);
  }
  template <typename M>
  void One(std::shared_ptr<const M>& message) {
    out_ += message != nullptr ? '\1' : '\0';
    if (message == nullptr) return;
    std::string bytes = message->SerializeAsString();
    One(bytes);
  }
  template <typename Row>
  requires(std::is_class_v<Row> &&
           !std::derived_from<Row, google::protobuf::MessageLite>) void One(Row& row) {
    Fields(*this, row);
  }

  Sink sink_;
  std::string out_;
};

class SnapshotReader final {
 public:
  static constexpr bool kReading = true;

  explicit SnapshotReader(absl::string_view bytes) : in_(bytes) {}

  template <typename... Ts>
  void operator()(Ts&... values) {
    (One(values), ...);
  }
  // True when everything so far fitted.
  bool ok() const { return ok_; }
  bool AtEnd() const { return in_.empty(); }

 private:
  absl::string_view Bytes(std::uint64_t count) {
    if (count > in_.size()) ok_ = false;
    if (!ok_) return {};
    const absl::string_view bytes = in_.substr(0, count);
    in_.remove_prefix(count);
    return bytes;
  }
  std::uint64_t Varint() {
    std::uint64_t value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      const absl::string_view byte = Bytes(1);
      if (byte.empty()) return 0;
      const std::uint64_t bits = static_cast<unsigned char>(byte[0]);
      value |= (bits & 0x7F) << shift;
      if (bits < 0x80) return value;
    }
    ok_ = false;
    return 0;
  }
  // Each item takes a byte at least.
  std::uint64_t Count() {
    const std::uint64_t count = Varint();
    if (count > in_.size()) ok_ = false;
    return ok_ ? count : 0;
  }
  bool Present() {
    const absl::string_view byte = Bytes(1);
    if (!byte.empty() && byte[0] != '\0' && byte[0] != '\1') ok_ = false;
    return ok_ && byte[0] == '\1';
  }

  template <typename T>
  requires std::integral<T> || std::is_enum_v<T>
  void One(T& value) {
    const std::uint64_t wide = Varint();
    value = static_cast<T>(wide);
    if (static_cast<std::uint64_t>(value) != wide) ok_ = false;
  }
  void One(std::string& text) { text = std::string(Bytes(Count())); }
  template <typename Tag, std::size_t N>
  void One(FixedBytes<Tag, N>& bytes) {
    const absl::string_view raw = Bytes(N);
    std::copy(raw.begin(), raw.end(), bytes.bytes.begin());
  }
  template <typename T>
  void One(std::optional<T>& value) {
    if (Present()) One(value.emplace());
  }
  template <typename T>
  void One(std::vector<T>& values) {
    for (std::uint64_t count = Count(); ok_ && count > 0; --count) One(values.emplace_back());
  }
  template <typename T, std::size_t N>
  void One(absl::InlinedVector<T, N>& values) {
    for (std::uint64_t count = Count(); ok_ && count > 0; --count) One(values.emplace_back());
  }
  template <typename T>
  void One(std::set<T>& values) {
    for (std::uint64_t count = Count(); ok_ && count > 0; --count) {
      T value;
      One(value);
      values.insert(std::move(value));
    }
  }
  template <typename K, typename V>
  void One(std::map<K, V>& values) {
    for (std::uint64_t count = Count(); ok_ && count > 0; --count) {
      K key;
      One(key);
      One(values[key]);
    }
  }
  template <typename M>
  requires std::derived_from<M, google::protobuf::MessageLite>
  void One(M& message) {
    const absl::string_view bytes = Bytes(Count());
    if (!message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) ok_ = false;
  }
  template <typename M>
  void One(std::shared_ptr<const M>& message) {
    if (!Present()) return;
    auto read = std::make_shared<M>();
    One(*read);
    message = std::move(read);
  }
  template <typename Row>
  requires(std::is_class_v<Row> &&
           !std::derived_from<Row, google::protobuf::MessageLite>) void One(Row& row) {
    Fields(*this, row);
  }

  absl::string_view in_;
  bool ok_ = true;
};

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_STATE_SNAPSHOT_IO_H_
