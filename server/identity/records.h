#ifndef GREFFE_SERVER_IDENTITY_RECORDS_H_
#define GREFFE_SERVER_IDENTITY_RECORDS_H_

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "storage/event_store.h"

namespace greffe {

// Writes rows of the replica's own tables in one commit; returns once they are on disk. Blocks, so
// never called in the sequencer's thread.
using RecordWriter = std::function<absl::Status(std::vector<RecordRow>)>;

// All rows of a table, parsed. DATA_LOSS naming table and key.
template <typename Message>
absl::StatusOr<std::map<std::string, Message>> LoadRecords(const EventStore& store,
                                                           absl::string_view table) {
  absl::StatusOr<std::vector<RecordRow>> rows = store.ReadTable(table);
  if (!rows.ok()) return rows.status();
  std::map<std::string, Message> out;
  for (const RecordRow& row : *rows) {
    if (!row.value.has_value()) continue;
    if (!out[row.key].ParseFromString(*row.value)) {
      return absl::DataLossError(
          absl::StrCat("table ", table, ", key ", row.key, ": cannot be parsed"));
    }
  }
  return out;
}

template <typename Message>
RecordRow MakeRecord(absl::string_view table, absl::string_view key, const Message& value) {
  return {.table = std::string(table), .key = std::string(key), .value = value.SerializeAsString()};
}

inline RecordRow MakeRemoval(absl::string_view table, absl::string_view key) {
  return {.table = std::string(table), .key = std::string(key), .value = std::nullopt};
}

}  // namespace greffe

#endif  // GREFFE_SERVER_IDENTITY_RECORDS_H_
