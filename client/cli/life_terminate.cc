// What is at stake when somebody terminates a convention, said before it is asked.

#include "absl/strings/str_join.h"
#include "client/cli/format.h"
#include "client/cli/labels.h"
#include "client/cli/life_commands.h"
#include "client/cli/lookup.h"
#include "client/cli/table.h"
#include "client/cli/text_width.h"
#include "core/base/status_macros.h"
#include "core/base/time.h"

namespace greffe::cli {

absl::Status AskToTerminate(Context& context, Client& client, const std::string& convention,
                            const v1::LifeRecorded& fact, const v1::LifeFactView* answered) {
  v1::GetConventionRequest request;
  request.set_convention_id(convention);
  ASSIGN_OR_RETURN(const v1::GetConventionResponse answer, client.GetConvention(request));
  const Lang lang = context.lang();
  std::vector<std::string> parties;
  for (const v1::ElementView& one : answer.view().elements()) {
    if (one.element().has_party()) parties.push_back(one.element().party().name());
  }
  // A date that is none comes back as it is, for the replica to refuse.
  const auto on = CivilDate::TryParse(fact.happened_on());
  const std::string effect = on.has_value() ? on->NextDay().ToString() : fact.happened_on();
  Facts facts;
  facts.Add(context.T({"Convention", "Convention"}), answer.view().title());
  facts.Add(context.T({"Parties", "Parties"}), absl::StrJoin(parties, ", "));
  if (answered != nullptr) {
    facts.Add(context.T({"Répond à", "Answers"}), SaySummary(lang, answered->event()));
  }
  facts.Add(context.T({"Résiliée le", "Terminated on"}), LongDate(lang, fact.happened_on()));
  facts.Add(context.T({"Effet", "Effect"}), LongDate(lang, effect));
  // With what was concluded since and has its effect later.
  const auto over = CivilDate::TryParse(answer.view().force().efficacy_until());
  const std::string last =
      over.has_value() ? CivilDate{over->days - 1}.ToString() : answer.view().end_date();
  facts.Add(context.T({"Terme prévu", "Planned end"}), LongDate(lang, last));
  facts.Print(context.err(), context.width());
  constexpr Message kAsk = {
      "Résilier met fin à la convention pour toutes les parties. Continuer ? [oui/non] ",
      "Terminating ends the convention for all parties. Go on? [yes/no] "};
  return context.Confirm(kAsk);
}

}  // namespace greffe::cli
