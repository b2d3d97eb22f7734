// Draft files come from people: JSON or text format, then every rule of a draft.
#include "client/cli/draft_file.h"
#include "core/convention/decide.h"
#include "greffe/v1/draft.pb.h"
#include "tests/fuzz/fuzz_target.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const absl::string_view text(reinterpret_cast<const char*>(data), size);
  greffe::v1::ConventionDraft draft;
  greffe::cli::SourceMap map;
  if (!greffe::cli::ParseDraft(text, "brouillon", draft, map).ok()) return 0;
  greffe::CheckDraft(draft);
  return 0;
}

std::vector<std::string> Seeds() {
  return {
      R"({"elements": [
  {"id": "terms", "terms": {"title": "CTG", "start_date": "2025-01-01", "end_date": "2029-12-31"}},
  {"id": "party-caf", "party": {"partner_id": "caf-47", "name": "Caf", "kind": "PARTNER_KIND_CAF",
    "signing_offices": [{"id": "caf-president", "office": "Présidente"}]}},
  {"id": "axis-1", "axis": {"ref": "1", "title": "Axe"}},
  {"id": "action-1", "parent_id": "axis-1", "position": "a5", "action": {"ref": "1", "title": "A"}},
  {"id": "i-1", "parent_id": "action-1", "indicator": {"kind": "INDICATOR_KIND_RESULT",
    "text": "Nombre de places"}}], "remark": "\u00e9crit pour l'essai"})",
      R"(elements { id: "terms" terms { title: "CTG" start_date: "2025-01-01" end_date: "2029-12-31" } }
# commentaire
elements { id: "f-1" facility { type: "EAJE" name: "Crèche" planned: true } }
remark: "essai")",
      R"({"elements": [{"id": "x", "inconnu": 1}]})"};
}
