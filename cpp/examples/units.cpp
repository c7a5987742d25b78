// SPDX-License-Identifier: Apache-2.0
// What is counted, not how many rows there are: rows collapsed to persons and asked about, as a catalogue defines it.
//
//   units CATALOGUE.json TABLE=FILE.csv … [INDICATOR …]
//
// The catalogue is the exchanged form: what `casemetry.Catalogue.load("….toml").json()` gives. Each table is a CSV file
// in UTF-8, under the name that the catalogue has for it. Printed are the units, then the indicators; without any named
// all.
#include <casemetry/casemetry.hpp>

#include <algorithm>
#include <exception>
#include <fstream>
#include <iostream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <vector>

namespace cm = casemetry;

namespace {

using Cells = std::vector<std::string>;

std::ifstream opened(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error(path + " cannot be read");
  return file;
}

cm::Catalogue read_catalogue(const std::string& path) {
  std::ifstream file = opened(path);
  return cm::Catalogue::from_json(std::string(std::istreambuf_iterator<char>(file), {}));
}

// The next record of a CSV file (RFC 4180): cells may be quoted, and then hold commas, line ends and doubled quotes.
bool next_record(std::istream& file, Cells& cells) {
  cells.assign(1, "");
  if (file.peek() == std::istream::traits_type::eof()) return false;
  bool quoted = false;
  for (char c = 0; file.get(c) && (quoted || c != '\n');) {
    if (c == '"' && quoted && file.peek() == '"') {
      cells.back() += static_cast<char>(file.get());
    } else if (c == '"') {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      cells.emplace_back();
    } else if (c != '\r' || quoted) {
      cells.back() += c;
    }
  }
  return true;
}

// The columns that the catalogue needs, as text; it says how they are read.
cm::Table read_table(const std::string& path, const std::string& name, const Cells& needed) {
  std::ifstream file = opened(path);
  Cells names, cells;
  next_record(file, names);
  std::vector<Cells> columns(names.size());
  while (next_record(file, cells)) {
    if (cells.size() != names.size()) throw std::runtime_error(path + " has records of unlike length");
    for (std::size_t i = 0; i < names.size(); ++i) columns[i].push_back(std::move(cells[i]));
  }
  std::vector<cm::Column> kept;
  for (std::size_t i = 0; i < names.size(); ++i)
    if (std::ranges::find(needed, names[i]) != needed.end())
      kept.push_back(cm::Table::of({{names[i], columns[i]}}, name).column(names[i]));
  return cm::Table(std::move(kept), name);
}

const std::string& english(const cm::Label& label, const std::string& id) {
  return !label.en.empty() ? label.en : !label.zh.empty() ? label.zh : id;
}

void print_units(const cm::Catalogue& catalogue, const cm::Tables& tables) {
  for (const cm::UnitDefinition& unit : catalogue.definitions().units) {
    const cm::Table rows = cm::units(tables, catalogue, unit.id, {.columns = catalogue.columns(unit.id)});
    std::cout << english(unit.label, unit.id) << ": " << rows.rows() << " units from " << unit.from << "\n";
  }
}

void print_indicators(const cm::Catalogue& catalogue, const cm::Tables& tables, const Cells& indicators) {
  const cm::Cube cube = cm::build(tables, catalogue, {.indicators = indicators});
  for (const auto& row : cm::query(cube, {.indicators = indicators})) {
    const cm::Indicator& indicator = catalogue.indicator(row.indicator);
    std::cout << english(indicator.label, indicator.id) << ": ";
    if (row.value)
      std::cout << *row.value << "\n";
    else
      std::cout << row.flags.status() << "\n";
  }
}

}  // namespace

int main(int count, char** arguments) try {
  if (count < 3) throw std::invalid_argument("units CATALOGUE.json TABLE=FILE.csv … [INDICATOR …]");
  const cm::Catalogue catalogue = read_catalogue(arguments[1]);
  cm::Tables tables;
  Cells indicators;
  for (const std::string& argument : Cells(arguments + 2, arguments + count)) {
    const std::size_t sign = argument.find('=');
    const std::string name = argument.substr(0, sign);
    if (sign == std::string::npos)
      indicators.push_back(name);
    else
      tables.emplace(name, read_table(argument.substr(sign + 1), name, catalogue.columns(name)));
  }
  std::cout.precision(15);
  print_units(catalogue, tables);
  print_indicators(catalogue, tables, indicators);
} catch (const std::exception& error) {
  std::cerr << error.what() << "\n";
  return 1;
}
