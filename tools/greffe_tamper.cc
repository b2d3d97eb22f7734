// greffe_tamper: damages a store the way an intruder or a bad disk would, to show that it is found.
// Shares no code with Greffe, on purpose: it knows RocksDB and docs/formats/keys.md, nothing else.
// Only ever for copies of a store that no process has open.
//
//   greffe_tamper rewrite STORE LEAF               changes a letter of the event with this leaf
//   greffe_tamper rewrite-event STORE [--index N]  the same for the Nth event, or the middle one
//   greffe_tamper flip-byte STORE                  flips a bit in the middle of the largest table
//
// Prints what it changed as JSON. Exit codes: 0 done; 1 not found or not possible; 2 wrong usage.

#include <rocksdb/db.h>

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace {

constexpr int kRefused = 1;
constexpr int kUsage = 2;
// A key of `events` is a branch (4 bytes) and a sequence (8), big-endian; its value one version
// byte and the event. A key of `leaves` is a convention (4) and a leaf hash (32); its value one
// version byte and a key of `events`.
constexpr std::size_t kLeafKeyBytes = 36;
constexpr std::size_t kEventKeyBytes = 12;
constexpr std::size_t kLettersMin = 3;

int Refuse(const std::string& why) {
  std::fprintf(stderr, "greffe_tamper: %s\n", why.c_str());
  return kRefused;
}

// All column families of a store, open for writing.
class Store {
 public:
  ~Store() {
    for (rocksdb::ColumnFamilyHandle* family : families_) {
      db_->DestroyColumnFamilyHandle(family).PermitUncheckedError();
    }
  }

  rocksdb::Status Open(const std::string& path) {
    const rocksdb::Options options;
    std::vector<std::string> names;
    rocksdb::Status status = rocksdb::DB::ListColumnFamilies(options, path, &names);
    if (!status.ok()) return status;
    std::vector<rocksdb::ColumnFamilyDescriptor> wanted;
    for (const std::string& name : names) {
      wanted.emplace_back(name, rocksdb::ColumnFamilyOptions());
    }
    rocksdb::DB* db = nullptr;
    status = rocksdb::DB::Open(options, path, wanted, &families_, &db);
    db_.reset(db);
    return status;
  }

  rocksdb::ColumnFamilyHandle* Family(const std::string& name) const {
    for (rocksdb::ColumnFamilyHandle* family : families_) {
      if (family->GetName() == name) return family;
    }
    return nullptr;
  }
  rocksdb::DB& db() { return *db_; }
  rocksdb::Status Flush() { return db_->Flush(rocksdb::FlushOptions(), families_); }

 private:
  std::unique_ptr<rocksdb::DB> db_;
  std::vector<rocksdb::ColumnFamilyHandle*> families_;
};

std::uint64_t Number(const std::string& bytes, std::size_t from, std::size_t count) {
  std::uint64_t value = 0;
  for (std::size_t i = from; i < from + count; ++i) {
    value = (value << 8) | static_cast<std::uint8_t>(bytes[i]);
  }
  return value;
}

std::string Hex(const std::string& bytes) {
  std::string out;
  for (const char c : bytes) {
    char digits[3];
    std::snprintf(digits, sizeof(digits), "%02x", static_cast<std::uint8_t>(c));
    out += digits;
  }
  return out;
}

// The key in `events` of the event with this leaf hash.
std::optional<std::string> FindByLeaf(Store& store, const std::string& leaf_hex) {
  rocksdb::ColumnFamilyHandle* leaves = store.Family("leaves");
  if (leaves == nullptr) return std::nullopt;
  const std::unique_ptr<rocksdb::Iterator> row(
      store.db().NewIterator(rocksdb::ReadOptions(), leaves));
  for (row->SeekToFirst(); row->Valid(); row->Next()) {
    const std::string key = row->key().ToString();
    if (key.size() != kLeafKeyBytes || Hex(key.substr(4)) != leaf_hex) continue;
    return row->value().ToString().substr(1, kEventKeyBytes);
  }
  return std::nullopt;
}

// The key of the Nth event in the order of keys; of the middle one.
std::optional<std::string> FindByIndex(Store& store, std::optional<std::uint64_t> index) {
  rocksdb::ColumnFamilyHandle* events = store.Family("events");
  if (events == nullptr) return std::nullopt;
  std::vector<std::string> keys;
  const std::unique_ptr<rocksdb::Iterator> row(
      store.db().NewIterator(rocksdb::ReadOptions(), events));
  for (row->SeekToFirst(); row->Valid(); row->Next()) keys.push_back(row->key().ToString());
  const std::uint64_t at = index.value_or(keys.size() / 2);
  if (at >= keys.size()) return std::nullopt;
  return keys[at];
}

// A letter in the middle of the longest run of letters: inside some text, so that the event still
// parses and says something else.
std::optional<std::size_t> LetterToChange(const std::string& value) {
  std::size_t best = 0, best_length = 0, length = 0;
  for (std::size_t i = 1; i <= value.size(); ++i) {
    if (i < value.size() && std::isalpha(static_cast<std::uint8_t>(value[i])) != 0) {
      ++length;
      continue;
    }
    if (length > best_length) {
      best_length = length;
      best = i - length;
    }
    length = 0;
  }
  if (best_length < kLettersMin) return std::nullopt;
  return best + best_length / 2;
}

int RewriteEvent(Store& store, const std::optional<std::string>& key) {
  if (!key.has_value() || key->size() != kEventKeyBytes) return Refuse("no such event");
  rocksdb::ColumnFamilyHandle* events = store.Family("events");
  std::string value;
  rocksdb::Status status = store.db().Get(rocksdb::ReadOptions(), events, *key, &value);
  if (!status.ok()) return Refuse(status.ToString());
  const std::optional<std::size_t> at = LetterToChange(value);
  if (!at.has_value()) return Refuse("the event has no text to change");
  const char from = value[*at];
  value[*at] = from == 'z' ? 'a' : from == 'Z' ? 'A' : static_cast<char>(from + 1);

  rocksdb::WriteOptions synced;
  synced.sync = true;
  status = store.db().Put(synced, events, *key, value);
  if (status.ok()) status = store.Flush();
  if (!status.ok()) return Refuse(status.ToString());
  std::printf(
      "{\"changed\": \"event\", \"branch\": %llu, \"sequence\": %llu, \"byte\": %zu, "
      "\"from\": \"%c\", \"to\": \"%c\"}\n",
      static_cast<unsigned long long>(Number(*key, 0, 4)),
      static_cast<unsigned long long>(Number(*key, 4, 8)), *at - 1, from, value[*at]);
  return 0;
}

int FlipByte(const std::string& path) {
  {
    Store store;
    rocksdb::Status status = store.Open(path);
    if (status.ok()) status = store.Flush();
    if (!status.ok()) return Refuse(status.ToString());
  }
  std::filesystem::path table;
  for (const auto& entry : std::filesystem::directory_iterator(path)) {
    if (entry.path().extension() != ".sst") continue;
    if (table.empty() || entry.file_size() > std::filesystem::file_size(table)) {
      table = entry.path();
    }
  }
  if (table.empty()) return Refuse("no table file in " + path);
  const std::streamoff at = static_cast<std::streamoff>(std::filesystem::file_size(table) / 2);
  std::fstream file(table, std::ios::in | std::ios::out | std::ios::binary);
  file.seekg(at);
  const int from = file.get();
  const int to = from ^ 0x40;
  file.seekp(at);
  file.put(static_cast<char>(to));
  file.close();
  if (from < 0 || !file) return Refuse("cannot write " + table.string());
  std::printf(
      "{\"changed\": \"file\", \"file\": \"%s\", \"byte\": %lld, \"from\": %d, "
      "\"to\": %d}\n",
      table.filename().c_str(), static_cast<long long>(at), from, to);
  return 0;
}

int Usage() {
  std::fputs(
      "usage: greffe_tamper rewrite STORE LEAF | rewrite-event STORE [--index N] | "
      "flip-byte STORE\n",
      stderr);
  return kUsage;
}

int Run(const std::vector<std::string>& words) {
  if (words.size() < 2) return Usage();
  const std::string& what = words[0];
  const std::string& path = words[1];
  const bool by_leaf = what == "rewrite" && words.size() == 3;
  const bool middle = what == "rewrite-event" && words.size() == 2;
  const bool by_index = what == "rewrite-event" && words.size() == 4 && words[2] == "--index";
  if (what == "flip-byte" && words.size() == 2) return FlipByte(path);
  if (!by_leaf && !middle && !by_index) return Usage();

  Store store;
  const rocksdb::Status status = store.Open(path);
  if (!status.ok()) return Refuse(status.ToString());
  if (by_leaf) return RewriteEvent(store, FindByLeaf(store, words[2]));
  if (middle) return RewriteEvent(store, FindByIndex(store, std::nullopt));
  char* end = nullptr;
  const std::uint64_t index = std::strtoull(words[3].c_str(), &end, 10);
  if (words[3].empty() || *end != '\0') return Usage();
  return RewriteEvent(store, FindByIndex(store, index));
}

}  // namespace

int main(int argc, char** argv) { return Run(std::vector<std::string>(argv + 1, argv + argc)); }
