// SPDX-License-Identifier: Apache-2.0
/// \file
/// What travels with a result, so that it can be read without the cube.
#pragma once

#include "query/answer.hpp"

namespace casemetry::question {

/// How a question was answered, as far as its rows do not tell.
struct Circumstances {
  std::span<const Answer> answers;
  /// By indicator, for those that were defined otherwise: what held in the periods that are shown or compared with.
  std::map<std::string, std::vector<DatedDefinition>> definitions;
  std::map<std::string, std::int64_t> undecided;  ///< unit → units of which the condition is unknown
  std::string largest_of;                         ///< the indicator whose largest cells are shown
  std::string others_label;                       ///< what stands for the others
  std::size_t others = 0;                         ///< how many cells they are
};

/// `question` with all its indicators named. Keys without a value are left out.
std::map<std::string, std::string> metadata_of(const Cube& cube, const Query& question,
                                               const Circumstances& circumstances);

}  // namespace casemetry::question
