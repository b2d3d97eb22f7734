#include "client/cli/life_args.h"

#include <initializer_list>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "client/cli/draft_file.h"
#include "client/cli/format.h"
#include "client/cli/help.h"
#include "client/cli/lookup.h"
#include "client/cli/problems.h"
#include "client/cli/show.h"
#include "client/status.h"
#include "core/base/status_macros.h"

namespace greffe::cli {
namespace {

constexpr std::size_t kDigestBytes = 32;

template <typename Value>
absl::StatusOr<Value> Choose(const char* option, absl::string_view word,
                             std::initializer_list<std::pair<const char*, Value>> choices) {
  std::vector<std::string> words;
  for (const auto& [name, value] : choices) {
    if (word == name) return value;
    words.push_back(name);
  }
  const std::string all = absl::StrJoin(words, ", ");
  return UsageError({.field = option,
                     .fr = Fill(Lang::kFrench, msg::kBadChoice, std::string(word), all),
                     .en = Fill(Lang::kEnglish, msg::kBadChoice, std::string(word), all)});
}

// Leaves of the facts of life, once they are asked for.
class Leaves {
 public:
  Leaves(Client& client, std::string convention)
      : client_(client), convention_(std::move(convention)) {}

  // Bytes of the leaf that `text` names: 64 digits as they are, else the only fact that starts so.
  absl::StatusOr<std::string> Find(const std::string& text, const char* option) {
    if (text.size() == 2 * kDigestBytes) return ParseHex(text, kDigestBytes, option);
    constexpr std::size_t kDigitsMin = 6;
    RETURN_IF_ERROR(Read());
    std::vector<std::string> found;
    for (const std::string& leaf : leaves_) {
      if (text.size() >= kDigitsMin && absl::StartsWith(leaf, text)) found.push_back(leaf);
    }
    if (found.size() == 1) return absl::HexStringToBytes(found.front());
    if (found.size() > 1) return AmbiguousName(text, found);
    constexpr Message kNotFound = {"fait « $0 » introuvable.", "no fact “$0”."};
    constexpr Message kLook = {"Cherchez son empreinte : greffe life show $1",
                               "Look for its hash: greffe life show $1"};
    return Context::Refuse(absl::StatusCode::kNotFound, kNotFound, kLook, text, convention_);
  }

 private:
  absl::Status Read() {
    if (read_) return absl::OkStatus();
    v1::GetLifeRequest request;
    request.set_convention_id(convention_);
    ASSIGN_OR_RETURN(const v1::GetLifeResponse answer, client_.GetLife(request));
    for (const v1::LifeThread& thread : answer.view().threads()) {
      leaves_.push_back(thread.opening().event().leaf());
      for (const v1::LifeFactView& one : thread.answers()) leaves_.push_back(one.event().leaf());
    }
    read_ = true;
    return absl::OkStatus();
  }

