// SPDX-License-Identifier: Apache-2.0
#include <casemetry/expression.hpp>
#include <utility>

#include "expression/binder.hpp"
#include "expression/words.hpp"

namespace casemetry {
namespace language {
namespace {

Type value_type(const Expression& expression, const Kind& kind) {
  if (has_order(family_of(kind))) return kind.type;
  if (is_date(kind)) return Type::date;
  fail("a date or a number is wanted, but " + expression.text() + " is " + described(kind), expression.node().position);
}

}  // namespace

void require_checked(const Expression& expression, const Scope& scope, bool predicate) {
  std::vector<Fault> faults;
  check(expression, scope, predicate, {}, faults);
  if (!faults.empty()) throw DefinitionError(std::move(faults));
}

}  // namespace language

struct BoundPredicate::Data {
  Data(const Expression& expression, const std::function<Column(std::string_view)>& column)
      : columns(expression, column) {}

  language::BoundColumns columns;
  const Column* decided_by = nullptr;
  std::vector<Outcome> by_code;
  language::SourceOf<Outcome> truth;
  bool may_be_unknown = false;
};

BoundPredicate::BoundPredicate(const Expression& expression, const std::function<Column(std::string_view)>& column,
                               const std::map<std::string, std::vector<Literal>>& lists, const Holidays& holidays) {
  const auto data = std::make_shared<Data>(expression, column);
  const Scope scope = data->columns.scope(lists, holidays);
  language::require_checked(expression, scope, true);
  language::Binder binder(data->columns, scope, holidays);
  data->decided_by = binder.sole_coded_column(expression);
  if (data->decided_by != nullptr) {
    data->by_code = binder.decided(expression, *data->decided_by);
    data->truth = binder.by_code(*data->decided_by, data->by_code);
  } else {
    data->truth = binder.truth(expression);
  }
  data->may_be_unknown = binder.may_be_unknown();
  data_ = data;
}

void BoundPredicate::outcomes(std::int64_t begin, std::span<Outcome> out) const {
  language::read_all(*data_->truth, begin, out);
}

const Column* BoundPredicate::decided_by() const {
  return data_->decided_by;
}

std::span<const Outcome> BoundPredicate::by_code() const {
  return data_->by_code;
}

bool BoundPredicate::may_be_unknown() const {
  return data_->may_be_unknown;
}

struct BoundValue::Data {
  Data(const Expression& expression, const std::function<Column(std::string_view)>& column)
      : columns(expression, column) {}

  language::BoundColumns columns;
  Type type = Type::integer;
  language::Binder::Number number;
};

BoundValue::BoundValue(const Expression& expression, const std::function<Column(std::string_view)>& column,
                       const Holidays& holidays) {
  const std::map<std::string, std::vector<Literal>> no_lists;
  const auto data = std::make_shared<Data>(expression, column);
  const Scope scope = data->columns.scope(no_lists, holidays);
  language::require_checked(expression, scope, false);
  language::Binder binder(data->columns, scope, holidays);
  data->type = language::value_type(expression, binder.kind(expression));
  data->number = binder.number(expression);
  data_ = data;
}

Type BoundValue::type() const {
  return data_->type;
}

int BoundValue::scale() const {
  return data_->number.scale;
}

void BoundValue::values(std::int64_t begin, std::span<std::int64_t> out) const {
  language::read_all(*data_->number.source, begin, out);
}

}  // namespace casemetry
