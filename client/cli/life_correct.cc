#include "client/cli/life_correct.h"

#include <span>
#include <utility>

#include "client/cli/lookup.h"
#include "client/cli/problems.h"
#include "client/status.h"
#include "core/base/status_macros.h"

namespace greffe::cli {
namespace {

using google::protobuf::FieldDescriptor;

// Every option of every row.
template <typename Visit>
void ForEachOption(const Visit& visit) {
  for (const std::span<const LifeCommand> rows : {EndingRows(), LivingRows()}) {
    for (const LifeCommand& row : rows) {
      for (const LifeOption& option : row.options) {
        if (option.name != nullptr) visit(row, option);
      }
    }
  }
}

bool IsGiven(const LifeOptionValue& value) {
  return value.yes || !value.text.empty() || !value.list.empty();
}

absl::Status NotOfThisFact(const std::string& option) {
  constexpr Message kOther = {"$0 n'est pas une option de la commande qui a enregistré ce fait.",
                              "$0 is no option of the command that recorded this fact."};
  return UsageError({.field = option,
                     .fr = Fill(Lang::kFrench, kOther, option),
                     .en = Fill(Lang::kEnglish, kOther, option)});
}

}  // namespace

void LifeCorrection::AddTo(Command& command) {
  constexpr Message kShared = {"Comme dans la commande qui a enregistré le fait",
                               "As in the command that recorded the fact"};
  command.Option("--on", "DATE", &on_, {"Jour d'un fait de la vie", "Day of a fact of life"})
      .Option("--text", "TEXT", &text_,
              {"En clair, sans nom de personne", "In plain words, no names of persons"});
  std::map<std::string, int> uses;
  ForEachOption([&](const LifeCommand&, const LifeOption& option) { ++uses[option.name]; });
  ForEachOption([&](const LifeCommand& row, const LifeOption& option) {
    if (taken_.count(option.name) > 0 || values_.count(option.name) > 0) return;
    const FieldDescriptor& field = *LifeField(row, option);
    LifeOptionValue& value = values_[option.name];
    const Message& about = uses[option.name] > 1 ? kShared : option.help;
    if (field.is_repeated()) {
      command.List(option.name, option.kind, &value.list, about);
    } else if (field.type() == FieldDescriptor::TYPE_BOOL) {
      command.Flag(option.name, &value.yes, about);
      if (option.otherwise == nullptr) return;
      command.Flag(option.otherwise, &values_[option.otherwise].yes, option.otherwise_help);
    } else {
      command.Option(option.name, option.kind, &value.text, about);
    }
  });
}

LifeOptionValue LifeCorrection::ValueOf(const char* name) const {
  const auto own = values_.find(name);
  if (own != values_.end()) return own->second;
  const auto taken = taken_.find(name);
  LifeOptionValue value;
  if (taken == taken_.end() || taken->second->empty()) return value;
  value.text = *taken->second;
  value.list = {*taken->second};
  return value;
}

absl::StatusOr<v1::LifeRecorded> LifeCorrection::Correct(const v1::LifeRecorded& was) const {
  v1::LifeRecorded fact = was;
  fact.clear_replaces();
  fact.clear_reason();
  if (!on_.empty()) fact.set_happened_on(on_);
  if (!text_.empty()) fact.set_text(text_);
  std::set<std::string> known;
  absl::Status filled;
  ForEachOption([&](const LifeCommand& row, const LifeOption& option) {
    if (row.fact != was.fact_case() || !filled.ok()) return;
    LifeOptionValue value = ValueOf(option.name);
    known.insert(option.name);
    if (option.otherwise != nullptr) {
      known.insert(option.otherwise);
      value.no = ValueOf(option.otherwise).yes;
    }
    if (!IsGiven(value) && !value.no) return;
    const FieldDescriptor& field = *LifeField(row, option);
    const auto* const reflection = fact.GetReflection();
    google::protobuf::Message* const payload = reflection->MutableMessage(
        &fact, v1::LifeRecorded::descriptor()->FindFieldByNumber(static_cast<int>(row.fact)));
    // A list is given anew, not added to.
    if (field.is_repeated()) payload->GetReflection()->ClearField(payload, &field);
    filled = FillLifeOption(option, value, field, payload);
  });
  RETURN_IF_ERROR(filled);
  for (const auto& [name, value] : values_) {
    if (IsGiven(value) && known.count(name) == 0) return NotOfThisFact(name);
  }
  for (const auto& [name, value] : taken_) {
    if (!value->empty() && known.count(name) == 0) return NotOfThisFact(name);
  }
  return fact;
}

}  // namespace greffe::cli
