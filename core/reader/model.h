// What a reading of documents finds: one convention as printed, each piece with its place.
//
// Plain values, filled stage by stage (docs/ARCHITECTURE.md, "The reader"). Nothing here is a
// convention yet: core/reader/draft.h makes the draft that people correct. Not thread safe; no
// I/O. Texts are UTF-8, NFC.
#ifndef GREFFE_CORE_READER_MODEL_H_
#define GREFFE_CORE_READER_MODEL_H_

#include <cstdint>
#include <string>
#include <vector>

#include "greffe/v1/element.pb.h"

namespace greffe::reader {

// A range of lines of one document, both ends included. Lines count from 1, as editors do.
struct Lines {
  uint32_t document = 0;  // Index into Reading::documents.
  uint32_t first = 0;
  uint32_t last = 0;
  auto operator<=>(const Lines&) const = default;
};

// Where a piece was read and how sure the reading is.
struct Source {
  std::vector<Lines> lines;
  // Percent, 0 to 100. Below 60 the report asks a person to look.
  uint32_t confidence = 100;
  // How it was found when it is not printed there, such as "order"; else empty.
  std::string recovered;
};

// A wording with its place.
struct Text {
  std::string text;
  Source source;
};

enum class Precision { kNone, kYear, kMonth, kDay };

// One end of a period. `date` is YYYY-MM-DD, first or last day of what is printed.
struct PeriodEnd {
  std::string date;
  Precision precision = Precision::kNone;
  Text printed;
};

// A person as printed. Names never enter an event; the report and the facts show them.
struct Representative {
  Text name;    // With civility, as printed.
  Text office;  // « Maire », « Présidente du conseil d'administration ».
};

struct Party {
  v1::PartnerKind kind = v1::PARTNER_KIND_UNSPECIFIED;
  Text name;
  Text address;
  Text siren;
  std::vector<Text> aliases;
  std::vector<Representative> representatives;
};

struct Article {
  std::string number;  // As printed: "3", "IV", "7.2".
  Text title;
  Text body;  // Paragraphs separated by "\n".
  v1::ClauseRole role = v1::CLAUSE_ROLE_UNSPECIFIED;
  std::vector<Text> aliases;
};

struct Annex {
  std::string number;
  Text title;
  v1::AnnexContent content = v1::ANNEX_CONTENT_UNSPECIFIED;
  Text body;
  std::vector<Text> aliases;
};

// Prose outside articles and annexes: preamble, closing, diagnosis, a heading with what it heads.
struct Section {
  v1::TextBlockKind kind = v1::TEXT_BLOCK_KIND_UNSPECIFIED;
  Text title;
  Text body;
};

struct RubricEntry {
  Text text;
  uint32_t level = 0;
};

struct Rubric {
  v1::RubricKind kind = v1::RUBRIC_KIND_UNSPECIFIED;
  Text label;
  v1::FilledState state = v1::FILLED_STATE_UNSPECIFIED;
  std::vector<RubricEntry> items;
};

struct ScheduleStep {
  std::string when;  // As printed: a year, a term, « Prochaine CTG »; may be empty.
  Text text;
  bool marked = false;  // A mark under a year of a table, not words.
};

struct Indicator {
  v1::IndicatorKind kind = v1::INDICATOR_KIND_UNSPECIFIED;
  Text text;
  std::vector<Text> aliases;
};

struct Action {
  std::string ref;  // As printed or recovered; "" when there is none.
  Text title;
  std::vector<Text> aliases;
  std::string axis_ref;
  std::string objective_ref;
  std::vector<Rubric> rubrics;
  v1::FilledState schedule_state = v1::FILLED_STATE_UNSPECIFIED;
  std::vector<ScheduleStep> schedule;
  std::vector<Text> expected_results;
  std::vector<Indicator> indicators;
  // Words beside the fields above that only name them or count: « Echéancier », a page number.
  std::vector<Text> labels;
  std::vector<Action> sub_actions;
};

struct Objective {
  std::string ref;
  Text title;
  std::vector<Text> aliases;
};

struct Axis {
  std::string ref;
  Text title;
  Text body;
  std::vector<Text> aliases;
  std::vector<Objective> objectives;
};

struct Facility {
  std::string type;  // EAJE, RPE, ALSH… (a class of the lexicon) or as printed.
  Text type_text;    // The type as printed in a cell or heading; empty when only the name has it.
  Text name;
  Text address;
  Text supported_by;
  bool planned = false;
};

struct Body {
  v1::BodyKind kind = v1::BODY_KIND_UNSPECIFIED;
  Text name;
  std::vector<Text> members;
  Text guests;
  Text chair;
  Text secretariat;
  Text cadence;
  uint32_t meetings_per_year_min = 0;
  std::vector<Text> functions;
};

// One vote as printed, with every figure. Counts are decimal digits, "" when not printed.
struct Deliberation {
  Text party;  // Who voted, when the document says.
  Text date, number, object, convened_on, transmitted_number;
  Text members_in_office, present, represented, votes_for, votes_against, abstentions;
  Text receipt_id, sent_on, received_on, published_on;
  std::vector<Text> receipt_ids;  // Every stamp, repeated ones too (CHK-07).
  Text body;                      // The rest of its text.
};

struct FundingLine {
  Text text;
  Text payer;
  std::string action_ref;
  bool has_amount = false;
  int64_t amount_cents = 0;
  Text condition;
  v1::FilledState state = v1::FILLED_STATE_UNSPECIFIED;
};

struct RoleSheet {
  Text title, attachment, summary;
  std::vector<Text> missions, skills;
};

// « annexe 3 », « fiche I.B. 2 »: a mention of another part.
struct Reference {
  Text text;
  std::string from;    // Kind and number of the piece that mentions: "article:7", "action:I.A.1".
  std::string target;  // The same for what is meant; empty when it does not resolve.
};

// The whole convention as the documents print it.
struct Convention {
  Text title, territory;
  PeriodEnd from, to;
  std::vector<Party> parties;
  std::vector<Text> visas;
  std::vector<Section> sections;  // Preamble, closing, diagnosis and prose, in order.
  std::vector<Article> articles;
  std::vector<Annex> annexes;
  std::vector<Axis> axes;
  std::vector<Action> actions;
  std::vector<Facility> facilities;
  std::vector<Body> bodies;
  std::vector<Deliberation> deliberations;
  std::vector<FundingLine> funding;
  std::vector<RoleSheet> role_sheets;
  std::vector<Reference> references;
};

// What became of one source line.
enum class LineUse {
  kBlank,
  kRead,        // Its words occur in a piece that cites it.
  kPageHeader,  // Repeats from page to page.
  kLabel,       // A heading of a form or table that says only what follows.
  kWatermark,
  kContents,   // Table of contents.
  kPageStamp,  // Stamp of transmission, page number.
  kUnread,
};

enum class Severity { kInfo, kWarning, kError };

// Something a person should see (domain rules CHK-…).
struct Finding {
  std::string rule;  // "CHK-12".
  Severity severity = Severity::kWarning;
  std::string fr, en;
  std::vector<Lines> lines;
};

// One input: its name for people, and its lines without line ends.
struct Document {
  std::string name;
  std::vector<std::string> lines;
};

struct Reading {
  std::vector<Document> documents;
  Convention convention;
  std::vector<std::vector<LineUse>> uses;  // Per document, per line.
  // Stretches printed in two columns: lines there do not stand in the order of reading.
  std::vector<Lines> columns;
  std::vector<Finding> findings;
  std::vector<uint32_t> amendments;  // Documents that are avenants beside their convention.
};

}  // namespace greffe::reader

#endif  // GREFFE_CORE_READER_MODEL_H_
