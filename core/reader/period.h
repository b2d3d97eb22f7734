// The period that a sentence gives.
//
// Pure and thread safe.
#ifndef GREFFE_CORE_READER_PERIOD_H_
#define GREFFE_CORE_READER_PERIOD_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "core/reader/model.h"

namespace greffe::reader {

// The period that one sentence gives: « du 1er janvier 2022 au 31 décembre 2025 », « à compter du …
// pour une durée de quatre ans », « 2021-2025 » (years alone, precision kYear). « jusqu'au 31
// décembre 2026 » alone gives an end without a start.
struct Period {
  PeriodEnd from, to;
};
std::optional<Period> PeriodIn(absl::string_view text, const Source& source);
// The first day of the term in a sentence that gives no more: « entre en vigueur le 1er mars 2024
// ».
std::optional<PeriodEnd> StartIn(absl::string_view text, const Source& source);
// A length of time in months that the text gives in words or figures: « d'une durée de trois ans »,
// « quatre (4) ans », « conclue pour 36 mois »; that of a renewal is none. 0 for none.
uint32_t DurationMonths(absl::string_view text);
// The last day of a term that starts on `from` and lasts `months`.
std::string EndAfter(absl::string_view from, uint32_t months);
// The first day of a term that ends on `to` and lasts `months`.
std::string StartBefore(absl::string_view to, uint32_t months);

}  // namespace greffe::reader

#endif  // GREFFE_CORE_READER_PERIOD_H_
