// SPDX-License-Identifier: Apache-2.0
// Files that are replaced whole or not at all.
#pragma once

#include <string>
#include <string_view>

namespace casemetry::value {

/// Writes to a new file beside it, to the disk, and then gives that its name. Throws Error if it cannot be written, and
/// why; what was there is untouched.
void write_whole(const std::string& path, std::string_view content);

/// Throws SchemaError if there is no such file or it cannot be read.
std::string read_whole(const std::string& path);

}  // namespace casemetry::value
