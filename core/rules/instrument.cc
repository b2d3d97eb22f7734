#include "core/rules/instrument.h"

#include <algorithm>
#include <span>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "core/base/word_byte.h"
#include "core/rules/number_words.h"
#include "core/rules/sentence.h"
#include "core/rules/words.h"

namespace greffe::rules {
namespace {

const std::vector<WordPattern>& Consultations() {
  static const auto& rows = *new std::vector<WordPattern>{
#include "core/rules/lexicon/consultations.inc"
  };
  return rows;
}

using WordSequence = std::vector<std::string>;

// « écrit additionnel »: an avenant, in a clause that says so.
const std::vector<WordSequence>& AdditionalActs() {
  static const auto& names = *new std::vector<WordSequence>{
      {"ecrit", "additionnel"},  {"ecrits", "additionnels"}, {"acte", "additionnel"},
      {"actes", "additionnels"}, {"accord", "additionnel"},  {"contrat", "additionnel"}};
  return names;
}

// The clause lets the contract be changed by such an act.
bool AmendsByAdditionalAct(const std::vector<absl::string_view>& sentences) {
  const WordPattern amends{
      {"modifi*|change*|revis*|complete*", "par", "ecrit*|acte*|accord*|contrat*", "additionnel*"}};
  return std::any_of(sentences.begin(), sentences.end(),
                     [&](absl::string_view one) { return Matches(FoldedWords(one), amends); });
}

// Puts `word` in the place of each of the names.
void NameAll(std::vector<std::string>* words, std::span<const WordSequence> names,
             const std::string& word) {
  for (const WordSequence& name : names) {
    if (name.empty()) continue;
    std::vector<std::string> out;
    for (auto at = words->begin(); at != words->end();) {
      const auto found = std::search(at, words->end(), name.begin(), name.end());
      out.insert(out.end(), at, found);
      if (found == words->end()) break;
      out.push_back(word);
      at = found + static_cast<std::ptrdiff_t>(name.size());
    }
    *words = std::move(out);
  }
}

// A run of at least two x that is a word of its own, with the rest of its date: « xx »,
// « XX/XX/2025 ».
std::size_t CrossesAt(absl::string_view line, std::size_t at) {
  if (at > 0 && IsWordByte(line[at - 1])) return 0;
  std::size_t end = at;
  while (end < line.size() && (line[end] == 'x' || line[end] == 'X')) ++end;
  if (end - at < 2 || (end < line.size() && IsWordByte(line[end]))) return 0;
  while (end < line.size() && line[end] == '/') {
    std::size_t next = end + 1;
    while (next < line.size() && (line[next] == 'x' || line[next] == 'X' ||
                                  absl::ascii_isdigit(static_cast<unsigned char>(line[next])))) {
      ++next;
    }
    if (next == end + 1 || (next < line.size() && IsWordByte(line[next]))) break;
    end = next;
  }
  return end - at;
}

// At least four dots, or two « … », blanks between them aside; or three underscores.
std::size_t DotsAt(absl::string_view line, std::size_t at) {
  std::size_t dots = 0;
  std::size_t end = at;
  while (end < line.size()) {
    if (line[end] == '.') {
      ++dots;
      ++end;
    } else if (absl::StartsWith(line.substr(end), "…")) {
      dots += 3;
      end += 3;
    } else {
      break;
    }
  }
  if (dots >= 4) return end - at;
  end = at;
  while (end < line.size() && line[end] == '_') ++end;
  return end - at >= 3 ? end - at : 0;
}

std::size_t WordsAt(absl::string_view line, std::size_t at) {
  for (const absl::string_view words :
       {"à compléter", "À compléter", "à COMPLÉTER", "À COMPLÉTER"}) {
    if (absl::StartsWith(line.substr(at), words)) return words.size();
  }
  return 0;
}

std::size_t PlaceholderAt(absl::string_view line, std::size_t at) {
  const std::size_t crosses = CrossesAt(line, at);
  if (crosses > 0) return crosses;
  const std::size_t dots = DotsAt(line, at);
  return dots > 0 ? dots : WordsAt(line, at);
}

// The word at the start of `text`, which it loses with the blanks and marks before it.
absl::string_view NextWord(absl::string_view* text) {
  while (!text->empty() && !IsWordByte(text->front())) text->remove_prefix(1);
  std::size_t end = 0;
  while (end < text->size() && IsWordByte((*text)[end])) ++end;
  const absl::string_view word = text->substr(0, end);
  text->remove_prefix(end);
  return word;
}

bool IsAnnexNumber(absl::string_view word) {
  if (word.empty() || word.size() > 4) return false;
  const bool digits =
      std::all_of(word.begin(), word.end(), [](unsigned char c) { return absl::ascii_isdigit(c); });
  const bool roman = std::all_of(word.begin(), word.end(),
                                 [](char c) { return c == 'I' || c == 'V' || c == 'X'; });
  return digits || roman;
}

// « de la circulaire … », « du code … »: what was named before is of another text.
bool IsOfLaw(absl::string_view rest) {
  for (const absl::string_view joint :
       {" de la ", " du ", " de l'", " de l’", " des ", " d'un ", " d'une "}) {
    if (!absl::ConsumePrefix(&rest, joint)) continue;
    const std::vector<std::string> words = FoldedWords(rest.substr(0, 40));
    return !words.empty() &&
           HasWord({words.data(), 1},
                   "loi|lois|code|codes|decret|decrets|circulaire|circulaires|arrete|arretes|"
                   "ordonnance|ordonnances|reglement|directive|instruction|traite");
  }
  return false;
}

// « annexes 2, 3 et 4 »: the numbers after the word, as far as the list goes, that are neither
// known nor told already.
void AddNumbers(absl::string_view rest, bool several, const std::set<std::string>& known,
                std::set<std::string>* told, std::vector<std::string>* out) {
  absl::string_view word = NextWord(&rest);
  if (word == "n" || word == "n°" || word == "no" || word == "N°") word = NextWord(&rest);
  // « annexe n°9 », without a space.
  if (!absl::ConsumePrefix(&word, "n°")) absl::ConsumePrefix(&word, "N°");
  std::vector<absl::string_view> numbers;
  while (IsAnnexNumber(word)) {
    numbers.push_back(word);
    if (!several) break;
    const bool list = absl::StartsWith(rest, ",") || absl::StartsWith(rest, " et ") ||
                      absl::StartsWith(rest, " à ");
    if (!list) break;
    word = NextWord(&rest);
    if (word == "et" || word == "à") word = NextWord(&rest);
  }
  if (IsOfLaw(rest)) return;
  for (const absl::string_view number : numbers) {
    std::string one(number);
    if (known.count(one) == 0 && told->insert(one).second) out->push_back(std::move(one));
  }
}

}  // namespace

std::vector<Oddity> CheckBase(absl::string_view unseen) {
  if (unseen.empty() || !IsOn(Rule::kBaseCurrent)) return {};
  return {{Rule::kBaseCurrent,
           "base-outdated",
           v1::FINDING_SEVERITY_SERIOUS,
           {absl::StrCat("« ", unseen, " » a été conclu sans que ce projet en tienne compte."),
            absl::StrCat("“", unseen, "” was concluded and this draft takes no account of it.")}}};
}

std::optional<Oddity> CheckOldText(const OldWords& old) {
  if (!IsOn(Rule::kBaseCurrent)) return std::nullopt;
  Words words;
  if (old.exists) {
    words = {
        absl::StrCat("les mots « ", old.words, " » ne sont pas dans « ", old.place,
                     " » tel qu'il se lit aujourd'hui",
                     old.written_by.empty() ? "" : absl::StrCat(" (", old.written_by, ")"), "."),
        absl::StrCat("the words “", old.words, "” are not in “", old.place, "” as it reads today",
                     old.written_by.empty() ? "" : absl::StrCat(" (", old.written_by, ")"), ".")};
  } else {
    words = {absl::StrCat("les mots « ", old.words, " » ne remplacent rien : « ", old.place,
                          " » n'est pas dans le texte en vigueur."),
             absl::StrCat("the words “", old.words, "” replace nothing: “", old.place,
                          "” is not in the text in force.")};
  }
  return Oddity{Rule::kBaseCurrent, "old-text", v1::FINDING_SEVERITY_SERIOUS, std::move(words)};
}

std::vector<Oddity> CheckConcludedSince(const std::vector<std::string>& labels) {
  if (labels.empty() || !IsOn(Rule::kConcludedSince)) return {};
  const std::string all = absl::StrJoin(labels, ", ");
  return {{Rule::kConcludedSince,
           "rebase",
           v1::FINDING_SEVERITY_WARNING,
           {absl::StrCat("conclu depuis sur la même base : ", all,
                         " ; reprenez l'acte sur le texte en vigueur avant de le signer."),
            absl::StrCat("concluded since on the same base: ", all,
                         "; take the act up again on the text in force before it is signed.")}}};
}

std::vector<Oddity> CheckSignedOnOldBase(const std::vector<std::string>& labels) {
  if (labels.empty() || !IsOn(Rule::kConcludedSince)) return {};
  const std::string all = absl::StrJoin(labels, ", ");
  return {{Rule::kConcludedSince,
           "rebase",
           v1::FINDING_SEVERITY_WARNING,
           {absl::StrCat("signé alors que d'autres actes se concluaient sur la même base : ", all,
                         " ; vérifiez que les textes s'accordent, sinon départagez-les par un "
                         "nouvel acte."),
            absl::StrCat("signed while other acts were concluded on the same base: ", all,
                         "; check that the texts agree, else settle them by a new act.")}}};
}

bool IsBehind(bool shown) { return !shown && IsOn(Rule::kOwnBase); }

std::vector<Oddity> CheckRivals(const std::vector<std::string>& acts,
                                const std::vector<std::string>& elements, std::size_t more,
                                bool of_one) {
  if (acts.empty() || elements.empty() || !IsOn(Rule::kConcludedSince)) return {};
  const std::string named = absl::StrCat("« ", absl::StrJoin(acts, " », « "), " »");
  const std::string named_en = absl::StrCat("“", absl::StrJoin(acts, "”, “"), "”");
  const bool one = acts.size() == 1;
  const std::string who =
      of_one ? absl::StrCat(named, one ? " change aussi : « " : " changent aussi : « ")
             : absl::StrCat(named, " changent les mêmes éléments, chacun sans l'autre : « ");
  const std::string who_en =
      of_one ? absl::StrCat(named_en, one ? " also changes: “" : " also change: “")
             : absl::StrCat(named_en, " change the same elements, each without the other: “");
  const std::string rest = more == 0 ? "" : absl::StrCat(" et ", more, " de plus");
  const std::string rest_en = more == 0 ? "" : absl::StrCat(" and ", more, " more");
  return {{Rule::kConcludedSince,
           "rivals",
           v1::FINDING_SEVERITY_WARNING,
           {absl::StrCat(who, absl::StrJoin(elements, " », « "), " »", rest,
                         ". Dès que l'un sera conclu, tout autre sera à reprendre sur le texte en "
                         "vigueur avant d'être signé (L-35)."),
            absl::StrCat(who_en, absl::StrJoin(elements, "”, “"), "”", rest_en,
                         ". Once one is concluded, any other is to be taken up again on the text "
                         "in force before it is signed (L-35).")}}};
}

std::optional<Oddity> CheckExtension(CivilDate last_before, CivilDate last_after, CivilDate on) {
  if (!IsOn(Rule::kBeforeEnd) || last_after <= last_before || on <= last_before) {
    return std::nullopt;
  }
  return Oddity{Rule::kBeforeEnd,
                "extension-after-term",
                v1::FINDING_SEVERITY_WARNING,
                {absl::StrCat("le terme du ", DateFr(last_before),
                              " est passé : ce n'est plus une prorogation mais un renouvellement, "
                              "qui se conclut comme une convention nouvelle."),
                 absl::StrCat("the term ended on ", DateEn(last_before),
                              ": this is no extension any more but a renewal, which is concluded "
                              "as a new convention.")}};
}

std::optional<Oddity> CheckEndsEarlier(std::optional<CivilDate> last_before,
                                       std::optional<CivilDate> last_after) {
  if (!IsOn(Rule::kOperationsComplete) || !last_before.has_value() || !last_after.has_value() ||
      *last_after < *last_before) {
    return std::nullopt;
  }
  return Oddity{Rule::kOperationsComplete,
                "termination-keeps-term",
                v1::FINDING_SEVERITY_SERIOUS,
                {absl::StrCat("la résiliation amiable ne met fin à rien : le dernier jour de la "
                              "convention était le ",
                              DateFr(*last_before), ", elle laisse le ", DateFr(*last_after), "."),
                 absl::StrCat("the résiliation amiable ends nothing: the last day of the "
                              "convention was ",
                              DateEn(*last_before), ", and it leaves ", DateEn(*last_after), ".")}};
}

std::optional<Oddity> CheckDiagnosis(const std::vector<absl::string_view>& texts) {
  if (!IsOn(Rule::kDiagnosis)) return std::nullopt;
  for (const absl::string_view text : texts) {
    // Each view asks: bytes are enough, without a first letter that may be a capital. A diagnosis
    // is also called « état des lieux » (domain.md section 6).
    for (const absl::string_view name :
         {"iagnosti", "IAGNOSTI", "état des lieux", "État des lieux", "État des Lieux",
          "Etat des lieux", "Etat des Lieux", "ÉTAT DES LIEUX", "ETAT DES LIEUX"}) {
      if (absl::StrContains(text, name)) return std::nullopt;
    }
  }
  return Oddity{Rule::kDiagnosis,
                "diagnosis-missing",
                v1::FINDING_SEVERITY_WARNING,
                {"aucun texte ne cite le diagnostic partagé : joignez-le, ou dites où il est.",
                 "no text speaks of the shared diagnosis: attach it, or say where it is."}};
}

std::vector<Oddity> CheckOperations(const Digest& applied, const Digest& consolidated) {
  if (applied == consolidated || !IsOn(Rule::kOperationsComplete)) return {};
  return {{Rule::kOperationsComplete,
           "operations-incomplete",
           v1::FINDING_SEVERITY_SERIOUS,
           {absl::StrCat("les opérations donnent le texte ", applied.ToHex().substr(0, 12),
                         ", le texte consolidé est ", consolidated.ToHex().substr(0, 12), "."),
            absl::StrCat("the operations give text ", applied.ToHex().substr(0, 12),
                         ", the consolidated text is ", consolidated.ToHex().substr(0, 12), ".")}}};
}

std::optional<std::string> FindConsultation(absl::string_view clause,
                                            std::span<const std::vector<std::string>> committees) {
  // Every pattern names an avenant; most clauses do not.
  const bool additional = absl::StrContains(clause, "dditionnel");
  if (!IsOn(Rule::kCommitteeConsulted) || (!absl::StrContains(clause, "venant") && !additional)) {
    return std::nullopt;
  }
  const std::vector<absl::string_view> sentences = Sentences(clause);
  const bool synonym = additional && AmendsByAdditionalAct(sentences);
  // The sentence that opens with the committee that a pronoun after it stands for.
  absl::string_view subject;
  for (const absl::string_view sentence : sentences) {
    std::vector<std::string> words = FoldedWords(sentence);
    NameAll(&words, committees, "comite");
    if (synonym) NameAll(&words, AdditionalActs(), "avenant");
    const bool pronoun = !words.empty() && HasWord({words.data(), 1}, "il|elle");
    const absl::string_view antecedent = pronoun ? subject : "";
    if (!antecedent.empty()) words.front() = "comite";
    const std::size_t opening = std::min<std::size_t>(words.size(), 3);
    if (!pronoun && HasWord({words.data(), opening}, "comite*|copil")) {
      subject = sentence;
    } else if (!words.empty() && HasWord({words.data(), 1}, "le|la|l|un|une|ce|cet|cette|chaque")) {
      subject = "";
    }
    // « aucun avenant ne peut être signé sans avoir été soumis » asks for it; « ne sont pas soumis
    // » and « sans être soumis » do not.
    if (HasWord(words, "ni") || HasWord(words, "ne|n") != HasWord(words, "sans")) continue;
    for (const WordPattern& one : Consultations()) {
      if (!Matches(words, one)) continue;
      // Quoted with the committee that it speaks of.
      return antecedent.empty() ? std::string(sentence)
                                : absl::StrCat(antecedent, " […] ", sentence);
    }
  }
  return std::nullopt;
}

std::vector<Oddity> CheckConsultation(absl::string_view quote, bool consulted) {
  if (quote.empty() || consulted || !IsOn(Rule::kCommitteeConsulted)) return {};
  return {{Rule::kCommitteeConsulted,
           "committee-not-consulted",
           v1::FINDING_SEVERITY_WARNING,
           {absl::StrCat("aucune consultation du comité n'est enregistrée, la convention la "
                         "demande : « ",
                         quote, " »."),
            absl::StrCat("no consultation of the committee is on record; the convention asks for "
                         "it: “",
                         quote, "”.")}}};
}

CommitteeFit FitOfCommittee(absl::string_view quote, const v1::Body& body) {
  const std::vector<std::string> words = FoldedWords(quote);
  const std::vector<std::string> name = FoldedWords(body.name());
  const bool named = !name.empty() && std::search(words.begin(), words.end(), name.begin(),
                                                  name.end()) != words.end();
  if (named) return CommitteeFit::kByName;
  const bool kind =
      (body.kind() == v1::BODY_KIND_STEERING && HasWord(words, "pilotage|copil")) ||
      (body.kind() == v1::BODY_KIND_TECHNICAL && HasWord(words, "technique|techniques|cotech"));
  return kind ? CommitteeFit::kByKind : CommitteeFit::kNotNamed;
}

std::vector<Placeholder> FindPlaceholders(absl::string_view text) {
  std::vector<Placeholder> out;
  if (!IsOn(Rule::kPlaceholders)) return out;
  std::size_t number = 0;
  for (const absl::string_view line : absl::StrSplit(text, '\n')) {
    ++number;
    for (std::size_t at = 0; at < line.size();) {
      const std::size_t length = PlaceholderAt(line, at);
      if (length > 0) out.push_back({number, std::string(line.substr(at, length))});
      at += std::max<std::size_t>(length, 1);
    }
  }
  return out;
}

bool IsFilledAfterVote(v1::AnnexContent content) {
  return IsOn(Rule::kFilledAfterVote) && content == v1::ANNEX_CONTENT_RESERVED;
}

std::vector<std::string> UnresolvedAnnexes(absl::string_view text,
                                           const std::set<std::string>& known) {
  std::vector<std::string> named;
  if (!IsOn(Rule::kReferences)) return named;
  std::set<std::string> told;
  // Most texts name none: only what stands around an x is looked at.
  for (std::size_t x = text.find_first_of("xX"); x != absl::string_view::npos;
       x = text.find_first_of("xX", x + 1)) {
    if (x < 4 || !absl::EqualsIgnoreCase(text.substr(x - 4, 6), "annexe")) continue;
    const std::size_t at = x - 4;
    if (at > 0 && IsWordByte(text[at - 1])) continue;
    absl::string_view rest = text.substr(at + 6);
    const bool several = absl::ConsumePrefix(&rest, "s") || absl::ConsumePrefix(&rest, "S");
    if (absl::StartsWith(rest, " ")) AddNumbers(rest, several, known, &told, &named);
  }
  return named;
}

bool IsArticleOfLaw(absl::string_view mention) {
  const std::vector<std::string> words = FoldedWords(mention);
  std::size_t at = 0;
  if (at < words.size() && HasWord({words.data(), 1}, "article|articles|art")) ++at;
  if (at >= words.size()) return false;
  absl::string_view first = words[at];
  const bool letter = absl::ConsumePrefix(&first, "l") || absl::ConsumePrefix(&first, "r") ||
                      absl::ConsumePrefix(&first, "d");
  if (first.empty() && at + 1 < words.size()) first = words[at + 1];
  return letter && first.size() >= 2 &&
         std::all_of(first.begin(), first.end(), absl::ascii_isdigit);
}

namespace {

bool IsAt(std::span<const std::string> words, std::size_t at, absl::string_view alternatives) {
  return at < words.size() && HasWord(words.subspan(at, 1), alternatives);
}

// The convention as what the sentence is about, and not « l'avenant à la convention ».
bool IsConvention(std::span<const std::string> words, std::size_t at) {
  if (!IsAt(words, at, "convention|contrat|ctg|accord|pacte|protocole|elle|celle")) return false;
  std::size_t before = at;
  while (before > 0 && IsAt(words, before - 1,
                            "la|le|l|cette|ce|presente|present|dite|dit|convention|territoriale|"
                            "globale")) {
    --before;
  }
  if (before == 0 || !IsAt(words, before - 1, "de|du|d|a|au|par|dans|avec|selon|sous")) return true;
  return before > 1 && IsAt(words, before - 2, "duree|validite");
}

// « Durée : trois ans », « Conclue pour trois ans », « Sa durée est de … »; not « La durée du
// mandat ».
bool OpensWithDuration(std::span<const std::string> words) {
  std::size_t at = 0;
  if (IsAt(words, at, "la|sa|cette")) ++at;
  if (!IsAt(words, at, "duree")) {
    return IsAt(words, at, "conclu|conclue|etablie|signee|consentie|valable");
  }
  if (IsAt(words, at + 1, "du|des|d")) return false;
  return !IsAt(words, at + 1, "de") || !IsAt(words, at + 2, "la|l|le|chaque|son|sa|ses|ce|cette");
}

// The words before the length speak of the convention, or of nothing else.
bool IsOfConvention(std::span<const std::string> before) {
  for (std::size_t at = 0; at < before.size(); ++at) {
    if (IsConvention(before, at)) return true;
  }
  return OpensWithDuration(before);
}

}  // namespace

std::optional<StatedDuration> FindStatedDuration(absl::string_view clause) {
  for (const absl::string_view sentence : Sentences(clause)) {
    const std::vector<std::string> words = FoldedWords(sentence);
    const bool lasts =
        HasWord(words, "duree|dure|durera|conclu|conclue|etablie|signee|consentie|valable");
    // « Elle court du 1er septembre pour trente-six mois »: of a notice that runs, nothing is read.
    const bool runs = HasWord(words, "court|courra|effet|etend") &&
                      !HasWord(words, "delai|delais|preavis|resili*|denonc*");
    if (!lasts && !runs) continue;
    for (std::size_t i = 0; i < words.size(); ++i) {
      const std::optional<MonthsSaid> said = MonthsAt(words, i);
      if (!said.has_value() || !said->whole) continue;
      const std::size_t before = i - std::min<std::size_t>(i, 5);
      if (!lasts && !HasWord(std::span(words).subspan(before, i - before), "pour")) continue;
      if (!IsOfConvention(std::span(words).first(i))) continue;
      return StatedDuration{said->months, std::string(sentence)};
    }
  }
  return std::nullopt;
}

}  // namespace greffe::rules
