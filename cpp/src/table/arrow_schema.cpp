// SPDX-License-Identifier: Apache-2.0
#include "table/arrow_schema.hpp"

#include <memory>

namespace casemetry {
namespace {

// A schema with its children.
struct SchemaHolder {
  std::string format;
  std::string name;
  std::string metadata;
  std::vector<ArrowSchema> children;
  std::vector<ArrowSchema*> pointers;
  std::unique_ptr<ArrowSchema> dictionary;

  ~SchemaHolder() { release_parts(children, dictionary.get()); }
};

void release_schema(ArrowSchema* schema) {
  delete static_cast<SchemaHolder*>(schema->private_data);
  schema->release = nullptr;
}

ArrowSchema schema_of(std::string format, std::unique_ptr<SchemaHolder> holder) {
  holder->format = std::move(format);
  for (ArrowSchema& child : holder->children) holder->pointers.push_back(&child);
  ArrowSchema schema{};
  schema.format = holder->format.c_str();
  schema.name = holder->name.c_str();
  schema.metadata = holder->metadata.empty() ? nullptr : holder->metadata.data();
  schema.flags = ARROW_FLAG_NULLABLE;
  schema.n_children = static_cast<std::int64_t>(holder->children.size());
  schema.children = holder->pointers.data();
  schema.dictionary = holder->dictionary.get();
  schema.release = release_schema;
  schema.private_data = holder.release();
  return schema;
}

constexpr std::string_view list_format = "+l";
constexpr std::string_view pair_format = "+s";

ArrowSchema named_schema(std::string format, std::string name) {
  auto holder = std::make_unique<SchemaHolder>();
  holder->name = std::move(name);
  return schema_of(std::move(format), std::move(holder));
}

ArrowSchema pair_schema() {
  auto holder = std::make_unique<SchemaHolder>();
  holder->name = "item";
  holder->children.reserve(2);
  holder->children.push_back(named_schema("i", "day"));
  holder->children.push_back(named_schema("l", "count"));
  return schema_of(std::string(pair_format), std::move(holder));
}

ArrowSchema schema_of_column(const std::string& name, const ArrowForm& form) {
  auto holder = std::make_unique<SchemaHolder>();
  holder->name = name;
  if (form.format == list_format)
    holder->children.push_back(form.items == pair_format ? pair_schema()
                                                         : named_schema(std::string(form.items), "item"));
  else if (!form.items.empty())
    holder->dictionary = std::make_unique<ArrowSchema>(named_schema(std::string(form.items), ""));
  return schema_of(form.format, std::move(holder));
}

}  // namespace

ArrowForm arrow_form_of(const ArrowColumn& column) {
  struct Visitor {
    ArrowForm operator()(const ArrowColumn::Texts&) const { return {"u", {}}; }
    ArrowForm operator()(const ArrowColumn::Integers&) const { return {"l", {}}; }
    ArrowForm operator()(const ArrowColumn::Doubles&) const { return {"g", {}}; }
    ArrowForm operator()(const ArrowColumn::Coded&) const { return {"i", "u"}; }
    ArrowForm operator()(const ArrowColumn::Truths&) const { return {"b", {}}; }
    ArrowForm operator()(const ArrowColumn::Days&) const { return {"tdD", {}}; }
    ArrowForm operator()(const ArrowColumn::Decimals& values) const {
      return {"d:38," + std::to_string(values.scale), {}};
    }
    ArrowForm operator()(const ArrowColumn::Histograms&) const { return {std::string(list_format), pair_format}; }
    ArrowForm operator()(const ArrowColumn::Lists&) const { return {std::string(list_format), "u"}; }
  };
  return std::visit(Visitor{}, column.values);
}

ArrowSchema arrow_schema(const std::vector<std::pair<std::string, ArrowForm>>& columns, std::string metadata) {
  auto holder = std::make_unique<SchemaHolder>();
  holder->metadata = std::move(metadata);
  for (const auto& [name, form] : columns) holder->children.push_back(schema_of_column(name, form));
  return schema_of("+s", std::move(holder));
}

}  // namespace casemetry
