#include "core/rules/notice_sentence.h"

#include <algorithm>
#include <iterator>
#include <span>

#include "core/rules/number_words.h"
#include "core/rules/sentence.h"

namespace greffe::rules {
namespace {

// As long as a contract period may be (deadline.cc).
constexpr int kNoticeMonthsMax = 120;

constexpr char kOfDenunciation[] = "denonc*";
constexpr char kOfBreach[] = "infructueu*|manque*|enfrei*|infraction*";
constexpr char kOfLaw[] =
    "loi|lois|reglements|reglementation*|reglementaire*|legale|legales|legaux|legislati*";
// Words that say so where no other does.
constexpr char kOfNotice[] =
    "preavis|prevenance|prevenant|prevenir|previent|avertir|avertit|avertissant|avertissement|"
    "avance";
constexpr char kOfTermination[] = "resili*|effet";
constexpr char kOfLeaving[] = "retrait|retir*|denonc*|depart|sortie|quitte*|celui";
constexpr char kRegistered[] = "recommande|recommandee|recommandes|recommandees|rar";
constexpr char kLetter[] = "lettre*|envoi*|pli|plis|courrier*";
constexpr char kTelling[] =
    "preven*|previen*|avert*|inform*|notifi*|adress*|avis*|envoy*|signifi*|ecri*";
constexpr char kContracting[] =
    "partie|parties|signataire*|partenaire*|cocontractant*|contractant*|collectivite*|commune*";
constexpr char kOfChange[] = "modif*|chang*";
constexpr char kOfAvenant[] = "avenant|avenants";
// Units of time that a number should stand before.
constexpr char kUnits[] = "mois|semaine|semaines|jours|quinzaine|huitaine|trimestre|semestre";
constexpr char kNotWhole[] = "franc|francs|ouvre|ouvres|ouvrable|ouvrables|premiers";
// What may stand between a length and « avant ».
constexpr char kMargin[] = "au|moins|minimum|plus|tard|calendaires|entiers|pleins|revolus";
constexpr char kDeterminer[] =
    "le|la|les|l|son|sa|ses|leur|leurs|chaque|tout|toute|cette|ce|cet|"
    "d|de|du|que|qu";

bool IsYearNumber(absl::string_view word) {
  return word.size() == 4 && word.find_first_not_of("0123456789") == absl::string_view::npos;
}

}  // namespace

bool NoticeSentence::Is(std::size_t at, absl::string_view alternatives) const {
  return at < words_.size() && HasWord({&words_[at], 1}, alternatives);
}

std::vector<std::size_t> NoticeSentence::Places(absl::string_view alternatives) const {
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < words_.size(); ++i) {
    if (Is(i, alternatives)) out.push_back(i);
  }
  return out;
}

NoticeSentence::NoticeSentence(absl::string_view text) : words_(FoldedWords(text)) {
  denunciation_ = Places(kOfDenunciation);
  breach_ = Places(kOfBreach);
  // « mise en demeure », and not what « demeure en vigueur ».
  for (const std::size_t at : Places("demeure")) {
    if (at > 0 && Is(at - 1, "en")) breach_.push_back(at);
  }
  std::sort(breach_.begin(), breach_.end());
  of_denunciation_ = !denunciation_.empty();
  of_breach_ = !breach_.empty();
  of_law_ = of_breach_ && HasWord(words_, kOfLaw);
  // « de ses obligations résultant de la présente convention », « obligations contractuelles ».
  of_contract_ =
      of_breach_ &&
      (!of_law_ || HasWord(words_, "contractuel*") ||
       Matches(
           words_,
           {{"obligation*|engagement*|clause*|stipulation*|loi|lois", "convention|contrat"}, 4}));
  for (const std::size_t place : Places(kOfNotice)) {
    // « sans préavis » asks for none.
    if (place == 0 || !Is(place - 1, "sans")) notice_.push_back(place);
  }
  ReadDays();
  ReadLengths();
  ReadStarts();
  for (const std::size_t place : notice_) FindNearest(place);
}

bool NoticeSentence::SpeaksOfDenunciation() const {
  return of_denunciation_ || (!notice_.empty() && !of_breach_);
}

