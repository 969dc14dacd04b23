import FuzzingSupport

// Takes model files and recorded files apart, for the targets that look at their parts: `FuzzSeeds FOLDER FILE...` writes the seeds of each
// target into a folder of its name, which must exist.
let arguments = CommandLine.arguments
require(arguments.count > 2, "usage: FuzzSeeds FOLDER FILE...")
var seeds = SeedFolder(path: arguments[1])
var refused = 0
try seeds.addGGUF()
try seeds.addONNX()
for path in arguments.dropFirst(2) {
  // What is refused as a whole may have parts all the same; the rest is for the target that looks at whole files.
  do {
    if path.hasSuffix(".json") { try seeds.add(recordedFiles: path) } else { try seeds.add(modelFile: path) }
  } catch { refused += 1 }
}
print("\(seeds.count) seeds from \(arguments.count - 2) model files, \(refused) of which are refused")
