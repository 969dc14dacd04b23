import Testing

@testable import Formatting

struct SimilarWordTests {
  private let commands = ["train", "inspect", "diff", "predict", "verify"]

  @Test(arguments: [
    ("inspct", "inspect"), ("INSPECT", "inspect"), ("tarin", "train"), ("vrfy", "verify"), ("dif", "diff"),
    ("inspection", "inspect"), ("pretict", "predict"),
  ])
  func `A misspelled word leads to the nearest one`(word: String, meant: String) {
    #expect(SimilarWord.nearest(to: word, among: commands) == meant)
  }

  @Test(arguments: ["", "x", "foo", "tr", "export", String(repeating: "train", count: 20)])
  func `A word that is like none leads nowhere`(word: String) {
    #expect(SimilarWord.nearest(to: word, among: commands) == nil)
  }

  @Test func `Of several near words the nearest counts and of equally near ones the first`() {
    #expect(SimilarWord.nearest(to: "abcd", among: ["abxx", "abcx", "abcy"]) == "abcx")
  }
}