bool NoticeSentence::AsksForRegisteredLetter() const {
  return (HasWord(words_, kRegistered) && HasWord(words_, kLetter)) || HasWord(words_, "lrar") ||
         Matches(words_, {{"lr", "ar"}, 0}) || Matches(words_, {{"l", "r", "a", "r"}, 0}) ||
         Matches(words_, {{"en|par", "recommande"}, 0}) ||
         Matches(words_, {{"lettre*|courrier*|pli|plis", "avec", "accuse|avis|ar"}, 1});
}

bool NoticeSentence::AsksForDelivery() const {
  return HasWord(words_, "extrajudiciaire*|huissier*") ||
         Matches(words_, {{"commissaire*", "justice"}, 1}) ||
         Matches(words_, {{"main|mains", "propre|propres"}, 0}) ||
         Matches(words_, {{"contre", "decharge|recepisse|emargement"}, 1});
}

bool NoticeSentence::TellsAll() const {
  if (Matches(words_,
              {{kTelling, "tous|toutes|ensemble|chacun|chacune|chaque", kContracting}, 4})) {
    return true;
  }
  for (std::size_t at = 1; at < words_.size(); ++at) {
    if (!Is(at, "autres")) continue;
    // « sans préjudice des autres droits »
    if (Is(at - 1, "des|d|de") && !Is(at + 1, kContracting)) continue;
    const std::size_t reach = std::min<std::size_t>(at, 6);
    if (HasWord(std::span(words_).subspan(at - reach, reach), kTelling)) return true;
  }
  return false;
}

bool NoticeSentence::IsOfEveryNotice() const {
  return Matches(words_, {{"tout|toute|toutes|tous|chaque",
                           "notification*|courrier*|envoi*|lettre*|communication*"},
                          2});
}

bool NoticeSentence::EndsWithoutNotice() const {
  return HasWord(words_, kOfChange) && HasWord(words_, kOfAvenant);
}

bool NoticeSentence::GoesOn() const {
  return lengths_.empty() && HasWord(words_, "delai|preavis|celui|il") &&
         HasWord(words_, "court|courra|part|partira|compte|compter|commence");
}

bool NoticeSentence::SettlesExit(bool after) const {
  if (!after && !HasWord(words_, kOfLeaving)) return false;
  return Matches(words_, {{"subsist*|poursui*|continu*|maintenu*|demeure|vigueur",
                           "autres|restant*|restent|demeurant*"},
                          8}) ||
         Matches(words_, {{"fin", "pour", "tous|toutes|ensemble"}, 2}) ||
         // « une commune peut se retirer seule »
         Matches(words_, {{"retir*|quitte*|sortir", "seul|seule"}, 4}) ||
         // « le retrait de la CAF met fin à la convention », « n'entraîne pas sa résiliation »
         Matches(words_, {{"retrait|depart|sortie|celui", "met|mettra|entrain*|emporte*|provoqu*",
                           "fin|resiliation|caducite|dissolution"},
                          6});
}

bool NoticeSentence::IsOfEither() const {
  return lengths_.size() == 1 && !denunciation_.empty() && !breach_.empty();
}

std::optional<SaidLength> NoticeSentence::LengthAt(std::size_t at) const {
  // Most words are none of these: seen at their first letter.
  if (words_[at].find_first_of("majst") != 0) return std::nullopt;
  SaidLength out{.at = at, .last = at};
  const bool weeks = Is(at, "semaine|semaines");
  const int quarter = Is(at, "trimestre|trimestres") ? 3 : Is(at, "semestre|semestres") ? 6 : 0;
  if (weeks || quarter > 0 || Is(at, "jour|jours")) {
    const std::optional<int> number = NumberBefore(words_, at);
    if (!number.has_value() || *number == 0) return std::nullopt;
    if (quarter > 0) {
      out.months = *number * quarter;
    } else {
      out.days = *number * (weeks ? 7 : 1);
    }
  } else {
    const std::optional<MonthsSaid> said = MonthsAt(words_, at);
    if (!said.has_value()) return std::nullopt;
    out.months = said->months;
    out.sure = said->whole;
    out.last = said->last;
  }
  out.sure = out.sure && out.months <= kNoticeMonthsMax && !Is(out.last + 1, kNotWhole);
  out.months = std::min(out.months, kNoticeMonthsMax);
  return out;
}

