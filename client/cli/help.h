#ifndef GREFFE_CLIENT_CLI_HELP_H_
#define GREFFE_CLIENT_CLI_HELP_H_

#include <utility>

#include "client/cli/messages.h"

// What --help says of the command line as a whole. Help of one command stands in its own file.
namespace greffe::cli::help {

inline constexpr Message kGreffe = {
    "greffe : le registre où les partenaires d'une convention la tiennent ensemble.",
    "greffe: the registry in which the partners of a convention keep it together."};
inline constexpr Message kGreffeExamples = {
    "Pour commencer :\n"
    "  greffe admin status                    la réplique répond-elle ?\n"
    "  greffe import convention.pdf --out projet.json --report rapport.html\n"
    "  greffe convention template > p.txtpb   un projet commenté, à remplir\n"
    "  greffe convention new --file p.txtpb --dry-run\n"
    "  greffe convention list\n"
    "  greffe convention status CONVENTION    qui a voté, qui a signé, qui bloque\n"
    "\n"
    "« greffe COMMANDE --help » donne les options et des exemples.\n"
    "Codes de sortie : 0 fait ; 1 refusé ; 2 mal écrit ; 3 pas joignable ; 4 intégrité.",
    "To begin:\n"
    "  greffe admin status                    does the replica answer?\n"
    "  greffe import convention.pdf --out draft.json --report report.html\n"
    "  greffe convention template > d.txtpb   a commented draft to fill in\n"
    "  greffe convention new --file d.txtpb --dry-run\n"
    "  greffe convention list\n"
    "  greffe convention status CONVENTION    who voted, who signed, who holds it up\n"
    "\n"
    "“greffe COMMAND --help” gives options and examples.\n"
    "Exit codes: 0 done; 1 refused; 2 wrong usage; 3 not reachable; 4 integrity."};

// Words of the help layout. Placeholders that are the same in both languages are left out.
inline constexpr std::pair<const char*, Message> kLabels[] = {
    {"Usage", {"Usage ", "Usage"}},
    {"OPTIONS", {"OPTIONS", "OPTIONS"}},
    {"SUBCOMMAND", {"COMMANDE", "COMMAND"}},
    {"SUBCOMMANDS", {"COMMANDE", "COMMAND"}},
    {"Positionals", {"Arguments", "Arguments"}},
    {"REQUIRED", {"(obligatoire)", "(required)"}},
    {"FILE", {"FICHIER", "FILE"}},
    {"TEXT", {"TEXTE", "TEXT"}},
    {"DIR", {"DOSSIER", "DIR"}},
    {"HOST:PORT", {"HÔTE:PORT", "HOST:PORT"}},
    {"DURATION", {"DURÉE", "DURATION"}},
    {"STATE", {"ÉTAT", "STATE"}},
    {"ROLE", {"RÔLE", "ROLE"}},
    {"KIND", {"GENRE", "KIND"}},
    {"PARTNER", {"PARTENAIRE", "PARTNER"}},
    {"PERIOD", {"PÉRIODE", "PERIOD"}},
    {"VALUE", {"VALEUR", "VALUE"}},
    {"ELEMENT", {"ÉLÉMENT", "ELEMENT"}},
    {"SIGN", {"SIGNE", "SIGN"}},
};

inline constexpr Message kGlobalGroup = {"Options de toutes les commandes",
                                         "Options of every command"};
inline constexpr Message kOptionsGroup = {"Options", "Options"};
inline constexpr Message kCommandsGroup = {"Commandes", "Commands"};
inline constexpr Message kExamples = {"Exemples :", "Examples:"};

inline constexpr Message kMoreHelp = {
    "« greffe COMMANDE --help » donne les options et des exemples.",
    "“greffe COMMAND --help” gives options and examples."};
inline constexpr Message kMoreOptions = {
    "Options de toutes les commandes (--home, --json, --lang, --yes…) : greffe --help",
    "Options of every command (--home, --json, --lang, --yes…): greffe --help"};

inline constexpr Message kHelp = {"Cette aide", "This help"};
inline constexpr Message kVersion = {"Version de greffe", "Version of greffe"};
inline constexpr Message kHome = {
    "Dossier de la réplique locale ($GREFFE_HOME, ./greffe-home, /var/lib/greffe)",
    "Folder of the local replica ($GREFFE_HOME, ./greffe-home, /var/lib/greffe)"};
inline constexpr Message kServer = {"Une réplique ailleurs, par TLS",
                                    "A replica elsewhere, over TLS"};
inline constexpr Message kServerCert = {"Son certificat, le seul accepté (DOSSIER/server.pem)",
                                        "Its certificate, the only one trusted (DIR/server.pem)"};
inline constexpr Message kTokenFile = {"Fichier du jeton d'utilisateur (DOSSIER/admin.token)",
                                       "File of the user's token (DIR/admin.token)"};
inline constexpr Message kJson = {"La réponse en JSON, seule sur la sortie",
                                  "The answer in JSON, alone on stdout"};
inline constexpr Message kLang = {"Langue", "Language"};
inline constexpr Message kTimeout = {"Attente la plus longue d'un appel (30s)",
                                     "Longest wait for one call (30s)"};
inline constexpr Message kYes = {"Répond oui aux questions", "Answers yes to questions"};
inline constexpr Message kRequestId = {
    "Répète une commande (32 chiffres) au lieu d'en faire une nouvelle",
    "Repeats a command (32 digits) instead of making a new one"};
inline constexpr Message kInForceOn = {"Texte en vigueur à cette date (aujourd'hui)",
                                       "The text in force on this date (today)"};
inline constexpr Message kKnownAt = {
    "Ce que cette réplique savait à cet instant ou à la fin de ce jour, ou le jeton d'une réponse",
    "What this replica knew at this instant or by the end of this day, or the token of an answer"};
inline constexpr Message kRecordedBy = {"Ce qui se dit enregistré jusqu'à cet instant",
                                        "What claims to be recorded up to this instant"};
inline constexpr Message kClockDate = {"Date d'où se calculent les états (aujourd'hui)",
                                       "Date from which standings are computed (today)"};
inline constexpr Message kConventionOption = {"La convention, pour éviter la recherche",
                                              "The convention, to spare the search"};
inline constexpr Message kConvention = {"Identifiant, ou ses 6 premiers chiffres au moins",
                                        "Its id, or at least its first 6 digits"};
inline constexpr Message kAct = {"Identifiant de l'acte, ou ses 6 premiers chiffres au moins",
                                 "The act's id, or at least its first 6 digits"};
inline constexpr Message kReadCut = {"Jeton de la réponse qui a été lue",
                                     "Token of the answer that was read"};
inline constexpr Message kRevision = {"Empreinte de la révision (la dernière figée)",
                                      "Hash of the revision (the latest frozen one)"};
inline constexpr Message kOffice = {"Identifiant de la fonction qui signe",
                                    "Id of the office that signs"};
inline constexpr Message kReason = {"Pourquoi", "Why"};

}  // namespace greffe::cli::help

#endif  // GREFFE_CLIENT_CLI_HELP_H_
