// SPDX-License-Identifier: Apache-2.0
#include "cube/file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <casemetry/error.hpp>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <random>
#include <system_error>
#include <utility>

namespace casemetry::value {
namespace {

[[noreturn]] void cannot_write(const std::string& path, int error) {
  throw Error(path + " cannot be written: " + std::generic_category().message(error) + "; what was there is untouched");
}

/// A new file with a name that nobody has; gone again unless it was given another.
class Draft {
 public:
  explicit Draft(const std::string& target) : target_(target) {
    const std::filesystem::path path(target);
    const std::string stem =
        "." + path.filename().string().substr(0, 64) + "." + std::to_string(std::random_device()());
    name_ = path.parent_path() / stem;
    descriptor_ = ::open(name_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor_ < 0) cannot_write(target_, errno);
  }
  Draft(const Draft&) = delete;
  Draft& operator=(const Draft&) = delete;
  ~Draft() {
    if (descriptor_ >= 0) ::close(descriptor_);
    if (!name_.empty()) ::unlink(name_.c_str());
  }

  void write(std::string_view content) {
    while (!content.empty()) {
      const ssize_t written = ::write(descriptor_, content.data(), content.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) cannot_write(target_, errno);
      content.remove_prefix(static_cast<std::size_t>(written));
    }
  }
  void put_in_place() {
    if (::fsync(descriptor_) != 0) cannot_write(target_, errno);
    const int closed = ::close(std::exchange(descriptor_, -1));
    if (closed != 0 || std::rename(name_.c_str(), target_.c_str()) != 0) cannot_write(target_, errno);
    name_.clear();
  }

 private:
  std::string target_;
  std::filesystem::path name_;
  int descriptor_ = -1;
};

}  // namespace

void write_whole(const std::string& path, std::string_view content) {
  Draft draft(path);
  draft.write(content);
  draft.put_in_place();
}

std::string read_whole(const std::string& path) {
  std::FILE* file = std::fopen(path.c_str(), "rb");
  if (file == nullptr) throw SchemaError(path + " cannot be read: " + std::generic_category().message(errno));
  std::string content;
  std::array<char, 1 << 16> part{};
  for (std::size_t n = 0; (n = std::fread(part.data(), 1, part.size(), file)) > 0;) content.append(part.data(), n);
  const bool failed = std::ferror(file) != 0;
  std::fclose(file);
  if (failed) throw SchemaError(path + " cannot be read to its end");
  return content;
}

}  // namespace casemetry::value
