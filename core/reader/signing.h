// Dates under a signature: « Fait à X, le 18 décembre 2025 », « Pour la commune de X, le 12/01/2026
// ».
//
// Pure and thread safe.
#ifndef GREFFE_CORE_READER_SIGNING_H_
#define GREFFE_CORE_READER_SIGNING_H_

#include <string>
#include <vector>

#include "core/reader/model.h"

namespace greffe::reader {

// A date that a signature bears.
struct SigningDate {
  std::string signer;  // As printed after « Pour »; empty: all who sign.
  std::string date;    // YYYY-MM-DD.
  Lines lines;
};

struct Signing {
  std::vector<SigningDate> dates;
  // Formulas of signature whose date was left blank or is none.
  std::vector<Lines> undated;
  // Marks that somebody signed, without a date: « (signé) », « Signé électroniquement par … ».
  std::vector<Lines> marks;
};

// What `reading` prints of its own signing; what stands in deliberations is theirs. A date counts
// when its day is printed.
Signing FindSigning(const Reading& reading);

}  // namespace greffe::reader

#endif  // GREFFE_CORE_READER_SIGNING_H_