void NoticeSentence::ReadLengths() {
  for (std::size_t i = 0; i < words_.size(); ++i) {
    auto length = LengthAt(i);
    if (!length.has_value()) {
      vague_ = vague_ || Is(i, kUnits);
      continue;
    }
    ReadBefore(&*length);
    lengths_.push_back(*length);
    i = length->last;
  }
}

void NoticeSentence::ReadBefore(SaidLength* length) const {
  using Before = SaidLength::Before;
  std::size_t at = length->last + 1;
  while (Is(at, kMargin)) ++at;
  if (!Is(at, "avant")) return;
  ++at;
  // « Trois mois avant. », « trois mois avant, par lettre »
  if (!Is(at, kDeterminer)) return;
  constexpr std::size_t kReach = 6;
  const std::size_t end = std::min(words_.size(), at + kReach);
  length->before = Before::kUnsure;
  for (; at < end; ++at) {
    if (MonthOf(words_[at]) > 0 && YearDayAt(at).has_value()) {
      length->before = Before::kYearDay;
      return;
    }
    if (Is(at, "anniversaire|periode|exercice")) return;
    if (Is(at,
           "souhaitee|voulue|choisie|prevue|envisagee|effet|prise|retrait|depart|sortie|"
           "celle")) {
      length->before = Before::kNothing;
      return;
    }
    if (!Is(at, "echeance|terme|expiration|fin")) continue;
    // « avant l'échéance annuelle » is not before the term.
    const std::size_t stop = std::min(words_.size(), at + 5);
    for (std::size_t i = length->last + 1; i < stop; ++i) {
      if (Is(i, "annuel*|annee|anniversaire|periode|exercice|chaque")) return;
    }
    length->before = Before::kTerm;
    return;
  }
}

std::optional<YearDay> NoticeSentence::YearDayAt(std::size_t month) const {
  const int number = MonthOf(words_[month]);
  if (number == 0 || month == 0) return std::nullopt;
  // A day of one year alone.
  if (month + 1 < words_.size() && IsYearNumber(words_[month + 1])) return std::nullopt;
  if (Is(month - 1, "1er|premier")) return YearDay{number, 1};
  const std::optional<int> day = NumberBefore(words_, month);
  if (!day.has_value() || *day < 1 || *day > 31) return std::nullopt;
  return YearDay{number, *day};
}

void NoticeSentence::ReadDays() {
  for (std::size_t i = 0; i < words_.size(); ++i) {
    if (MonthOf(words_[i]) == 0) continue;
    const std::optional<YearDay> day = YearDayAt(i);
    if (day.has_value()) {
      days_.push_back({i, *day, RoleOf(i)});
    } else {
      dated_ = true;
    }
  }
}

SaidDay::Role NoticeSentence::RoleOf(std::size_t month) const {
  // « avant le trente et un décembre »
  constexpr std::size_t kReach = 6;
  for (std::size_t back = 1; back <= std::min(month, kReach); ++back) {
    const std::size_t at = month - back;
    if (MonthOf(words_[at]) > 0 || Is(at, "entre")) break;
    if (Is(at, "tard|jusqu")) return SaidDay::Role::kLatest;
    if (Is(at, "pour|effet|expire|terme|fin")) return SaidDay::Role::kEnd;
    if (!Is(at, "avant")) continue;
    // « deux mois avant le 31 décembre »: the end, and not the day of the letter.
    std::size_t before = at;
    while (before > 0 && Is(before - 1, kMargin)) --before;
    const bool length = before > 0 && Is(before - 1,
                                         "mois|jours|semaine|semaines|an|ans|trimestre|"
                                         "semestre");
    return length ? SaidDay::Role::kEnd : SaidDay::Role::kBefore;
  }
  return SaidDay::Role::kUnsure;
}

bool NoticeSentence::IsKindOfLetter(std::size_t reception) const {
  std::size_t at = reception;
  if (at > 0 && Is(at - 1, "de")) --at;
  if (at == 0 || !Is(at - 1, "avis|accuse|ar")) return false;
  for (std::size_t back = 2; back <= std::min<std::size_t>(at, 4); ++back) {
    if (Is(at - back, "avec|demande|contre|recommande*|lettre|pli|courrier")) return true;
  }
  return false;
}

