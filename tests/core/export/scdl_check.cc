#include "tests/core/export/scdl_check.h"

#include <map>
#include <regex>

namespace greffe::testing_support {
namespace {

struct Column {
  const char* name;
  bool required;
  const char* pattern;
};
constexpr char kDay[] = "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])";
const Column kColumns[] = {
    {"COLL_NOM", true, ".*"},
    {"COLL_SIRET", true, "[0-9]{14}"},
    {"DELIB_ID", true, ".*"},
    {"DELIB_DATE", true, kDay},
    {"DELIB_MATIERE_CODE", true,
     "1\\.[1-7]|2\\.[1-3]|3\\.[1-6]|4\\.[1-5]|5\\.[1-8]|6\\.[1-5]|7\\.([1-9]|10)|8\\.[1-9]|9\\.[1-"
     "4]"},
    {"DELIB_MATIERE_NOM", true, "[^,()A-Z]+/[^,()A-Z]+"},
    {"DELIB_OBJET", true, ".*"},
    {"BUDGET_ANNEE", false, "[0-9]{4}(/[0-9]{4})?"},
    {"BUDGET_NOM", false, ".*"},
    {"PREF_ID", false, "PREF[0-9][0-9][0-9AB]|SPREF[0-9][0-9][0-9AB][0-9]|SGAR[0-9][0-9][0-9AB]"},
    {"PREF_DATE", false, kDay},
    {"VOTE_EFFECTIF", false, "[0-9]+"},
    {"VOTE_REEL", false, "[0-9]+"},
    {"VOTE_POUR", false, "[0-9]+"},
    {"VOTE_CONTRE", false, "[0-9]+"},
    {"VOTE_ABSTENTION", false, "[0-9]+"},
    {"DELIB_URL", false, "https?://[!-~]+"},
};

using Row = std::map<std::string, std::string>;

int Number(const Row& row, const char* name) { return std::stoi(row.at(name)); }

void CheckBetweenFields(const Row& row, std::vector<std::string>* problems) {
  const auto filled = [&](const char* name) { return !row.at(name).empty(); };
  if (filled("BUDGET_ANNEE") != filled("BUDGET_NOM")) problems->push_back("half a budget");
  if (filled("PREF_DATE") && row.at("PREF_DATE") < row.at("DELIB_DATE")) {
    problems->push_back("received before it was voted");
  }
  int votes = 0;
  for (const Column& column : kColumns) {
    votes += std::string(column.name).compare(0, 5, "VOTE_") == 0 && filled(column.name);
  }
  if (votes == 0) return;
  if (votes != 5) {
    problems->push_back("half a vote");
    return;
  }
  if (Number(row, "VOTE_REEL") > Number(row, "VOTE_EFFECTIF")) {
    problems->push_back("more votes than members");
  }
  if (Number(row, "VOTE_POUR") + Number(row, "VOTE_CONTRE") + Number(row, "VOTE_ABSTENTION") !=
      Number(row, "VOTE_REEL")) {
    problems->push_back("votes do not add up");
  }
}

}  // namespace

std::vector<std::vector<std::string>> ParseCsv(const std::string& text, char separator) {
  std::vector<std::vector<std::string>> rows;
  for (std::size_t at = 0; at < text.size();) {
    std::vector<std::string>& row = rows.emplace_back();
    for (bool more = true; more;) {
      std::string field;
      if (at < text.size() && text[at] == '"') {
        for (++at;; ++at) {
          if (at >= text.size()) return {};
          if (text[at] == '"' && (at + 1 == text.size() || text[at + 1] != '"')) break;
          if (text[at] == '"') ++at;
          field.push_back(text[at]);
        }
        ++at;
      } else {
        while (at < text.size() && text[at] != separator && text[at] != '\r') {
          if (text[at] == '"' || text[at] == '\n') return {};
          field.push_back(text[at++]);
        }
      }
      row.push_back(field);
      more = at < text.size() && text[at] == separator;
      at += more ? 1 : 0;
    }
    if (text.compare(at, 2, "\r\n") != 0) return {};
    at += 2;
  }
  return rows;
}

std::vector<std::string> ProblemsOfScdl(const std::string& text, char separator) {
  const auto rows = ParseCsv(text, separator);
  if (rows.empty()) return {"not a CSV file"};
  std::vector<std::string> problems;
  constexpr std::size_t kCount = std::size(kColumns);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i].size() != kCount) return {"not 17 columns"};
    Row row;
    for (std::size_t c = 0; c < kCount; ++c) {
      const std::string& value = rows[i][c];
      if (i == 0) {
        if (value != kColumns[c].name) problems.push_back("header: " + value);
        continue;
      }
      row[kColumns[c].name] = value;
      if (value.empty()) {
        if (kColumns[c].required) problems.push_back(std::string("empty: ") + kColumns[c].name);
      } else if (!std::regex_match(value, std::regex(kColumns[c].pattern))) {
        problems.push_back(std::string(kColumns[c].name) + ": " + value);
      }
    }
    if (i > 0 && problems.empty()) CheckBetweenFields(row, &problems);
  }
  return problems;
}

}  // namespace greffe::testing_support
