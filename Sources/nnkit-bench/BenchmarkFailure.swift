/// A benchmark cannot say anything.
struct BenchmarkFailure: Error, CustomStringConvertible {
  let description: String
}
