/// Guesses which word was meant by one that is misspelled.
package enum SimilarWord {
  /// The word that is nearest to `word`, in capitals or not; nil where none is near.
  ///
  /// Near is a word at a distance of at most 2, and of at most half the letters of `word`; the distance is that of
  /// V. I. Levenshtein, "Binary codes capable of correcting deletions, insertions and reversals" (1966). Where there is
  /// none, the first that begins with the first three letters of `word` is taken. O(letters of `word` and of all words).
  ///
  /// - Parameter words: the words that exist. Of equally near ones the first is taken.
  package static func nearest(to word: String, among words: [String]) -> String? {
    let letters = Array(word.lowercased().utf8)
    guard letters.count <= 64 else { return nil }
    let most = min(2, letters.count / 2)
    let near = words.map { (word: $0, distance: distance(letters, Array($0.lowercased().utf8))) }
      .filter { $0.distance <= most }.min { $0.distance < $1.distance }
    if let near { return near.word }
    guard letters.count >= 3 else { return nil }
    return words.first { $0.lowercased().utf8.starts(with: letters.prefix(3)) }
  }

  /// How many letters have to be inserted, removed or replaced to get from one word to another.
  private static func distance(_ one: [UInt8], _ other: [UInt8]) -> Int {
    // The distances of the letters so far to each beginning of the other word.
    var row = Array(0...other.count)
    for (place, letter) in one.enumerated() {
      var diagonal = row[0]
      row[0] = place + 1
      for column in other.indices {
        let replaced = diagonal + (letter == other[column] ? 0 : 1)
        diagonal = row[column + 1]
        row[column + 1] = min(replaced, row[column] + 1, diagonal + 1)
      }
    }
    return row[other.count]
  }
}
