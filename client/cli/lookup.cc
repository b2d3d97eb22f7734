#include "client/cli/lookup.h"

#include <cstddef>
#include <map>
#include <optional>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "client/cli/format.h"
#include "client/status.h"
#include "core/base/refusal.h"
#include "core/base/status_macros.h"
#include "core/base/time.h"

namespace greffe::cli {
namespace {

// Of an id or a hash: fewer digits name nothing.
constexpr std::size_t kPrefixMin = 6;

}  // namespace

absl::StatusOr<v1::ListConventionsResponse> AllConventions(Client& client) {
  v1::ListConventionsResponse all;
  v1::ListConventionsRequest request;
  request.set_page_size(200);
  do {
    ASSIGN_OR_RETURN(v1::ListConventionsResponse page, client.ListConventions(request));
    request.set_page_token(page.next_page_token());
    for (auto& convention : *page.mutable_conventions()) {
      *all.add_conventions() = std::move(convention);
    }
    *all.mutable_context() = page.context();
  } while (!request.page_token().empty());
  return all;
}

absl::StatusOr<v1::GetHistoryResponse> WholeHistory(Client& client, v1::GetHistoryRequest request) {
  request.set_page_size(200);
  ASSIGN_OR_RETURN(v1::GetHistoryResponse all, client.GetHistory(request));
  while (!all.next_page_token().empty()) {
    request.set_page_token(all.next_page_token());
    ASSIGN_OR_RETURN(v1::GetHistoryResponse page, client.GetHistory(request));
    for (auto& entry : *page.mutable_view()->mutable_entries()) {
      *all.mutable_view()->add_entries() = std::move(entry);
    }
    all.set_next_page_token(page.next_page_token());
  }
  return all;
}

absl::Status AddPartnerNames(Client& client, const std::string& convention, const v1::ReadAt& at,
                             PartnerNames* names) {
  v1::GetStatusRequest request;
  request.set_convention_id(convention);
  *request.mutable_at() = at;
  ASSIGN_OR_RETURN(const v1::GetStatusResponse board, client.GetStatus(request));
  names->Add(board.view());
  return absl::OkStatus();
}

PartnerNames NamesOnBoard(Client& client, const std::string& convention, const v1::ReadAt& at) {
  PartnerNames names;
  AddPartnerNames(client, convention, at, &names).IgnoreError();
  return names;
}

absl::StatusOr<v1::GetLifeResponse> WholeLife(Client& client, v1::GetLifeRequest request) {
  request.set_page_size(200);
  ASSIGN_OR_RETURN(v1::GetLifeResponse all, client.GetLife(request));
  std::map<std::string, v1::LifeLabel> labels;
  for (const v1::LifeLabel& label : all.view().labels()) labels.emplace(label.id(), label);
  while (!all.next_page_token().empty()) {
    request.set_page_token(all.next_page_token());
    ASSIGN_OR_RETURN(v1::GetLifeResponse page, client.GetLife(request));
    auto& threads = *all.mutable_view()->mutable_threads();
    for (v1::LifeThread& thread : *page.mutable_view()->mutable_threads()) {
      const bool goes_on = !threads.empty() && threads.rbegin()->opening().event().leaf() ==
                                                   thread.opening().event().leaf();
      if (goes_on) {
        threads.rbegin()->mutable_answers()->MergeFrom(thread.answers());
      } else {
        *threads.Add() = std::move(thread);
      }
    }
    all.mutable_view()->mutable_findings()->MergeFrom(page.view().findings());
    for (v1::LifeLabel& label : *page.mutable_view()->mutable_labels()) {
      labels.emplace(label.id(), label);
    }
    all.set_next_page_token(page.next_page_token());
  }
  // Pages name the same things.
  all.mutable_view()->clear_labels();
  for (auto& [id, label] : labels) *all.mutable_view()->add_labels() = std::move(label);
  return all;
}

absl::StatusOr<std::vector<std::string>> ConventionsToSearch(Client& client,
                                                             const std::string& given) {
  if (!given.empty()) return std::vector<std::string>{given};
  ASSIGN_OR_RETURN(const v1::ListConventionsResponse all, AllConventions(client));
  std::vector<std::string> ids;
  for (const auto& convention : all.conventions()) ids.push_back(convention.convention_id());
  return ids;
}

absl::Status AmbiguousName(absl::string_view name, const std::vector<std::string>& candidates) {
  return Context::RefuseBy("id-prefix", absl::StatusCode::kInvalidArgument, msg::kAmbiguous,
                           msg::kAmbiguousNext, name, absl::StrJoin(candidates, ", "));
}

absl::StatusOr<FoundAct> FindAct(Client& client, const std::string& act,
                                 const std::string& convention, const v1::ReadAt& at) {
  ASSIGN_OR_RETURN(const std::vector<std::string> ids, ConventionsToSearch(client, convention));
  std::vector<FoundAct> found;
  for (const std::string& id : ids) {
    v1::GetActRequest request;
    request.set_convention_id(id);
    request.set_act_id(act);
    *request.mutable_at() = at;
    auto answer = client.GetAct(request);
    if (answer.ok()) {
      found.push_back({id, *std::move(answer)});
    } else if (ids.size() == 1 || !absl::IsNotFound(answer.status())) {
      return answer.status();
    }
  }
  if (found.empty()) {
    return ToStatus({.code = absl::StatusCode::kNotFound,
                     .rule = "not-found",
                     .field = "act_id",
                     .fr = Fill(Lang::kFrench, msg::kActNotFound, act),
                     .en = Fill(Lang::kEnglish, msg::kActNotFound, act),
                     .next_fr = msg::kActNotFoundNext.fr,
                     .next_en = msg::kActNotFoundNext.en});
  }
  if (found.size() > 1) {
    std::vector<std::string> names;
    for (const FoundAct& one : found) names.push_back(one.answer.act().act_id());
    return AmbiguousName(act, names);
  }
  return std::move(found.front());
}

const v1::RevisionView* LatestRevision(const v1::ActView& act) {
  const v1::RevisionView* latest = nullptr;
  for (const v1::RevisionView& revision : act.revisions()) {
    if (!revision.withdrawn()) latest = &revision;
  }
  return latest;
}

absl::StatusOr<std::string> RevisionToDecideOn(const FoundAct& found, const std::string& given) {
  if (!given.empty()) {
    std::vector<std::string> named;
    for (const v1::RevisionView& one : found.answer.act().revisions()) {
      if (one.revision() == given) return given;
      const bool starts = given.size() >= kPrefixMin && absl::StartsWith(one.revision(), given);
      if (starts) named.push_back(one.revision());
    }
    if (named.size() == 1) return named.front();
    if (named.size() > 1) return AmbiguousName(given, named);
    return ToStatus(
        {.code = absl::StatusCode::kNotFound,
         .rule = "not-found",
         .field = "revision",
         .fr =
             absl::StrCat("la révision « ", given, " » n'est pas une révision figée de cet acte."),
         .en = absl::StrCat("the revision “", given, "” is not a frozen revision of this act."),
         .next_fr = absl::StrCat("voir « greffe act show ", ShortHash(found.answer.act().act_id()),
                                 " », qui donne l'empreinte de chacune"),
         .next_en = absl::StrCat("see “greffe act show ", ShortHash(found.answer.act().act_id()),
                                 "”, which gives the hash of each")});
  }
  const v1::RevisionView* latest = LatestRevision(found.answer.act());
  if (latest == nullptr) {
    return Context::RefuseBy("not-frozen", absl::StatusCode::kFailedPrecondition, msg::kNoRevision,
                             msg::kNoRevisionNext, ShortHash(found.answer.act().act_id()));
  }
  return latest->revision();
}

absl::StatusOr<v1::UserView> UserWithRole(Client& client, std::initializer_list<v1::Role> roles) {
  ASSIGN_OR_RETURN(const v1::WhoAmIResponse who, client.WhoAmI({}));
  std::vector<std::string> words;
  for (const v1::Role role : roles) {
    for (const int own : who.user().roles()) {
      if (own == role) return who.user();
    }
    words.emplace_back(RoleWord(role));
  }
  constexpr Message kRole = {"Cette commande demande le rôle $0.",
                             "This command needs the role $0."};
  constexpr Message kAsk = {
      "Demandez-le à l'administration de votre réplique (greffe user set-roles).",
      "Ask your replica's administrator for it (greffe user set-roles)."};
  const auto either = [&](absl::string_view word) { return absl::StrJoin(words, word); };
  return ToStatus({.code = absl::StatusCode::kPermissionDenied,
                   .rule = "role",
                   .fr = Fill(Lang::kFrench, kRole, either(" ou ")),
                   .en = Fill(Lang::kEnglish, kRole, either(" or ")),
                   .next_fr = kAsk.fr,
                   .next_en = kAsk.en});
}

absl::StatusOr<v1::ReadAt> ReadAtOf(Context& context, const ReadOptions& options) {
  ASSIGN_OR_RETURN(v1::ReadAt at, ParseReadAt(options));
  if (!at.has_known_at()) return at;
  // A day, or an instant; what is neither the replica refuses.
  const absl::StatusOr<Instant> instant = Instant::Parse(at.known_at(), "--known-at");
  const bool to_come = instant.ok() ? instant->micros > absl::ToUnixMicros(absl::Now())
                                    : CivilDate::TryParse(at.known_at()).has_value() &&
                                          at.known_at() > TodayInParis();
  if (to_come) {
    constexpr Message kToCome = {
        "! $0 n'est pas encore venu : la réponse dit ce que la réplique sait maintenant.",
        "! $0 has not come yet: the answer says what the replica knows now."};
    context.Note(context.F(kToCome, at.known_at()));
  }
  return at;
}

}  // namespace greffe::cli
