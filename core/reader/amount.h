// Amounts of money as French documents print them.
//
// Pure and thread safe.
#ifndef GREFFE_CORE_READER_AMOUNT_H_
#define GREFFE_CORE_READER_AMOUNT_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace greffe::reader {

struct FoundAmount {
  int64_t cents = 0;
  std::size_t begin = 0;  // Bytes of the plain text.
  std::size_t end = 0;
};

// Every amount of `plain` (letters.h): « 1 000 € », « 5 000,50 euros », « 12 k€ », « 1,2 million
// d'euros », « deux mille euros », « 1.500,00 € ». Numbers without a currency are not amounts; nor
// is anything beyond 10 thousand million euros.
std::vector<FoundAmount> FindAmounts(absl::string_view plain);

}  // namespace greffe::reader

#endif  // GREFFE_CORE_READER_AMOUNT_H_
