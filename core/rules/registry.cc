#include "core/rules/registry.h"

#include <bitset>
#include <cstddef>
#include <iterator>

namespace greffe::rules {
namespace {

// The severity is that of the check in domain.md section 7.9, but for these, where the function of
// the row does more, or less, than the word there says:
//   CHK-04, CHK-05, CHK-06, CHK-10, CHK-33 (error there): a record that contradicts itself gives no
//   mandate, so that no signature is taken on it until it is corrected;
//   CHK-20 (block there): the row finds a deliberation on another text; what blocks the signature
//   is CHK-19, since such a deliberation is no basis for it;
//   CHK-21 (per party there) and CHK-23 (rebase there): the signature of that party, and of the act
//   that must be taken up again, is refused;
//   CHK-30 (error there): that is its own row, the proof of sending; the row of the period only
//   counts; CHK-37 (convert there): the reader converts; what a peer wrote all the same is an
//   error.
constexpr Row kRows[] = {
    {Rule::kTwoDecisions, "L-05", "", "La délibération approuve le texte et autorise sa signature",
     "The deliberation approves the text and authorises its signature",
     "CGCT art. L. 2121-29, L. 2122-21 ; dispositif des délibérations", Severity::kBlock,
     "GivesMandate"},
    {Rule::kVoteArithmetic, "L-06", "CHK-10", "Les voix et les membres s'additionnent",
     "Votes and members add up", "CGCT art. L. 2121-20", Severity::kBlock, "CheckVote"},
    {Rule::kQuorum, "CHK-10", "", "Plus de la moitié des membres en exercice sont présents",
     "More than half of the members in office are present", "CGCT art. L. 2121-17",
     Severity::kBlock, "CheckQuorum"},
    {Rule::kExecutory, "L-07", "CHK-08",
     "La délibération est exécutoire une fois publiée et reçue en préfecture",
     "A deliberation is executory once published and received by the prefecture",
     "CGCT art. L. 2131-1", Severity::kBlock, "ExecutoryOf"},
    {Rule::kOrderOfDates, "CHK-06", "", "La publication et la réception ne précèdent pas le vote",
     "Publication and receipt do not precede the vote", "CGCT art. L. 2131-1", Severity::kBlock,
     "CheckOrderOfDates"},
    {Rule::kScdlFigures, "CHK-33", "",
     "Les voix et les abstentions font les membres présents et représentés",
     "Votes and abstentions make the members present and represented",
     "SCDL délibérations : VOTE_REEL ; CGCT art. L. 2121-20", Severity::kBlock, "CheckScdlFigures"},
    {Rule::kActesForm, "CHK-03", "", "L'identifiant de l'accusé a la forme d'ACTES",
     "The identifier of the receipt has the form of ACTES",
     "ACTES : département, SIREN, date, numéro, nature", Severity::kError, "CheckActesId"},
    {Rule::kActesParty, "CHK-04", "", "L'identifiant de l'accusé est celui de la partie qui vote",
     "The identifier of the receipt is that of the party that votes",
     "ACTES : département, SIREN, date, numéro, nature", Severity::kBlock, "CheckActesId"},
    {Rule::kActesDate, "CHK-05", "", "L'identifiant de l'accusé porte la date du vote",
     "The identifier of the receipt bears the day of the vote",
     "ACTES : département, SIREN, date, numéro, nature", Severity::kBlock, "CheckActesId"},
    {Rule::kDiagnosis, "L-01", "", "Le projet s'appuie sur un diagnostic partagé",
     "The project rests on a shared diagnosis", "Article sur l'objet des conventions",
     Severity::kWarn, "CheckDiagnosis"},
    {Rule::kSignatureOrder, "L-08", "CHK-09",
     "La signature suit le jour où la délibération est exécutoire",
     "The signature follows the day on which the deliberation is executory",
     "CE, avis, 10 juin 1996 ; TA Montpellier, 2002", Severity::kBlock, "OrderOfSignature"},
    {Rule::kMandateScope, "L-34", "CHK-21", "Le mandat de chaque partie couvre l'avenant",
     "Each party's mandate covers the avenant",
     "Dispositif des délibérations : la phrase citée fait la portée", Severity::kBlock,
     "CoverageOf"},
    {Rule::kEfficacyAndForce, "L-14", "",
     "L'effet suit les dates du texte ; la force commence à la dernière signature",
     "Efficacy follows the dates of the text; force starts with the last signature",
     "Article sur la durée des conventions", Severity::kInfo, "ForceOn"},
    {Rule::kExpiry, "L-55", "", "La convention expire à son terme, sauf reconduction expresse",
     "The convention expires at its end date unless expressly renewed",
     "Article sur la durée des conventions", Severity::kInfo, "ForceOn"},
    {Rule::kStatedDuration, "L-15", "CHK-15", "La durée écrite et les dates concordent",
     "The stated duration and the dates agree", "Article sur la durée des conventions",
     Severity::kError, "CheckStatedDuration"},
    {Rule::kRetroactive, "CHK-16", "", "L'effet rétroactif se compte en jours",
     "A retroactive effect is counted in days", "Article sur la durée des conventions",
     Severity::kInfo, "RetroactiveDays"},
    {Rule::kGapOrOverlap, "L-56", "CHK-17", "La convention suit la précédente sans vide ni doublon",
     "The convention follows its predecessor without gap or overlap",
     "Article sur l'évaluation : une convention renouvelée est une convention nouvelle",
     Severity::kWarn, "CompareWithPredecessor"},
    {Rule::kContractPeriod, "L-50", "CHK-30",
     "Un délai contractuel en mois finit au même quantième, ou au dernier jour du mois",
     "A contract period in months ends on the same day of the month, or on its last day",
     "Articles sur la résiliation et la dénonciation ; code civil art. 2228, 2229", Severity::kInfo,
     "ContractDeadline"},
    {Rule::kChallengePeriod, "L-58", "",
     "Une délibération se conteste dans les deux mois francs de sa publication et de sa réception",
     "A deliberation may be challenged within two clear months of publication and receipt",
     "CJA art. R. 421-1, R. 421-5", Severity::kInfo, "ChallengeWindow"},
    {Rule::kReferralPeriod, "L-59", "",
     "Le préfet défère dans les deux mois francs de la réception",
     "The prefect may refer within two clear months of receipt", "CGCT art. L. 2131-6",
     Severity::kInfo, "ReferralWindow"},
    {Rule::kAmendment, "L-30", "", "Toute modification fait l'objet d'un avenant",
     "Every modification is an avenant", "Article sur les modifications des conventions",
     Severity::kBlock, "ClassOf"},
    {Rule::kAvenantNeeded, "CHK-25", "",
     "Une décision de comité ne porte aucun changement qui relève d'un avenant",
     "A committee decision makes no change that takes an avenant",
     "Article sur les modifications des conventions ; L-52", Severity::kBlock, "CheckInstrument"},
    {Rule::kDelegatedChange, "CHK-26", "",
     "Une décision de comité cite la clause qui lui laisse le changement",
     "A committee decision quotes the clause that leaves it the change",
     "Annexes sur la gouvernance et l'évaluation : la phrase citée fait la délégation",
     Severity::kBlock, "ClassOf"},
    {Rule::kScheduleInsideTerm, "CHK-18", "",
     "L'échéancier d'une action tient dans la durée de la convention",
     "The schedule of an action lies within the term of the convention",
     "Article sur la durée des conventions", Severity::kWarn, "BeyondTerm"},
    {Rule::kBaseCurrent, "CHK-22", "", "L'avenant part du texte consolidé en vigueur",
     "The avenant starts from the consolidated text in force",
     "Article sur les modifications des conventions", Severity::kBlock, "CheckBase"},
    {Rule::kConcludedSince, "CHK-23", "",
     "Aucun autre acte n'a été conclu depuis la base de l'avenant",
     "No other act was concluded since the base of the avenant",
     "Article sur les modifications des conventions", Severity::kBlock, "CheckConcludedSince"},
    {Rule::kOperationsComplete, "L-31", "CHK-24",
     "Les opérations de l'avenant donnent le texte consolidé, sans rien omettre",
     "The operations of the avenant give the consolidated text and leave nothing out",
     "Article sur les modifications : « préciser toutes les modifications »", Severity::kError,
     "CheckOperations"},
    {Rule::kCommitteeConsulted, "L-32", "CHK-27",
     "Le comité a vu l'avenant lorsqu'une clause le demande",
     "The committee has seen the avenant where a clause asks for it",
     "Annexe sur la gouvernance : la phrase citée", Severity::kBlock, "FindConsultation"},
    {Rule::kPlaceholders, "CHK-14", "", "Un texte figé ne contient rien à compléter",
     "A frozen text holds nothing still to be filled in",
     "Exemplaires « xx », « XX/XX/ », « .... » des conventions", Severity::kBlock,
     "FindPlaceholders"},
    {Rule::kReferences, "CHK-13", "", "Les renvois aux annexes aboutissent",
     "References to annexes lead somewhere", "Annexes citées dans les conventions", Severity::kWarn,
     "UnresolvedAnnexes"},
    {Rule::kConvening, "CHK-11", "",
     "L'assemblée est convoquée trois jours francs avant la séance, cinq à partir de 3 500 "
     "habitants et dans un EPCI ; au département et à la région le rapport part douze jours avant",
     "The assembly is convened three clear days before the sitting, five from 3,500 inhabitants "
     "and "
     "in an EPCI; of a département or région the report goes out twelve days before",
     "CGCT art. L. 2121-11, L. 2121-12, L. 3121-19, L. 4132-18, L. 5211-1, L. 5711-1",
     Severity::kWarn, "CheckConvening"},
    {Rule::kSigningPolicy, "L-03", "",
     "Une partie signe par tous ses signataires ou par l'un d'eux, selon la convention",
     "A party signs by all of its signatories or by one of them, as the convention says",
     "Bloc des signatures des conventions", Severity::kInfo, "SigningGroups"},
    {Rule::kDelegation, "L-04", "",
     "Qui signe par délégation signe pour la fonction, en la qualité et aux dates déléguées",
     "Who signs by delegation signs for the office, in the capacity and on the days delegated",
     "CGCT art. L. 2122-18 ; « Pour le maire et par délégation »", Severity::kBlock,
     "CheckDelegation"},
    {Rule::kNoticeByCaf, "L-51", "CHK-29",
     "Seule la CAF met en demeure, puis résilie, pour un manquement à la loi",
     "Only the CAF gives notice, then ends the convention, for a breach of the law",
     "Article sur la résiliation des conventions", Severity::kBlock, "CheckMaySend"},
    {Rule::kWithoutNotice, "L-52", "CHK-29",
     "Seule la CAF résilie sans préavis, quand un terme est modifié sans avenant signé",
     "Only the CAF ends without notice, when a term is changed without a signed avenant",
     "Article sur la résiliation des conventions", Severity::kBlock, "CheckMayTerminate"},
    {Rule::kDenunciation, "L-53", "",
     "La dénonciation prend six mois ; elle met fin au tout entre deux parties seulement",
     "A dénonciation takes six months; it ends the whole between two parties only",
     "Article sur la dénonciation des conventions", Severity::kInfo, "EffectOfDenunciation"},
    {Rule::kDenunciationUseful, "CHK-31", "",
     "La dénonciation a un effet si son préavis finit avant le terme",
     "A dénonciation has an effect when its notice ends before the term",
     "Article sur la dénonciation des conventions", Severity::kInfo, "CheckDenunciationUseful"},
    {Rule::kProofOfSending, "CHK-30", "",
     "La preuve de l'envoi est jointe, et la réception prouvée",
     "The proof of sending is attached, and the receipt proven",
     "Article sur la résiliation : lettre recommandée avec avis de réception", Severity::kError,
     "CheckProofOfSending"},
    {Rule::kTermination, "L-54", "",
     "La résiliation arrête les engagements et garde les autres droits",
     "A termination stops commitments and keeps other rights",
     "Article sur la résiliation des conventions", Severity::kInfo, "ForceOn"},
    {Rule::kUnwritten, "L-40", "",
     "Une clause contraire au droit est réputée non écrite ; le reste demeure",
     "A clause against the law is deemed unwritten; the rest stands",
     "Article sur les modifications des conventions", Severity::kInfo, "IsUnwritten"},
    {Rule::kSuccession, "L-60", "",
     "La succession d'une partie par la loi laisse le contrat courir",
     "The succession of a party by law lets the contract run on",
     "CE, 7 novembre 2019, n° 431146 ; CGCT art. L. 5211-17, L. 2113-5", Severity::kInfo,
     "SuccessionNote"},
    {Rule::kSteering, "L-20", "",
     "Un comité de pilotage réunit les parties ; ses coprésidents décident de ce qu'une clause lui "
     "laisse, et relisent ce qui se fige",
     "A steering committee brings the parties together; its co-chairs decide what a clause leaves "
     "to it, and review what is frozen",
     "Article sur le pilotage des conventions ; annexe sur la gouvernance", Severity::kWarn,
     "CheckSteering"},
    {Rule::kCadence, "L-21", "CHK-28",
     "Les instances se réunissent à leur cadence, le comité de pilotage au moins une fois par an",
     "Bodies meet at their cadence, the steering committee at least once a year",
     "Annexe sur la gouvernance des conventions", Severity::kWarn, "MeetingsDue"},
    {Rule::kEvaluations, "L-23", "CHK-28",
     "La convention est évaluée chaque année, à mi-parcours et à la fin",
     "The convention is evaluated each year, at mid-term and at the end",
     "Article sur l'évaluation des conventions", Severity::kWarn, "EvaluationsDue"},
    {Rule::kPromptedByEvaluation, "L-33", "", "Une évaluation peut conduire à un avenant",
     "An evaluation may lead to an avenant", "Article sur l'évaluation des conventions",
     Severity::kWarn, "CheckPrompt"},
    {Rule::kDpoFirst, "L-24", "CHK-36",
     "L'avis du délégué à la protection des données précède la décision",
     "The opinion of the data protection officer precedes the decision",
     "Article sur les échanges de données des conventions", Severity::kBlock,
     "CheckMayDecideExchange"},
    {Rule::kSirenKey, "CHK-01", "", "Le SIREN porte une clé juste", "A SIREN bears a right key",
     "Algorithme de Luhn (ISO/IEC 7812-1)", Severity::kError, "CheckSiren"},
    {Rule::kAfterConclusion, "L-13", "",
     "Rien ne met fin à une convention avant que toutes les parties l'aient conclue",
     "Nothing ends a convention before all parties have concluded it",
     "Blocs de signature des conventions", Severity::kBlock, "CheckAfterConclusion"},
    {Rule::kBeforeEnd, "L-36", "",
     "Une convention se modifie et se prolonge avant sa fin ; après, c'est un renouvellement",
     "A convention is changed and prolonged before its end; later it is a renewal",
     "Article sur la durée des conventions : reconduction expresse", Severity::kBlock,
     "CheckBeforeEnd"},
    {Rule::kCommuneOfSiren, "CHK-02", "", "Le SIREN d'une commune laisse deviner son code INSEE",
     "The SIREN of a commune lets one guess its INSEE code",
     "Insee, répertoire Sirene : 21, département, 0, commune, clé", Severity::kInfo,
     "CheckCommuneOfSiren"},
    {Rule::kStampsAgree, "CHK-07", "", "Les cachets répétés concordent", "Repeated stamps agree",
     "ACTES : un seul accusé par acte", Severity::kError, "StampsDiffer"},
    {Rule::kOneDay, "CHK-12", "", "Un même fait porte une seule date dans un document",
     "One fact has one date in a document", "Visas, extraits et annexes d'une même délibération",
     Severity::kWarn, "DaysDiffer"},
    {Rule::kTransmitted, "CHK-32", "",
     "L'objet transmis s'écrit en ISO-8859-1, en 499 caractères au plus",
     "The object transmitted is written in ISO-8859-1, in 499 characters at most",
     "ACTES : schéma des messages métier, Objet", Severity::kWarn, "CheckTransmitted"},
    {Rule::kNamesHint, "CHK-34", "", "Les noms ne se comparent que pour suggérer",
     "Names are compared for hints only", "Un nom n'identifie personne : RGPD art. 5, exactitude",
     Severity::kInfo, "MayBeOneName"},
    {Rule::kPostcode, "CHK-35", "", "Le code postal est du département de la commune",
     "The postcode is of the department of the commune",
     "La Poste : les deux premiers chiffres, trois outre-mer", Severity::kWarn, "CheckPostcode"},
    {Rule::kSentinelDate, "CHK-37", "", "Aucune date ne veut dire « toujours » (2222, 2999, 9999)",
     "No date means “for ever” (2222, 2999, 9999)", "Dates conventionnelles de LEGI",
     Severity::kError, "CheckSentinelDay"},
    {Rule::kSomebodySigns, "L-02", "CHK-19",
     "Une fonction au moins signe le texte, et pour chaque partie ; une associée est à confirmer",
     "At least one office signs the text, and for each party; an associate is to be confirmed",
     "Bloc des signatures des conventions", Severity::kBlock, "CheckSomebodySigns"},
    {Rule::kFilledAfterVote, "L-10", "",
     "L'annexe réservée à la délibération se remplit après, hors de l'empreinte",
     "The annex kept for the deliberation is filled in later, outside the digest",
     "Annexes « Délibération » des conventions", Severity::kInfo, "IsFilledAfterVote"},
    {Rule::kVotedText, "L-11", "CHK-20",
     "La délibération porte sur le texte voté ; un nouveau gel demande un nouveau vote",
     "The deliberation is on the text voted; a new freeze asks for a new vote",
     "CGCT art. L. 2121-29", Severity::kWarn, "CheckVotedText"},
    {Rule::kMandateLimits, "L-09", "",
     "Un mandat a des limites : l'auteur de l'avenant et la période que la délibération nomme",
     "A mandate has limits: the proposer of the avenant and the period that the deliberation names",
     "Dispositif des délibérations : la phrase citée fait la portée", Severity::kBlock,
     "IsInScope"},
    {Rule::kOriginals, "L-12", "",
     "Un original par signataire : les signatures données séparément valent ensemble",
     "One original per signatory: signatures given apart hold together",
     "Formule de clôture des conventions", Severity::kInfo, "MakeOneAct"},
    {Rule::kFacilities, "L-16", "",
     "Les équipements soutenus sont des engagements : leur liste ne change que par avenant",
     "The facilities supported are commitments: their list changes by an avenant alone",
     "Article sur les engagements des partenaires ; annexe sur les équipements soutenus",
     Severity::kBlock, "CommitmentOf"},
    {Rule::kFunding, "L-17", "",
     "Ce que la CAF garde et paie est un engagement, qui ne change que par avenant ; Greffe ne "
     "tient pas les comptes",
     "What the CAF keeps and pays is a commitment, which changes by an avenant alone; Greffe keeps "
     "no accounts",
     "Article sur les engagements des partenaires", Severity::kBlock, "CommitmentOf"},
    {Rule::kGuests, "L-22", "",
     "Les personnes invitées ont une voix consultative : rien ne se fait "
     "sans le rôle qui décide",
     "Guests have a consultative voice: nothing is done without the role that decides",
     "Annexe sur la gouvernance des conventions", Severity::kBlock, "MayDecide"},
    {Rule::kSecrecy, "L-25", "",
     "Le secret demeure pendant et après la convention : seuls ses partenaires la lisent",
     "Secrecy holds during the convention and after it: its partners alone read it",
     "Article sur la confidentialité des conventions", Severity::kBlock, "MayRead"},
    {Rule::kCommonAgreement, "L-26", "",
     "La communication se décide d'un commun accord, jamais par une partie seule",
     "Communication is decided by common agreement, never by one party alone",
     "Article sur la communication des conventions", Severity::kBlock, "CommitmentOf"},
    {Rule::kContentPrevails, "L-27", "",
     "Le contenu d'une clause prévaut sur son intitulé ; une erreur matérielle est attestée par "
     "une "
     "autre partie",
     "What a clause provides prevails over its title; a clerical error is attested by another "
     "party",
     "Article sur l'exécution formelle des conventions", Severity::kBlock, "Provides"},
    {Rule::kOwnBase, "L-35", "",
     "Un avenant a son texte de base : ce qui a été conclu depuis le fait reprendre",
     "An avenant has its base text: what was concluded since has it taken up again",
     "Article sur les modifications des conventions", Severity::kBlock, "IsBehind"},
    {Rule::kCourt, "L-57", "",
     "Un litige est porté devant le tribunal administratif : sa décision définitive y met fin",
     "A dispute goes to the administrative court: its final decision ends it",
     "Article sur les recours des conventions", Severity::kInfo, "CaseOf"},
    {Rule::kPartyReady, "CHK-19", "",
     "Chaque partie a de quoi signer : sa délibération exécutoire, ou une signature qui n'en "
     "demande pas",
     "Each party has what it signs on: its executory deliberation, or none is asked of it",
     "L-02, L-03, L-07 et L-08 ensemble", Severity::kBlock, "HasBasis"},
    {Rule::kStampedAnswer, "CHK-38", "",
     "Une réponse dit sa date d'effet, le jour où elle est donnée et le jeton de ce qui est connu",
     "An answer says its day of effect, the day on which it is given and the token of what is "
     "known",
     "Une réponse se vérifie plus tard, ailleurs", Severity::kError, "StampOf"},
};

// By place in kRows. Set by SwitchOffForTest before anything else runs, then only read.
std::bitset<std::size(kRows)> switched_off;

}  // namespace

std::span<const Row> Registry() { return kRows; }

const Row& RowOf(Rule rule) { return kRows[static_cast<std::size_t>(rule)]; }

const Row* FindRow(absl::string_view id) {
  for (const Row& row : kRows) {
    if (row.id == id) return &row;
  }
  return nullptr;
}

v1::FindingSeverity FindingSeverityOf(Severity severity) {
  switch (severity) {
    case Severity::kInfo:
      return v1::FINDING_SEVERITY_NOTE;
    case Severity::kWarn:
      return v1::FINDING_SEVERITY_WARNING;
    case Severity::kError:
    case Severity::kBlock:
      return v1::FINDING_SEVERITY_SERIOUS;
  }
  return v1::FINDING_SEVERITY_UNSPECIFIED;
}

void SwitchOffForTest(Rule rule) { switched_off.set(static_cast<std::size_t>(rule)); }

bool IsOn(Rule rule) { return !switched_off[static_cast<std::size_t>(rule)]; }

}  // namespace greffe::rules
