#include "tests/scenarios/world.h"

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/base/status_macros.h"
#include "core/convention/decide.h"

namespace greffe::scenario {
namespace {

using testing_support::MiniNet;
using testing_support::MiniReplica;

v1::Element Titled(const std::string& id) {
  v1::Element out;
  out.set_id(id);
  return out;
}

v1::Element Party(const std::string& partner, const std::string& name, v1::PartnerKind kind,
                  const std::vector<std::pair<std::string, std::string>>& offices,
                  bool deliberates) {
  v1::Element out = Titled("partie-" + partner);
  v1::Party* party = out.mutable_party();
  party->set_partner_id(partner);
  party->set_name(name);
  party->set_kind(kind);
  party->set_deliberates(deliberates);
  for (const auto& [id, words] : offices) {
    v1::SigningOffice* office = party->add_signing_offices();
    office->set_id(id);
    office->set_office(words);
  }
  return out;
}

// Paris is two hours ahead in the months that are summer time as a whole, and one in the others: no
// scenario plays in the last days of March or October.
Instant InParis(CivilDate day, const std::string& time) {
  const std::string date = day.ToString();
  const std::string month = date.substr(5, 2);
  const char* const zone = month >= "04" && month <= "10" ? "+02:00" : "+01:00";
  const auto at = Instant::Parse(absl::StrCat(date, "T", time, ":00", zone), "time");
  return at.ok() ? *at : Instant();
}

}  // namespace

std::string PartnerOf(Who who) {
  switch (who) {
    case Who::kCommune:
    case Who::kService:
      return "commune";
    case Who::kCaf:
      return "caf";
    case Who::kDepartement:
      return "departement";
    case Who::kCollectivite:
      return "collectivite";
  }
  return "";
}

World::World() : today_(*CivilDate::Parse("2020-01-01", "day")) {
  // All at once: references to replicas stay good.
  net_.replica(IndexOf(Who::kCollectivite));
}

absl::Status World::GoTo(CivilDate day) {
  if (day < today_) {
    return absl::InvalidArgumentError(
        absl::StrCat("le ", day.ToString(), " précède le ", today_.ToString()));
  }
  today_ = day;
  return absl::OkStatus();
}

absl::Status World::SetTerm(const std::string& start, const std::string& end) {
  if (opened_) return absl::InvalidArgumentError("la convention est déjà ouverte");
  start_ = start;
  end_ = end;
  return absl::OkStatus();
}

absl::Status World::AddDepartement() {
  if (opened_) return absl::InvalidArgumentError("la convention est déjà ouverte");
  departement_ = true;
  return absl::OkStatus();
}

absl::Status World::AddAction(const std::string& title, const std::string& indicator) {
  if (opened_) return absl::InvalidArgumentError("la convention est déjà ouverte");
  action_ = title;
  indicator_ = indicator;
  return absl::OkStatus();
}

absl::Status World::AddClause(const std::string& number, const std::string& title,
                              v1::ClauseRole role, const std::string& body) {
  if (opened_) return absl::InvalidArgumentError("la convention est déjà ouverte");
  v1::Element& clause = clauses_.emplace_back(Titled(absl::StrCat("article-", number)));
  clause.mutable_article()->set_number(number);
  clause.mutable_article()->set_title(title);
  clause.mutable_article()->set_role(role);
  clause.mutable_article()->set_body(body);
  return absl::OkStatus();
}

absl::Status World::LetChair(const std::set<Who>& co_chairs) {
  if (opened_) return absl::InvalidArgumentError("la convention est déjà ouverte");
  co_chairs_ = co_chairs;
  return absl::OkStatus();
}

absl::Status World::LetOneSignForCaf() {
  if (opened_) return absl::InvalidArgumentError("la convention est déjà ouverte");
  one_for_caf_ = true;
  return absl::OkStatus();
}

v1::ConventionDraft World::Draft() const {
  v1::ConventionDraft draft;
  v1::Element terms = Titled("terms");
  terms.mutable_terms()->set_title("Convention territoriale globale d'essai");
  terms.mutable_terms()->set_start_date(start_);
  terms.mutable_terms()->set_end_date(end_);
  *draft.add_elements() = terms;
  *draft.add_elements() =
      Party("commune", "Commune", v1::PARTNER_KIND_COMMUNE, {{"maire", "Maire"}}, true);
  v1::Element& caf = *draft.add_elements();
  caf = Party("caf", "CAF", v1::PARTNER_KIND_CAF,
              {{"caf-presidente", "Présidente"}, {"caf-directrice", "Directrice"}}, false);
  if (one_for_caf_) caf.mutable_party()->set_signing_policy(v1::SIGNING_POLICY_ONE_OF);
  if (departement_) {
    *draft.add_elements() = Party("departement", "Département", v1::PARTNER_KIND_DEPARTMENT,
                                  {{"departement-president", "Président"}}, true);
  }
  v1::Element article = Titled("article-1");
  article.mutable_article()->set_number("1");
  article.mutable_article()->set_title("Objet");
  article.mutable_article()->set_body("La convention définit le projet du territoire.");
  article.mutable_article()->set_role(v1::CLAUSE_ROLE_OBJECT);
  *draft.add_elements() = article;
  for (const v1::Element& clause : clauses_) *draft.add_elements() = clause;
  v1::Element annex = Titled("annexe-1");
  annex.mutable_annex()->set_number("1");
  annex.mutable_annex()->set_title("Équipements");
  annex.mutable_annex()->set_content(v1::ANNEX_CONTENT_INLINE);
  *draft.add_elements() = annex;
  v1::Element body = Titled("comite");
  body.mutable_body()->set_name("Comité de pilotage");
  body.mutable_body()->set_kind(v1::BODY_KIND_STEERING);
  body.mutable_body()->set_meetings_per_year_min(1);
  for (const Who one : co_chairs_) body.mutable_body()->add_co_chairs(PartnerOf(one));
  *draft.add_elements() = body;
  v1::Element technical = Titled("technique");
  technical.mutable_body()->set_name("Comité technique");
  technical.mutable_body()->set_kind(v1::BODY_KIND_TECHNICAL);
  technical.mutable_body()->add_functions("Prépare l'évaluation");
  *draft.add_elements() = technical;
  if (action_.empty()) return draft;
  v1::Element action = Titled("action-1");
  action.mutable_action()->set_ref("1");
  action.mutable_action()->set_title(action_);
  *draft.add_elements() = action;
  v1::Element indicator = Titled("indicateur-1");
  indicator.set_parent_id("action-1");
  indicator.mutable_indicator()->set_kind(v1::INDICATOR_KIND_RESULT);
  indicator.mutable_indicator()->set_text(indicator_);
  *draft.add_elements() = indicator;
  return draft;
}

absl::Status World::Open() {
  if (opened_) return absl::InvalidArgumentError("la convention est déjà ouverte");
  MiniReplica& commune = net_.replica(IndexOf(Who::kCommune));
  commune.today = today_;
  v1::CreateConventionRequest request;
  *request.mutable_draft() = Draft();
  const std::vector<std::string> own = {"commune"};
  std::vector<RosterCandidate> peers = {
      {.key = MiniNet::KeyOf(IndexOf(Who::kCaf)), .name = "CAF", .partner_ids = {"caf"}}};
  if (departement_) {
    peers.push_back({.key = MiniNet::KeyOf(IndexOf(Who::kDepartement)),
                     .name = "Département",
                     .partner_ids = {"departement"}});
  }
  const CommandContext context = ContextOf(Who::kCommune, "", "");
  ASSIGN_OR_RETURN(const Decision decision,
                   DecideCreate(commune.state(), request, context, net_.nonce(),
                                MiniNet::KeyOf(IndexOf(Who::kCommune)), own, peers));
  const std::vector<Digest> leaves = commune.Write(decision, context);
  v1::CreateConventionResponse response;
  FillAnswer(commune.state(), request, leaves, &response);
  original.id = response.act_id();
  opened_ = true;
  Spread();
  return absl::OkStatus();
}

absl::Status World::AddService() {
  if (!opened_) return absl::InvalidArgumentError("la convention n'est pas encore ouverte");
  MiniReplica& commune = net_.replica(IndexOf(Who::kCommune));
  commune.today = today_;
  const CommandContext context = ContextOf(Who::kCommune, "", "");
  const RosterCandidate service = {
      .key = MiniNet::KeyOf(IndexOf(Who::kService)), .name = "Service", .partner_ids = {"commune"}};
  const std::vector<std::string> own = {"commune"};
  ASSIGN_OR_RETURN(const Decision decision, DecideShare(commune.state(), context, service, own));
  commune.Write(decision, context);
  service_ = true;
  Spread();
  return absl::OkStatus();
}

absl::Status World::AddCollectivite() {
  if (!departement_) return absl::InvalidArgumentError("le département n'est pas partie");
  MiniReplica& departement = net_.replica(IndexOf(Who::kDepartement));
  departement.today = today_;
  const CommandContext context = ContextOf(Who::kDepartement, "", "");
  const RosterCandidate collectivite = {.key = MiniNet::KeyOf(IndexOf(Who::kCollectivite)),
                                        .name = "Collectivité",
                                        .partner_ids = {"collectivite"}};
  const std::vector<std::string> own = {"departement"};
  ASSIGN_OR_RETURN(const Decision decision,
                   DecideShare(departement.state(), context, collectivite, own));
  departement.Write(decision, context);
  collectivite_ = true;
  Spread();
  return absl::OkStatus();
}

MiniReplica& World::ReplicaOf(Who who) { return net_.replica(IndexOf(who)); }

CommandContext World::ContextOf(Who who, const std::string& office, const std::string& time) {
  CommandContext context = ReplicaOf(who).Context(
      PartnerOf(who),
      {v1::ROLE_COORDINATOR, v1::ROLE_SECRETARIAT, v1::ROLE_SIGNATORY, v1::ROLE_DPO}, office);
  context.today = today_;
  if (!time.empty()) context.now = InParis(today_, time);
  return context;
}

std::vector<Who> World::Holders() const {
  std::vector<Who> out = {Who::kCommune, Who::kCaf};
  if (service_) out.push_back(Who::kService);
  if (departement_) out.push_back(Who::kDepartement);
  if (collectivite_) out.push_back(Who::kCollectivite);
  return out;
}

void World::Spread() {
  // Twice: what the last one wrote reaches those that were sent to before.
  for (int round = 0; round < 2; ++round) {
    for (const Who from : Holders()) {
      for (const Who to : Holders()) {
        if (from == to || cut_.count(from) > 0 || cut_.count(to) > 0) continue;
        net_.Send(IndexOf(from), IndexOf(to));
      }
    }
  }
  for (const Who who : Holders()) {
    const ConventionState& state = ReplicaOf(who).state();
    auto& days = days_[who];
    if (!days.empty() && days.rbegin()->second.events() == state.events()) continue;
    if (state.events() == 0) continue;
    days.erase(today_);
    days.emplace(today_, state);
  }
}

bool World::HasInEvents(Who who, absl::string_view bytes) const {
  const MiniReplica& replica = net_.replica(IndexOf(who));
  // Feeds are numbered from 1 without a gap.
  for (FeedNumber feed = 1; replica.state().applied(feed) > 0; ++feed) {
    for (std::uint64_t i = 0; i < replica.state().applied(feed); ++i) {
      const absl::StatusOr<std::string> event = replica.reader()({.feed = feed, .sequence = i});
      if (event.ok() && absl::StrContains(*event, bytes)) return true;
    }
  }
  return false;
}

absl::Status World::Cut(Who who) {
  return cut_.insert(who).second ? absl::OkStatus()
                                 : absl::InvalidArgumentError("déjà coupée du réseau");
}

absl::Status World::Join(Who who) {
  if (cut_.erase(who) == 0) return absl::InvalidArgumentError("n'était pas coupée du réseau");
  Spread();
  return absl::OkStatus();
}

absl::StatusOr<Known> World::At(Who who, CivilDate on, CivilDate known) const {
  const auto days = days_.find(who);
  if (days == days_.end()) return absl::FailedPreconditionError("cette réplique ne sait rien");
  auto after = days->second.upper_bound(known);
  if (after == days->second.begin()) {
    return absl::FailedPreconditionError(
        absl::StrCat("cette réplique ne savait encore rien le ", known.ToString()));
  }
  return Known{.state = std::prev(after)->second,
               .cut = "gt1.scenario",
               .in_force_on = on,
               .clock_date = known,
               .read_event = net_.replica(IndexOf(who)).reader()};
}

absl::StatusOr<CivilDate> World::KnowsUntil(Who who) const {
  const auto days = days_.find(who);
  if (days == days_.end()) return absl::FailedPreconditionError("cette réplique ne sait rien");
  return days->second.rbegin()->first;
}

}  // namespace greffe::scenario
