// SPDX-License-Identifier: Apache-2.0
#include "units/buffer.hpp"

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace casemetry::counting {
namespace {

constexpr std::size_t huge_page = std::size_t{1} << 21;

// Small memory is left to the allocator.
std::align_val_t alignment_of(std::size_t bytes) {
  return std::align_val_t{bytes >= huge_page ? huge_page : alignof(std::max_align_t)};
}

}  // namespace

Memory::Memory(std::size_t bytes) {
  const std::size_t whole = bytes >= huge_page ? (bytes + huge_page - 1) / huge_page * huge_page : bytes;
  const std::align_val_t alignment = alignment_of(whole);
  bytes_ = {static_cast<std::byte*>(::operator new(whole, alignment)), FreeAligned{alignment}};
#if defined(__linux__)
  if (whole >= huge_page) madvise(bytes_.get(), whole, MADV_HUGEPAGE);  // a wish: refused, all is as without it
#endif
}

void FreeAligned::operator()(std::byte* bytes) const {
  ::operator delete(bytes, alignment);
}

}  // namespace casemetry::counting
