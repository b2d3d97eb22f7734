#ifndef GREFFE_CLIENT_CLI_MESSAGES_H_
#define GREFFE_CLIENT_CLI_MESSAGES_H_

#include <functional>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/strings/substitute.h"

namespace greffe::cli {

enum class Lang { kFrench, kEnglish };

// One thing said to people, in both languages. `$0`, `$1` … stand for what is filled in. Terms of
// French law stay French in both: a convention's texts have legal force in French alone.
struct Message {
  const char* fr;
  const char* en;
};

// `flag` (`fr` or `en`) when given; else the first of LC_ALL, LC_MESSAGES, LANG that is set and not
// empty decides: English when it starts with `en`, French otherwise.
Lang ChooseLang(absl::string_view flag, const std::function<const char*(const char*)>& environment);

const char* Say(Lang lang, const Message& message);

template <typename... Args>
std::string Fill(Lang lang, const Message& message, const Args&... args) {
  return absl::Substitute(Say(lang, message), args...);
}

// The catalogue. Help of commands is in help.h.
namespace msg {

inline constexpr Message kNothing = {"rien", "nothing"};
inline constexpr Message kYes = {"oui", "yes"};
inline constexpr Message kNo = {"non", "no"};
inline constexpr Message kNone = {"aucun", "none"};
inline constexpr Message kLine = {"ligne $0", "line $0"};
inline constexpr Message kLineColumn = {"ligne $0, colonne $1", "line $0, column $1"};

// Errors.
inline constexpr Message kRefused = {"Refusé", "Refused"};
inline constexpr Message kWrongUsage = {"Commande mal écrite", "Wrong usage"};
inline constexpr Message kNotReachable = {"Pas joignable", "Not reachable"};
inline constexpr Message kUnavailable = {"Indisponible", "Unavailable"};
inline constexpr Message kIntegrity = {"Intégrité", "Integrity"};
inline constexpr Message kRule = {"Règle : $0", "Rule: $0"};
inline constexpr Message kField = {"Champ : $0", "Field: $0"};
inline constexpr Message kNext = {"À faire : $0", "What to do: $0"};
inline constexpr Message kSeeHelp = {"voir « $0 --help »", "see “$0 --help”"};
inline constexpr Message kMissing = {"Il manque : $0.", "Missing: $0."};
inline constexpr Message kMissingCommand = {"Il manque une commande.", "A command is missing."};
inline constexpr Message kUnknownCommand = {"Commande inconnue : $0. Commandes : $1.",
                                            "Unknown command: $0. Commands: $1."};
inline constexpr Message kUnknownArgument = {"Argument inconnu : $0.", "Unknown argument: $0."};
inline constexpr Message kBadArgument = {"Argument refusé : $0.", "Argument refused: $0."};
inline constexpr Message kOneValue = {"« $0 » demande exactement une valeur.",
                                      "“$0” wants exactly one value."};
inline constexpr Message kNotANumber = {
    "Il faut un nombre entier, 0 ou plus, en chiffres seuls, et non : $0.",
    "A whole number is wanted, 0 or more, in digits alone, and not: $0."};
inline constexpr Message kNotBoth = {"« $0 » et « $1 » ne vont pas ensemble.",
                                     "“$0” and “$1” do not go together."};
inline constexpr Message kNeedOneOf = {"Donnez l'un de : $0.", "Give one of: $0."};
inline constexpr Message kBadDuration = {
    "Durée « $0 » : écrivez par exemple 30, 30s, 500ms ou 2m (au plus 24h).",
    "Duration “$0”: write for instance 30, 30s, 500ms or 2m (at most 24h)."};
inline constexpr Message kBadRequestId = {
    "« $0 » n'est pas un identifiant de commande : 32 chiffres hexadécimaux.",
    "“$0” is not a command's id: 32 hexadecimal digits."};
inline constexpr Message kBadChoice = {"« $0 » n'est pas permis. Permis : $1.",
                                       "“$0” is not allowed. Allowed: $1."};
inline constexpr Message kBadPoint = {
    "« $0 » : écrivez DATE ou DATE@CUT, par exemple 2025-06-30@gt1.…",
    "“$0”: write DATE or DATE@CUT, such as 2025-06-30@gt1.…"};
inline constexpr Message kCannotWrite = {"« $0 » ne s'écrit pas : $1.",
                                         "“$0” cannot be written: $1."};
inline constexpr Message kFileExists = {"« $0 » existe déjà : rien n'est écrit, rien n'est fait.",
                                        "“$0” exists already: nothing is written or done."};
inline constexpr Message kFileExistsNext = {
    "donnez un autre nom, ou déplacez d'abord ce fichier s'il ne sert plus",
    "give another name, or move that file away first if it is no longer of use"};
inline constexpr Message kCheckPath = {"vérifiez le chemin et les droits",
                                       "check the path and permissions"};

// Questions.
inline constexpr Message kAskSign = {"Signer ? [oui/non] ", "Sign? [yes/no] "};
inline constexpr Message kAskReplace = {"Remplacer ? [oui/non] ", "Replace? [yes/no] "};
inline constexpr Message kNoTerminal = {
    "La commande demande une confirmation, et il n'y a pas de terminal pour la donner.",
    "The command asks for confirmation, and there is no terminal to give it."};
inline constexpr Message kNoTerminalNext = {"vérifiez ce qui précède, puis ajoutez --yes",
                                            "check what is shown above, then add --yes"};
inline constexpr Message kNotConfirmed = {"Pas confirmé : rien n'est fait.",
                                          "Not confirmed: nothing is done."};

// Searching.
inline constexpr Message kActNotFound = {"Aucun acte « $0 » dans vos conventions.",
                                         "No act “$0” in your conventions."};
inline constexpr Message kActNotFoundNext = {"voir « greffe act list CONVENTION »",
                                             "see “greffe act list CONVENTION”"};
inline constexpr Message kAmbiguous = {"« $0 » désigne plusieurs choses : $1.",
                                       "“$0” names several things: $1."};
inline constexpr Message kAmbiguousNext = {"donnez plus de chiffres", "give more digits"};
inline constexpr Message kFactNotFound = {"Aucun fait « $0 » que vous puissiez corriger.",
                                          "No fact “$0” that you may correct."};
inline constexpr Message kFactNotFoundNext = {
    "voir « greffe audit events CONVENTION » ; seul un fait encore en vigueur se corrige",
    "see “greffe audit events CONVENTION”; only a fact that still counts can be corrected"};
inline constexpr Message kFactReplaced = {
    "Le fait « $0 » a été corrigé depuis : c'est sa correction, $1, qui est en vigueur.",
    "Fact “$0” was corrected since: its correction, $1, is the one that counts."};
inline constexpr Message kFactReplacedNext = {"la corriger à son tour : greffe correct $1",
                                              "correct that one: greffe correct $1"};
inline constexpr Message kNoRevision = {
    "L'acte n'est pas figé : il n'y a pas encore de texte sur lequel se prononcer.",
    "The act is not frozen: there is no text yet to decide on."};
inline constexpr Message kNoRevisionNext = {"figez-le : greffe act freeze $0",
                                            "freeze it: greffe act freeze $0"};
inline constexpr Message kEventNotFound = {"Aucun événement « $0 » dans vos conventions.",
                                           "No event “$0” in your conventions."};
inline constexpr Message kEventNotFoundNext = {"voir « greffe audit events CONVENTION »",
                                               "see “greffe audit events CONVENTION”"};
inline constexpr Message kPartnerNotFound = {"Aucun partenaire « $0 » n'est connu ici.",
                                             "No partner “$0” is known here."};
inline constexpr Message kPartnerNotFoundNext = {"voir « greffe partner list »",
                                                 "see “greffe partner list”"};
inline constexpr Message kConflictNotFound = {"Aucun conflit « $0 » n'est ouvert.",
                                              "No conflict “$0” is open."};
inline constexpr Message kConflictNotFoundNext = {"voir « greffe convention conflicts $0 »",
                                                  "see “greffe convention conflicts $0”"};
inline constexpr Message kNotInConflict = {
    "« $0 » : ce n'est pas une valeur de ce conflit. Ses valeurs : $1.",
    "“$0” is not a value of this conflict. Its values: $1."};
inline constexpr Message kNotInConflictNext = {
    "gardez l'une d'elles : --keep et le début de son empreinte",
    "keep one of these: --keep and the start of its hash"};
inline constexpr Message kClashOnlyByAct = {
    "Deux actes conclus se contredisent : seul un nouvel acte les départage.",
    "Two concluded acts clash: only a further act settles them."};
inline constexpr Message kClashOnlyByActNext = {
    "proposez un avenant : greffe act propose $0 --file FICHIER",
    "propose an avenant: greffe act propose $0 --file FILE"};

// Files.
inline constexpr Message kFileSyntax = {"$0 : $1.", "$0: $1."};
inline constexpr Message kUnknownField = {"$0 : champ inconnu « $1 » dans $2.",
                                          "$0: unknown field “$1” in $2."};
inline constexpr Message kRepeatedField = {"$0 : le champ « $1 » est donné deux fois.",
                                           "$0: the field “$1” is given twice."};
inline constexpr Message kUnknownEnum = {
    "$0 : « $1 » n'est pas une valeur de « $2 ». Valeurs : $3.",
    "$0: “$1” is not a value of “$2”. Values: $3."};
inline constexpr Message kWantObject = {"$0 : « $1 » attend un objet { … }.",
                                        "$0: “$1” wants an object { … }."};
inline constexpr Message kWantArray = {"$0 : « $1 » attend une liste [ … ].",
                                       "$0: “$1” wants a list [ … ]."};
inline constexpr Message kWantScalar = {"$0 : « $1 » attend une seule valeur.",
                                        "$0: “$1” wants a single value."};
inline constexpr Message kTwoOfOneof = {"$0 : « $1 » et « $2 » ne peuvent être donnés ensemble.",
                                        "$0: “$1” and “$2” cannot both be given."};
inline constexpr Message kWrongValue = {"$0 : « $1 » attend $2 ; le fichier donne $3.",
                                        "$0: “$1” wants $2; the file gives $3."};
inline constexpr Message kProblems = {"$0 problème(s) dans $1 :", "$0 problem(s) in $1:"};
inline constexpr Message kNoProblem = {"Aucun problème : $0 est prêt.", "No problem: $0 is ready."};
inline constexpr Message kWritten = {"Écrit : $0", "Written: $0"};

}  // namespace msg
}  // namespace greffe::cli

#endif  // GREFFE_CLIENT_CLI_MESSAGES_H_
