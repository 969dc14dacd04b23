/// Sizes that come from a file are multiplied and added here, so that none of them can overflow.
package enum CheckedArithmetic {
  /// The product of all `factors`; nil when it does not fit or a factor is negative. The empty product is 1.
  package static func product(_ factors: some Sequence<Int>) -> Int? {
    var product = 1
    var overflowed = false
    var hasZero = false
    for factor in factors {
      guard factor >= 0 else { return nil }
      hasZero = hasZero || factor == 0
      let (result, overflow) = product.multipliedReportingOverflow(by: factor)
      overflowed = overflowed || overflow
      product = result
    }
    // A zero makes the product zero whatever else overflowed.
    if hasZero { return 0 }
    return overflowed ? nil : product
  }

  /// The sum, taken from left to right; nil when it does not fit at any step.
  package static func sum(_ terms: Int...) -> Int? {
    var sum = 0
    for term in terms {
      let (result, overflow) = sum.addingReportingOverflow(term)
      if overflow { return nil }
      sum = result
    }
    return sum
  }
}
