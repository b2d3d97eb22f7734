// The lines that open the parts of a contract, told by their wording alone; where they may stand is
// for core/reader/contract_parts.h.
//
// Pure and thread safe. `plain` is the plain form (core/reader/letters.h) of a line or of a block's
// first bytes; `text` is as printed.
#ifndef GREFFE_CORE_READER_CONTRACT_OPENINGS_H_
#define GREFFE_CORE_READER_CONTRACT_OPENINGS_H_

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "core/reader/blocks.h"

namespace greffe::reader {

// The first line of an extract of the register, where nothing else is printed so.
bool HeadsRegister(absl::string_view plain);
// A first line of a deliberation that other texts print too, such as « Conseil municipal du 3 mai
// »: more must tell that one begins.
bool StartsDeliberation(absl::string_view plain);
// What only the account of a sitting says.
bool TellsOfASitting(absl::string_view plain);
// « Conseil municipal – séance du lundi 3 mai », « Séance du 3 mai »: a line that opens the account
// of a sitting and holds its date.
bool DatesASitting(absl::string_view plain);
// « L'an deux mille vingt, le … décembre, le conseil municipal… » without any head.
bool OpensAccount(absl::string_view plain);
// What stands above the first line of an extract: the authority, its State and department.
bool IsLetterhead(const Block& block, absl::string_view plain);
// « Vu … », « Considérant … »: what a vote stands on.
bool StartsGround(absl::string_view plain);

// « Entre : », « Entre les soussignés », « Les parties signataires : ».
bool StartsParties(absl::string_view plain);
// « Entre la Caisse d'allocations familiales du Val, représentée par… » on one line.
bool NamesPartyAfterBetween(absl::string_view text);
// « Il est convenu et arrêté ce qui suit : ».
bool IsFormula(absl::string_view plain);
// « Vu le code… », « Vu : » over a list of them.
bool StartsVisa(absl::string_view plain);
bool StartsPreamble(absl::string_view plain);
// « Fait à Port, le 3 mars », or a heading over the signatures. A sentence about « les signataires
// » is neither.
bool StartsClosing(absl::string_view plain);
// The convention's own title, as it stands on its cover.
bool IsConventionTitle(const Block& block, absl::string_view plain);
// What titles of articles say in most conventions.
bool IsArticleTitle(absl::string_view plain);
// « Plan d'actions », « Fiches actions ».
bool StartsPlan(absl::string_view plain);

// The first line of an extract of the register of an assembly.
bool HeadsExtract(absl::string_view plain);

// The day that a line of a register's head gives to the sitting: « Extrait du procès-verbal du
// conseil municipal de Port du 3 mars 2024 ». YYYY-MM-DD; empty for any other line, or for two
// days.
std::string RegisterDate(absl::string_view plain);

// The documents that are avenants of the convention that another one holds, by their titles; none
// where every document is one. `plain` is the plain text of each block.
std::set<uint32_t> FindAmendments(const std::vector<Block>& blocks,
                                  const std::vector<std::string>& plain);

// The title of an article that names the parties: « Les parties », « Signataires ».
bool IsPartiesTitle(absl::string_view plain);

// The head of a list of texts that the contract rests on: « Textes de référence ».
bool HeadsGrounds(absl::string_view plain);

}  // namespace greffe::reader

#endif  // GREFFE_CORE_READER_CONTRACT_OPENINGS_H_