  Client& client_;
  const std::string convention_;
  bool read_ = false;
  std::vector<std::string> leaves_;
};

absl::Status FillEvidence(const LifeArgs& args, v1::LifeRecorded* fact) {
  std::string hex = args.evidence_digest;
  if (!args.evidence.empty()) {
    ASSIGN_OR_RETURN(hex, DigestOfFile(args.evidence, "--evidence"));
  }
  if (hex.empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(*fact->mutable_evidence_digest(),
                   ParseHex(hex, kDigestBytes, "--evidence-sha256"));
  return absl::OkStatus();
}

void Put(const std::string& from, std::string* to) {
  if (!from.empty()) *to = from;
}

}  // namespace

void LifeArgs::AddConvention(Command& command) {
  command.Argument("CONVENTION", &convention, help::kConvention);
}

void LifeArgs::AddAnswered(Command& command) {
  command.Argument("FACT", &fact,
                   {"Empreinte du fait, ou ses 6 premiers chiffres (greffe life show)",
                    "Hash of the fact, or its first 6 digits (greffe life show)"});
}

void LifeArgs::AddOptions(Command& command) {
  command
      .Option("--on", "DATE", &on,
              {"Jour du fait, selon la preuve (aujourd'hui)",
               "Day of the fact, as the evidence says (today)"})
      .Option("--text", "TEXT", &text,
              {"En clair, sans nom de personne", "In plain words, no names of persons"})
      .Option("--evidence", "FILE", &evidence,
              {"La preuve ; seule son empreinte est gardée (voir greffe attachment add)",
               "The proof; only its digest is kept (see greffe attachment add)"})
      .Option("--evidence-sha256", "HEX", &evidence_digest,
              {"L'empreinte de la preuve", "The digest of the proof"})
      .List("--replaces", "FACT", &replaces,
            {"Corrige ce fait de votre partenaire", "Corrects this fact of your partner"})
      .Option("--reason", "TEXT", &reason, {"Pourquoi il est corrigé", "Why it is corrected"});
}

CommandResult RecordLife(Context& context, const LifeArgs& args, v1::LifeRecorded fact,
                         const SourceMap* map) {
  Put(args.element, fact.mutable_element_id());
  Put(args.on, fact.mutable_happened_on());
  if (fact.happened_on().empty()) fact.set_happened_on(TodayInParis());
  Put(args.text, fact.mutable_text());
  Put(args.reason, fact.mutable_reason());
  RETURN_IF_ERROR(FillEvidence(args, &fact));
  ASSIGN_OR_RETURN(Client* const client, context.Connect());
  Leaves leaves(*client, args.convention);
  if (!args.fact.empty()) {
    ASSIGN_OR_RETURN(*fact.mutable_answers(), leaves.Find(args.fact, "FACT"));
  }
  for (const std::string& one : args.replaces) {
    ASSIGN_OR_RETURN(*fact.add_replaces(), leaves.Find(one, "--replaces"));
  }
  v1::RecordFactRequest request;
  request.set_convention_id(args.convention);
  *request.mutable_fact() = std::move(fact);
  ASSIGN_OR_RETURN(*request.mutable_request_id(), context.RequestId());
  const auto recorded = client->RecordFact(request);
  if (!recorded.ok())
    return map == nullptr ? recorded.status() : WithLines(recorded.status(), *map);
  context.Show(*recorded, [&] {
    constexpr Message kRecorded = {"Fait enregistré : $0", "Fact on record: $0"};
    context.out() << context.F(kRecorded, recorded->fact()) << '\n';
    PrintFindings(context, recorded->findings());
  });
  return kDone;
}

absl::Status NeedOption(const char* option, const std::string& given) {
  if (!given.empty()) return absl::OkStatus();
  return UsageError({.field = option,
                     .fr = Fill(Lang::kFrench, msg::kMissing, option),
                     .en = Fill(Lang::kEnglish, msg::kMissing, option)});
}

absl::StatusOr<v1::NoticeKind> ParseNoticeKind(absl::string_view word) {
  return Choose<v1::NoticeKind>("--kind", word,
                                {{"breach", v1::NOTICE_KIND_BREACH},
                                 {"law", v1::NOTICE_KIND_LAW},
                                 {"denunciation", v1::NOTICE_KIND_DENUNCIATION}});
}

absl::StatusOr<v1::TerminationGround> ParseTerminationGround(absl::string_view word) {
  return Choose<v1::TerminationGround>(
      "--ground", word,
      {{"fruitless-notice", v1::TERMINATION_GROUND_FRUITLESS_NOTICE},
       {"unsigned-modification", v1::TERMINATION_GROUND_UNSIGNED_MODIFICATION}});
}

absl::StatusOr<v1::EvaluationKind> ParseEvaluationKind(absl::string_view word) {
  return Choose<v1::EvaluationKind>("--kind", word,
                                    {{"annual", v1::EVALUATION_KIND_ANNUAL},
                                     {"mid-term", v1::EVALUATION_KIND_MID_TERM},
                                     {"final", v1::EVALUATION_KIND_FINAL}});
}

}  // namespace greffe::cli
