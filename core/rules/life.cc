#include "core/rules/life.h"

#include "absl/strings/str_cat.h"
#include "core/base/french_name.h"
#include "core/rules/words.h"

namespace greffe::rules {

bool IsUnwritten(std::optional<CivilDate> effective_from, std::optional<CivilDate> term_first,
                 CivilDate on) {
  if (!IsOn(Rule::kUnwritten)) return false;
  const std::optional<CivilDate> from = effective_from.has_value() ? effective_from : term_first;
  return !from.has_value() || *from <= on;
}

Oddity RestsOnUnwritten(const std::string& clause, bool ends) {
  return {
      Rule::kUnwritten,
      "rests-on-unwritten-clause",
      ends ? v1::FINDING_SEVERITY_SERIOUS : v1::FINDING_SEVERITY_WARNING,
      {absl::StrCat("repose sur une clause réputée non écrite (", clause, ")",
                    ends ? " : elle ne met fin à rien." : " : elle ne fonde pas une résiliation."),
       absl::StrCat("rests on a clause deemed unwritten (", clause, ")",
                    ends ? ": it ends nothing." : ": it is no ground for a termination.")}};
}

Words PeriodOfUnwritten(const std::string& clause, const Words& length) {
  return {absl::StrCat("Clause réputée non écrite (", clause,
                       "), qui n'est pas lue (L-40) : ", length.fr, "."),
          absl::StrCat("A clause deemed unwritten (", clause, ") is not read (L-40): ", length.en,
                       ".")};
}

std::optional<SuccessionSaid> SuccessionNote(const PartySuccession& succession, CivilDate on) {
  if (!IsOn(Rule::kSuccession) || on < succession.on) return std::nullopt;
  const Words day{DateFr(succession.on), DateEn(succession.on)};
  const Words by_law{
      absl::StrCat(succession.after, " succède de plein droit ", ToParty(succession.before),
                   " depuis le ", day.fr, " : la convention continue sans avenant"),
      absl::StrCat(succession.after, " succeeds ", succession.before, " by law since ", day.en,
                   ": the convention goes on without an avenant")};
  const Words said{
      absl::StrCat(succession.after, " succéderait ", ToParty(succession.before), " depuis le ",
                   day.fr),
      absl::StrCat(succession.after, " is said to succeed ", succession.before, " since ", day.en)};
  switch (succession.place) {
    case SucceededPlace::kTaken:
      return SuccessionSaid{{absl::StrCat(by_law.fr, "."), absl::StrCat(by_law.en, ".")},
                            {"Mettre le texte à jour par un avenant : greffe act propose.",
                             "Tidy the text by an avenant: greffe act propose."}};
    case SucceededPlace::kByNameAlone:
      return SuccessionSaid{
          {absl::StrCat(by_law.fr, " ; connu de nom seulement, il ne peut pas agir ici."),
           absl::StrCat(by_law.en, "; known by name alone, it cannot act here.")},
          {"Corrigez le fait avec l'identifiant de partenaire du successeur.",
           "Correct the record with the partner id of the successor."}};
    case SucceededPlace::kUnattested:
      return SuccessionSaid{
          {absl::StrCat(said.fr, " : trop peu de parties le disent, il ne prend pas la place."),
           absl::StrCat(said.en, ": too few parties say so, it does not take the place.")},
          {"La partie elle-même l'enregistre, ou deux autres parties que le successeur, chacune à "
           "sa réplique.",
           "The party itself records it, or two other parties than the successor, each at its own "
           "replica."}};
    case SucceededPlace::kContested:
      return SuccessionSaid{
          {absl::StrCat(said.fr,
                        " : un autre successeur est donné pour ce jour, aucun des deux "
                        "ne prend la place."),
           absl::StrCat(said.en,
                        ": another successor is given for that day, neither of them "
                        "takes the place.")},
          {"Corrigez l'un des deux faits.", "Correct one of the two records."}};
  }
  return std::nullopt;
}

std::optional<Oddity> CheckMayDecideExchange(std::optional<CivilDate> opinion_on,
                                             CivilDate decided_on) {
  if (!IsOn(Rule::kDpoFirst) || (opinion_on.has_value() && *opinion_on <= decided_on)) {
    return std::nullopt;
  }
  Words words{
      "l'avis du délégué à la protection des données du détenteur précède la décision ; "
      "aucun n'est enregistré.",
      "the opinion of the holder's data protection officer precedes the decision; none is "
      "recorded."};
  if (opinion_on.has_value()) {
    words = {
        absl::StrCat("l'avis du délégué à la protection des données est du ", DateFr(*opinion_on),
                     " ; la décision, du ", DateFr(decided_on), ", le précède."),
        absl::StrCat("the opinion of the data protection officer is of ", DateEn(*opinion_on),
                     "; the decision, of ", DateEn(decided_on), ", precedes it.")};
  }
  return Oddity{Rule::kDpoFirst, "dpo-opinion-missing",
                FindingSeverityOf(RowOf(Rule::kDpoFirst).severity), std::move(words)};
}

std::optional<Oddity> CheckExchangeRegistered(bool registered) {
  if (!IsOn(Rule::kDpoFirst) || registered) return std::nullopt;
  return Oddity{Rule::kDpoFirst,
                "exchange-unregistered",
                v1::FINDING_SEVERITY_WARNING,
                {"l'échange accepté ne dit pas son inscription au registre des traitements.",
                 "the exchange accepted does not give its entry in the register of processing."}};
}

std::optional<Oddity> CheckAgainstOpinion(bool favourable, CivilDate given_on) {
  if (!IsOn(Rule::kDpoFirst) || favourable) return std::nullopt;
  return Oddity{Rule::kDpoFirst,
                "accepted-against-opinion",
                v1::FINDING_SEVERITY_WARNING,
                {absl::StrCat("l'avis du délégué à la protection des données du ", DateFr(given_on),
                              " est défavorable ; l'échange est accepté contre lui."),
                 absl::StrCat("the opinion of the data protection officer of ", DateEn(given_on),
                              " is unfavourable; the exchange is accepted against it.")}};
}

Case CaseOf(std::optional<bool> decision) {
  if (!decision.has_value() || !IsOn(Rule::kCourt)) return Case::kPending;
  return *decision ? Case::kClosed : Case::kOpenToAppeal;
}

}  // namespace greffe::rules
