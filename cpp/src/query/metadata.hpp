// SPDX-License-Identifier: Apache-2.0
/// \file
/// What travels with a result, so that it can be read without the cube.
#pragma once

#include "query/answer.hpp"

namespace casemetry::question {

/// `question` with all its indicators named. Keys without a value are left out.
std::map<std::string, std::string> metadata_of(const Cube& cube, const Query& question,
                                               std::span<const Answer> answers);

}  // namespace casemetry::question
