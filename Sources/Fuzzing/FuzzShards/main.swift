import FuzzingSupport

/// Indices of shards, beside two shards that do not change.
let folder = ShardFolder()

Fuzzer.run { start, count in
  folder.examine(Fuzzer.bytes(start, count))
  return 0
}
