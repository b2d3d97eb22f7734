// Prints every rule of the registry on a line: id, check, severity, function, titles, source,
// between tabs.

#include <cstdio>

#include "core/rules/registry.h"

int main() {
  constexpr const char* kSeverities[] = {"info", "warn", "error", "block"};
  for (const greffe::rules::Row& row : greffe::rules::Registry()) {
    std::printf("%s\t%s\t%s\t%s\t%s\t%s\t%s\n", row.id.data(), row.check.data(),
                kSeverities[static_cast<int>(row.severity)], row.function.data(),
                row.title_fr.data(), row.title_en.data(), row.source.data());
  }
  return 0;
}
