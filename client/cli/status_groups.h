#ifndef GREFFE_CLIENT_CLI_STATUS_GROUPS_H_
#define GREFFE_CLIENT_CLI_STATUS_GROUPS_H_

#include <string>
#include <vector>

#include "client/cli/messages.h"
#include "greffe/v1/view.pb.h"

// The board of many parties on one screen: those that have the same thing to do are told together.
namespace greffe::cli {

// A party as the board shows it. Made printable here.
struct BoardParty {
  std::string name;
  // What it has to do next; empty when nothing.
  std::string step;
  v1::AuthorityStage stage = v1::AUTHORITY_STAGE_UNSPECIFIED;
};

// Lines of at most `width` columns (at least 40) that tell the parties by stage and next step, the
// largest group first, those with nothing to do last; names in the order given. At most `lines_max`
// of them (at least 4): names are cut short first, then whole groups, each time saying how many
// parties are left out. Pure.
std::vector<std::string> GroupLines(Lang lang, const std::vector<BoardParty>& parties, int width,
                                    std::size_t lines_max);

}  // namespace greffe::cli

#endif  // GREFFE_CLIENT_CLI_STATUS_GROUPS_H_
