// Names of rubrics, columns and forms, by lexicon (lexicon/rubrics.inc, label_fillers.inc).
//
// Pure and thread safe.
#ifndef GREFFE_CORE_READER_LABELS_H_
#define GREFFE_CORE_READER_LABELS_H_

#include "absl/strings/string_view.h"
#include "greffe/v1/element.pb.h"

namespace greffe::reader {

// What stands under a label of an action sheet or in a column of a table.
enum class LabelRole {
  kNone,
  kContext,
  kObjectives,
  kPublic,
  kContent,
  kMeans,
  kPilots,
  kPartners,
  kExpectedResults,
  kTerritory,
  kInhabitants,
  kVigilance,
  kCommunication,
  kSchedule,
  kIndicators,
  kRealisation,
  kResult,
  kImpact,
  kTitle,
  kRef,
  kAxis,
  kPage,
  kOther,
};

// The role of a text that is a label and nothing else: each word is of a lexicon phrase or a
// filler. kNone otherwise. The first phrase decides; results and content under one label are
// content, since they cannot be told apart (a matter of judgement). Long words may have one letter
// misread.
LabelRole WholeLabel(absl::string_view text);

// Whether a label may start so: not with a small letter, unless recognition put it for a capital.
bool StartsLikeLabel(absl::string_view text);

// The role of a cell known to be a label by its place: the first lexicon phrase, kOther without
// one.
LabelRole CellLabel(absl::string_view text);

// True for roles that make a rubric or part of a sheet, false for title, ref, axis, page.
bool IsRubric(LabelRole role);

v1::RubricKind RubricOf(LabelRole role);
v1::IndicatorKind IndicatorKindOf(LabelRole role);

}  // namespace greffe::reader

#endif  // GREFFE_CORE_READER_LABELS_H_
