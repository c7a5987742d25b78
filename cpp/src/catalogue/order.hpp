// SPDX-License-Identifier: Apache-2.0
/// \file
/// What rests on what: units on the units they are made from, columns on the columns they read.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace casemetry::definition {

using Names = std::set<std::string, std::less<>>;
/// For each name those it needs; what is no name of its own is ignored.
using Needs = std::map<std::string, Names, std::less<>>;

/// The names, each after all that it needs. Those on a circle, and those that rest on one, are left out.
std::vector<std::string> in_order(const Needs& needs);

/// The shortest way from a name back to itself: a, b, a. Empty if there is none.
std::vector<std::string> circle_through(const Needs& needs, const std::string& name);

/// `a → b → a`.
std::string way(const std::vector<std::string>& names);

}  // namespace casemetry::definition