std::optional<SaidStart> NoticeSentence::StartAfter(std::size_t trigger, std::size_t gap) const {
  const std::size_t end = std::min(words_.size(), trigger + gap + 1);
  for (std::size_t at = trigger + 1; at < end; ++at) {
    if (Is(at, "envoi|expedition|cachet")) return SaidStart{at, CountedFrom::kSending};
    if (Is(at, "presentation")) return SaidStart{at, CountedFrom::kPresentation};
    if (Is(at, "notification|signification")) return SaidStart{at, CountedFrom::kUnsaid, false};
    if (Is(at, "reception") && !IsKindOfLetter(at)) {
      // « de la dernière réception »: of several letters, which one cannot be told here.
      return SaidStart{at, CountedFrom::kReceipt, !Is(at - 1, "derniere")};
    }
    // From the letter itself: the rule says from which day of it.
    if (Is(at, "demeure|lettre|courrier|pli")) return std::nullopt;
  }
  return std::nullopt;
}

void NoticeSentence::ReadStarts() {
  const auto add = [&](std::size_t trigger, std::size_t gap) {
    const auto start = StartAfter(trigger, gap);
    if (start.has_value() && (starts_.empty() || starts_.back().at != start->at)) {
      starts_.push_back(*start);
    }
  };
  std::size_t after = 0;
  for (std::size_t i = 0; i < words_.size(); ++i) {
    while (after < lengths_.size() && lengths_[after].last + 1 < i) ++after;
    const bool follows = after < lengths_.size() && lengths_[after].last + 1 == i;
    if (Is(i, "suivant|suivent|compter|apres|partir|depuis|court|courra|part")) {
      add(i, 8);
    } else if (Is(i, "des") || (follows && Is(i, "de|d|a"))) {
      add(i, follows ? 4 : 2);
    }
  }
  if (!starts_.empty()) return;
  // A receipt is spoken of, and one cannot say that the time runs from it.
  for (std::size_t i = 0; i < words_.size(); ++i) {
    if (Is(i, "recu|recue") || (Is(i, "reception") && !IsKindOfLetter(i))) {
      starts_.push_back({i, CountedFrom::kUnsaid, false});
      return;
    }
  }
}

SaidStart NoticeSentence::StartOf(const SaidLength& length) const {
  constexpr std::size_t kNear = 8;
  for (const SaidStart& start : starts_) {
    if (start.at > length.last && start.at - length.last <= kNear) return start;
  }
  return Start();
}

SaidStart NoticeSentence::Start() const {
  if (starts_.empty()) return {};
  SaidStart out = starts_.front();
  for (const SaidStart& start : starts_) out.sure = out.sure && start.from == out.from;
  return out;
}

NoticeSentence::About NoticeSentence::Of(const SaidLength& length, bool breach_in_article) const {
  const auto distance = [&](const std::vector<std::size_t>& places) {
    const auto above = std::lower_bound(places.begin(), places.end(), length.at);
    std::size_t out = words_.size();
    if (above != places.end()) out = *above - length.at;
    if (above != places.begin()) out = std::min(out, length.at - *std::prev(above));
    return out;
  };
  const std::size_t denunciation = distance(denunciation_);
  const std::size_t breach = distance(breach_);
  if (denunciation != breach) {
    return denunciation < breach ? About::kDenunciation : About::kBreach;
  }
  if (!notice_.empty()) return About::kDenunciation;
  return breach_in_article && HasWord(words_, kOfTermination) ? About::kBreach : About::kNothing;
}

bool NoticeSentence::IsOfNotice(const SaidLength& length) const {
  return notice_.empty() || nearest_.count(length.at) != 0;
}

// The length just before the word and the one just after it: the nearer, or both.
void NoticeSentence::FindNearest(std::size_t place) {
  const auto above =
      std::lower_bound(lengths_.begin(), lengths_.end(), place,
                       [](const SaidLength& one, std::size_t at) { return one.at < at; });
  const bool after = above != lengths_.end();
  const bool before = above != lengths_.begin();
  const std::size_t to_after = after ? above->at - place : words_.size();
  const std::size_t to_before = before ? place - std::prev(above)->at : words_.size();
  if (after && to_after <= to_before) nearest_.insert(above->at);
  if (before && to_before <= to_after) nearest_.insert(std::prev(above)->at);
}

}  // namespace greffe::rules
