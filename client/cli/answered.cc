#include "client/cli/answered.h"

#include "client/cli/format.h"
#include "client/cli/text_width.h"

namespace greffe::cli {

std::string SayAnswered(Lang lang, const v1::ReplyContext& from, absl::string_view ask_again) {
  if (from.replica_id().empty()) return "";
  constexpr Message kBy = {"Selon la réplique $0 [$1].", "According to the replica $0 [$1]."};
  constexpr Message kAgain = {"Selon la réplique $0 [$1] ; pour redemander la même réponse : $2",
                              "According to the replica $0 [$1]; to ask for the same again: $2"};
  const std::string name = PrintableLine(from.replica());
  const std::string id = PrintableLine(ShortHash(from.replica_id()));
  return ask_again.empty() ? Fill(lang, kBy, name, id)
                           : Fill(lang, kAgain, name, id, PrintableLine(ask_again));
}

}  // namespace greffe::cli
