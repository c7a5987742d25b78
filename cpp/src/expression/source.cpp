// SPDX-License-Identifier: Apache-2.0
#include "expression/source.hpp"

#include <vector>

#include "expression/words.hpp"

namespace casemetry::language {
namespace {

using Block = std::unique_ptr<std::byte[]>;

std::vector<Block>& lendable_blocks() {
  thread_local std::vector<Block> blocks;
  return blocks;
}

}  // namespace

// Room to take a block back is made before it is lent, so that giving back never allocates.
ScratchBlock::ScratchBlock() {
  auto& blocks = lendable_blocks();
  if (blocks.empty()) {
    blocks.reserve(2 * greatest_depth);  // no node lends more than two at a time
    memory_ = std::make_unique_for_overwrite<std::byte[]>(block_rows * greatest_cell);
  } else {
    memory_ = std::move(blocks.back());
    blocks.pop_back();
  }
}

ScratchBlock::~ScratchBlock() {
  lendable_blocks().push_back(std::move(memory_));
}

}  // namespace casemetry::language
