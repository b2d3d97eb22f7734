#include "core/reader/plan_label.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/reader/fold.h"
#include "core/reader/heading.h"
#include "core/reader/letters.h"

namespace greffe::reader {
namespace {

constexpr std::size_t kPlanLabelBytes = 140;

// « d'évaluationIndicateurs »: two labels that lost the break between them.
std::string Unglue(absl::string_view text) {
  std::string out;
  for (const Word& word : Words(text)) {
    const absl::string_view printed = text.substr(word.begin, word.end - word.begin);
    if (!out.empty()) out.push_back(' ');
    for (std::size_t i = 0; i < printed.size(); ++i) {
      const bool breaks = i > 0 && absl::ascii_isupper(static_cast<unsigned char>(printed[i])) &&
                          absl::ascii_islower(static_cast<unsigned char>(printed[i - 1]));
      if (breaks) out.push_back(' ');
      out.push_back(printed[i]);
    }
  }
  return out;
}

// The role of a text that is a label, numbered or not; kNone for anything else.
LabelRole LabelOf(absl::string_view text, const LearnedLabels& learned) {
  if (text.size() > kPlanLabelBytes || !HasWords(text)) return LabelRole::kNone;
  const char last = text.back();
  if (last == '.' || last == ';' || last == ',') return LabelRole::kNone;
  LabelRole role = StartsLikeLabel(text) ? WholeLabel(text) : LabelRole::kNone;
  if (role == LabelRole::kNone) {
    const Heading heading = ParseHeading(text);
    if (heading.kind == HeadingKind::kNumbered) role = WholeLabel(heading.title);
  }
  if (role == LabelRole::kNone && !StartsLower(text)) role = WholeLabel(Unglue(text));
  return role == LabelRole::kNone ? learned.RoleOf(text) : role;
}

// « Label : value »: where the value starts, 0 when the text is not of this form.
std::size_t ValueAt(absl::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == absl::string_view::npos || colon == 0 || colon > kPlanLabelBytes) return 0;
  return colon + 1;
}

// « Durée de la convention : une réunion par an » is a step of a schedule; « Durée du projet » is
// its label.
bool NamesTheTerm(absl::string_view label) {
  const std::string words = Fold(label);
  for (absl::string_view term : {"duree de la convention", "duree de la ctg",
                                 "duree de la presente", "duree du contrat", "duree du mandat"}) {
    if (absl::StartsWith(words, term)) return true;
  }
  return false;
}

LabelPiece PieceOf(absl::string_view text, Lines lines, const LearnedLabels& learned) {
  LabelPiece piece;
  piece.lines = lines;
  piece.role = LabelOf(text, learned);
  if (piece.role != LabelRole::kNone) {
    piece.label = std::string(text);
    while (!piece.label.empty() && (piece.label.back() == ':' || piece.label.back() == ' ')) {
      piece.label.pop_back();
    }
    // Title, reference, axis and the like are labels in running text only with their value.
    if (!IsRubric(piece.role)) piece.role = LabelRole::kNone;
  } else if (const std::size_t value = ValueAt(text); value > 0) {
    const absl::string_view label = TrimBlanks(text.substr(0, value - 1));
    const LabelRole role = LabelOf(label, learned);
    if (role != LabelRole::kNone && !NamesTheTerm(label)) {
      piece.role = role;
      piece.label = std::string(label);
      piece.value = std::string(TrimBlanks(text.substr(value)));
      return piece;
    }
  }
  if (piece.role == LabelRole::kNone) {
    piece.label.clear();
    piece.value = std::string(text);
  }
  return piece;
}

}  // namespace

std::vector<LabelPiece> SplitLabels(const Block& block, const LearnedLabels& learned) {
  std::vector<LabelPiece> pieces;
  // A label may be broken over lines: the block as a whole is tried first.
  LabelPiece whole = PieceOf(block.text, block.lines, learned);
  if (block.parts.size() <= 1 || (whole.role != LabelRole::kNone && whole.value.empty())) {
    pieces.push_back(std::move(whole));
    return pieces;
  }
  for (const BlockLine& line : block.parts) {
    const Lines lines{block.lines.document, line.number, line.number};
    LabelPiece piece = PieceOf(line.text, lines, learned);
    const bool joins = piece.role == LabelRole::kNone && !pieces.empty() &&
                       !(pieces.back().role != LabelRole::kNone && pieces.back().value.empty());
    if (!joins) {
      pieces.push_back(std::move(piece));
      continue;
    }
    LabelPiece& last = pieces.back();
    absl::StrAppend(&last.value, last.value.empty() ? "" : "\n", piece.value);
    last.lines.last = line.number;
  }
  return pieces;
}

LabelPiece ItemLabel(const Block& block, const LearnedLabels& learned) {
  return PieceOf(block.text, block.lines, learned);
}

LabelPiece CellPair(const Cell& cell, const LearnedLabels& learned) {
  LabelPiece piece = PieceOf(cell.text, cell.lines, learned);
  if (piece.value.empty()) piece.role = LabelRole::kNone;
  return piece;
}

LabelRole InContext(LabelRole role, absl::string_view label, LabelRole current) {
  const bool bare = IndicatorKindOf(role) != v1::INDICATOR_KIND_UNSPECIFIED &&
                    Fold(label).find("indicateur") == std::string::npos &&
                    Fold(label).find("critere") == std::string::npos;
  const bool indicators = current == LabelRole::kIndicators ||
                          IndicatorKindOf(current) != v1::INDICATOR_KIND_UNSPECIFIED;
  if (!bare || indicators) return role;
  return role == LabelRole::kRealisation ? LabelRole::kContent : LabelRole::kExpectedResults;
}

}  // namespace greffe::reader
