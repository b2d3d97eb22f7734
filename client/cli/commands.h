#ifndef GREFFE_CLIENT_CLI_COMMANDS_H_
#define GREFFE_CLIENT_CLI_COMMANDS_H_

#include "client/cli/command.h"

namespace greffe::cli {

// One file of the same name for each group of commands.
void AddUserCommands(CommandLine& line);
void AddPartnerCommands(CommandLine& line);
void AddPeerCommands(CommandLine& line);
void AddImportCommand(CommandLine& line);
void AddConventionCommands(CommandLine& line);
void AddReadCommands(CommandLine& line);
void AddStatusCommand(CommandLine& line);
void AddExportCommands(CommandLine& line);
void AddProposeCommand(CommandLine& line);
void AddActCommands(CommandLine& line);
// Part of AddActCommands.
void AddFreezeCommand(CommandLine& line);
void AddActTextCommand(CommandLine& line);
void AddSignCommands(CommandLine& line);
void AddAttestCommand(CommandLine& line);
void AddAttachmentCommands(CommandLine& line);
void AddDeliberationCommands(CommandLine& line);
void AddFollowCommands(CommandLine& line);
void AddLifeCommands(CommandLine& line);
void AddLifeFactCommands(CommandLine& line);
void AddCorrectCommand(CommandLine& line);
void AddConflictCommands(CommandLine& line);
void AddWatchCommand(CommandLine& line);
void AddAuditCommands(CommandLine& line);
void AddAdminCommands(CommandLine& line);

inline void AddAllCommands(CommandLine& line) {
  AddImportCommand(line);
  AddConventionCommands(line);
  AddReadCommands(line);
  AddStatusCommand(line);
  AddExportCommands(line);
  AddProposeCommand(line);
  AddActCommands(line);
  AddActTextCommand(line);
  AddSignCommands(line);
  AddAttestCommand(line);
  AddAttachmentCommands(line);
  AddDeliberationCommands(line);
  AddFollowCommands(line);
  AddLifeCommands(line);
  AddLifeFactCommands(line);
  AddCorrectCommand(line);
  AddConflictCommands(line);
  AddWatchCommand(line);
  AddPeerCommands(line);
  AddAuditCommands(line);
  AddPartnerCommands(line);
  AddUserCommands(line);
  AddAdminCommands(line);
}

// Headings of groups, shared by the files that add to one.
namespace group {
inline constexpr Message kNone = {"", ""};
inline constexpr Message kUser = {"Utilisateurs de cette réplique", "Users of this replica"};
inline constexpr Message kPartner = {"Partenaires : organisations pour qui une réplique agit",
                                     "Partners: organisations that a replica acts for"};
inline constexpr Message kPeer = {"Pairs : les répliques des autres",
                                  "Peers: the others' replicas"};
inline constexpr Message kConvention = {"Conventions : créer, lire à toute date, comparer",
                                        "Conventions: open, read at any date, compare"};
inline constexpr Message kExport = {"Exports : données ouvertes, agenda",
                                    "Exports: open data, calendar"};
inline constexpr Message kAct = {"Actes : proposer, figer, signer, refuser, retirer",
                                 "Acts: propose, freeze, sign, refuse, withdraw"};
inline constexpr Message kDeliberation = {"Délibérations, comme faits avec leur preuve",
                                          "Deliberations, as facts with their evidence"};
inline constexpr Message kSignature = {"Signatures sur papier, comme faits",
                                       "Paper signatures, as facts"};
inline constexpr Message kAttachment = {"Pièces jointes : joindre, lister, reprendre",
                                        "Attachments: add, list, get"};
inline constexpr Message kFollow = {"Suivi : avancement, indicateurs, comptes rendus",
                                    "Follow-up: progress, indicators, minutes"};
inline constexpr Message kLife = {"Vie de la convention : faits, réponses, où ils en sont",
                                  "Life of the convention: facts, answers, where they stand"};
inline constexpr Message kNotice = {"Mises en demeure et dénonciations",
                                    "Mises en demeure and dénonciations"};
inline constexpr Message kEvaluation = {"Évaluations : rendre, valider",
                                        "Evaluations: report, validate"};
inline constexpr Message kData = {"Échanges de données personnelles", "Exchanges of personal data"};
inline constexpr Message kChange = {"Modifications sans avenant", "Changes without an avenant"};
inline constexpr Message kClause = {"Clauses réputées non écrites", "Clauses deemed unwritten"};
inline constexpr Message kDispute = {"Litiges devant le juge", "Disputes before the court"};
inline constexpr Message kRenewal = {"Renouvellement exprès", "Express renewal"};
inline constexpr Message kComment = {"Remarques sur un texte en préparation",
                                     "Remarks on a text in the making"};
inline constexpr Message kReview = {"Relectures d'un texte en préparation",
                                    "Reviews of a text in the making"};
inline constexpr Message kCommittee = {"Consultation des comités", "Committees consulted"};
inline constexpr Message kSuccession = {"Succession d'une partie", "Succession of a party"};
inline constexpr Message kRepresentative = {"Représentants des parties",
                                            "Representatives of the parties"};
inline constexpr Message kDelegation = {"Délégations de signature", "Delegations to sign"};
inline constexpr Message kCorrection = {"Erreurs matérielles : rectifier, attester",
                                        "Clerical errors: correct, attest"};
inline constexpr Message kConflict = {"Conflits : départager deux valeurs",
                                      "Conflicts: settle between two values"};
inline constexpr Message kAudit = {"Preuves : vérifier, montrer, exporter",
                                   "Proofs: verify, show, export"};
inline constexpr Message kAdmin = {"État de la réplique", "State of the replica"};
}  // namespace group

}  // namespace greffe::cli

#endif  // GREFFE_CLIENT_CLI_COMMANDS_H_
