#include "core/base/clock_offset.h"

#include "absl/strings/str_cat.h"

namespace greffe {
namespace {

constexpr std::uint64_t kWrongMs = 5 * 60 * 1000;

// Of the smallest number there is too.
std::uint64_t Size(std::int64_t offset_ms) {
  const auto bits = static_cast<std::uint64_t>(offset_ms);
  return offset_ms < 0 ? 0 - bits : bits;
}

struct Unit {
  std::uint64_t ms;
  absl::string_view fr;
  absl::string_view en;
};
constexpr Unit kUnits[] = {
    {365ULL * 24 * 3'600'000, "ans", "years"},
    {24 * 3'600'000, "jours", "days"},
    {3'600'000, "h", "h"},
    {60'000, "min", "min"},
    {1000, "s", "s"},
    {1, "ms", "ms"},
};

std::string InWords(std::uint64_t ms, bool french) {
  for (const Unit& unit : kUnits) {
    if (ms >= 2 * unit.ms || unit.ms == 1) {
      return absl::StrCat(ms / unit.ms, " ", french ? unit.fr : unit.en);
    }
  }
  return "";
}

}  // namespace

bool IsClockWrong(std::int64_t offset_ms) { return Size(offset_ms) > kWrongMs; }

std::string ClockOffsetFr(std::int64_t offset_ms) {
  const std::uint64_t ms = Size(offset_ms);
  if (ms < 1000) return "moins d'une seconde";
  return absl::StrCat(offset_ms < 0 ? "en retard de " : "en avance de ", InWords(ms, true));
}

std::string ClockOffsetEn(std::int64_t offset_ms) {
  const std::uint64_t ms = Size(offset_ms);
  if (ms < 1000) return "less than a second";
  return absl::StrCat(InWords(ms, false), offset_ms < 0 ? " behind" : " ahead");
}

std::string WrongClockFr(absl::string_view peer, std::int64_t offset_ms) {
  return absl::StrCat("L'horloge de « ", peer, " » est ", ClockOffsetFr(offset_ms),
                      " sur celle de cette réplique : l'une des deux est fausse. Sur chaque "
                      "machine, comparez « date -u » à l'heure exacte et remettez à l'heure celle "
                      "qui s'en écarte.");
}

std::string WrongClockEn(absl::string_view peer, std::int64_t offset_ms) {
  return absl::StrCat("The clock of \"", peer, "\" is ", ClockOffsetEn(offset_ms),
                      " compared with this replica's: one of the two is wrong. On each machine, "
                      "compare \"date -u\" with the exact time and set the one that is off.");
}

}  // namespace greffe
