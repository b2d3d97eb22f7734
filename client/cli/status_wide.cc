#include "client/cli/status_wide.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "client/cli/format.h"
#include "client/cli/show.h"
#include "client/cli/status_party.h"
#include "client/cli/table.h"

namespace greffe::cli {
namespace {

// « 30/3/2 »; nothing where the figures are not known.
std::string Figures(const v1::PartyStanding& party) {
  const v1::DeliberationView* const vote = VoteOfBoard(party);
  if (vote == nullptr || party.vote().empty()) return "–";
  const v1::Deliberation& said = vote->deliberation();
  return absl::StrCat(said.votes_for(), "/", said.votes_against(), "/", said.abstentions());
}

std::string KindMark(v1::SignatureKind kind) {
  return kind == v1::SIGNATURE_KIND_PAPER          ? "p"
         : kind == v1::SIGNATURE_KIND_OUTSIDE_FILE ? "f"
                                                   : "G";
}

std::string WhoSigns(const v1::PartyStanding& party) {
  std::vector<std::string> out;
  for (const v1::OfficeStanding& one : party.signing()) {
    out.push_back(absl::StrCat(
        one.office(), " ",
        one.signed_on().empty() ? "–" : absl::StrCat(KindMark(one.kind()), " ", one.signed_on())));
  }
  return absl::StrJoin(out, ", ");
}

}  // namespace

void PrintWide(Context& context, const std::vector<const v1::PartyStanding*>& parties) {
  Table table({{context.T({"Partie", "Party"}), Fit::kEllipsize},
               {context.T({"Séance", "Sitting"})},
               {context.T({"Voix", "Votes"}), Fit::kKeep, true},
               {context.T({"Exécutoire", "Exécutoire"})},
               {context.T({"Mandat", "Mandate"}), Fit::kEllipsize},
               {context.T({"Signe", "Signs"}), Fit::kEllipsize}});
  const auto day = [](const std::string& date) { return date.empty() ? std::string("–") : date; };
  for (const v1::PartyStanding* const party : parties) {
    const std::string& quote = party->scope().quote();
    if (party->deliberates()) {
      table.AddRow(
          {party->name(), day(party->sitting_on()), Figures(*party),
           party->stage() == v1::AUTHORITY_STAGE_NO_MANDATE ? "✗" : day(party->executory_on()),
           quote.empty() ? "–" : quote, WhoSigns(*party)});
    } else {
      table.AddRow({party->name(), "·", "·", "·", "·", WhoSigns(*party)});
    }
  }
  table.Print(context.out(), context.width());
  constexpr Message kLegend = {
      "Voix : pour/contre/abstentions. ✗ sans mandat, – pas encore, · sans objet. Tout le chemin "
      "d'une "
      "partie : --party.",
      "Votes: for/against/abstentions. ✗ no mandate, – not yet, · not needed. The whole way of a "
      "party: --party."};
  PrintText(context, "", context.T(kLegend), 0);
}

}  // namespace greffe::cli
