#ifndef GREFFE_CORE_CONVENTION_ELEMENTS_NUMBER_TABLE_H_
#define GREFFE_CORE_CONVENTION_ELEMENTS_NUMBER_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace greffe {

// A number that names nothing.
inline constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();

// Finds the number of a row by its content, at 4 bytes a slot: the rows themselves stay in their
// vector, and the table holds their indices only. Never iterated, so that no order comes of it.
// Hashes should be seeded (absl::Hash is): contents may be hostile.
class NumberTable final {
 public:
  // The number whose row `equal(number)` accepts, or kNone.
  template <typename Equal>
  std::uint32_t Find(std::size_t hash, Equal equal) const {
    if (slots_.empty()) return kNone;
    for (std::size_t i = hash & (slots_.size() - 1);; i = (i + 1) & (slots_.size() - 1)) {
      if (slots_[i] == kNone || equal(slots_[i])) return slots_[i];
    }
  }

  // Adds a number that Find does not know. `hash_of(number)` gives the hash of any number added.
  template <typename HashOf>
  void Insert(std::uint32_t number, HashOf hash_of) {
    if (2 * (used_ + 1) > slots_.size()) {
      std::vector<std::uint32_t> old(slots_.empty() ? 16 : 2 * slots_.size(), kNone);
      old.swap(slots_);
      for (const std::uint32_t moved : old) {
        if (moved != kNone) Put(moved, hash_of(moved));
      }
    }
    Put(number, hash_of(number));
    ++used_;
  }

  std::size_t MemoryBytes() const { return slots_.capacity() * sizeof(std::uint32_t); }

 private:
  void Put(std::uint32_t number, std::size_t hash) {
    std::size_t i = hash & (slots_.size() - 1);
    while (slots_[i] != kNone) i = (i + 1) & (slots_.size() - 1);
    slots_[i] = number;
  }

  std::vector<std::uint32_t> slots_;
  std::size_t used_ = 0;
};

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_ELEMENTS_NUMBER_TABLE_H_
