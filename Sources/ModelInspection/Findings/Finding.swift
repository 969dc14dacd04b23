public import ModelFormat

/// Something that a person should know of a model, with the numbers that say so.
public struct Finding: Equatable, Sendable {
  /// How serious a finding is, the most serious first.
  public enum Severity: String, CaseIterable, Comparable, Sendable {
    /// The model cannot work as it is.
    case error
    /// The model works, and less well than it could.
    case warning
    /// Worth knowing, and nothing that is wrong.
    case note

    /// Whether `left` is more serious.
    public static func < (left: Severity, right: Severity) -> Bool { left.place < right.place }

    private var place: Int {
      switch self {
      case .error: 0
      case .warning: 1
      case .note: 2
      }
    }
  }

  /// What a finding is about. The names are those of the command line's JSON, and stay as they are.
  ///
  /// They stand in the order in which a person should see findings of one severity: what makes the numbers wrong, then what
  /// concerns the model as a whole, as training does, then tensors, then single units, and what is there twice last.
  public enum Code: String, CaseIterable, Sendable {
    /// Values that are NaN or infinite.
    case nonFinite = "non-finite"
    /// Layers and tensors that do not fit one another.
    case structure
    /// A loss that grew out of all bounds.
    case diverged
    /// A validation or test loss that rises while the training loss falls.
    case overFitting = "over-fitting"
    /// A loss that still falls at the end.
    case notConverged = "not-converged"
    /// A tensor all of whose values are equal.
    case constantTensor = "constant-tensor"
    /// A tensor whose values are of another size than those of its like.
    case scaleOutlier = "scale-outlier"
    /// Units whose incoming weights are all 0.
    case deadUnits = "dead-units"
    /// Units whose outgoing weights are all 0.
    case unusedUnits = "unused-units"
    /// Rectifiers that no input makes fire.
    case neverFires = "never-fires"
    /// Sigmoid and tanh units at their ends whatever the input.
    case saturatedUnits = "saturated-units"
    /// Units that compute the same as another one.
    case duplicateUnits = "duplicate-units"
    /// A tensor with the values of another one.
    case duplicateTensor = "duplicate-tensor"
  }

  /// What it is about.
  public let code: Code
  /// How serious it is.
  public let severity: Severity
  /// The layer, tensor or series that it concerns.
  public let place: String
  /// What a person should know, in a sentence with the numbers and the rule.
  public let message: String
  /// The numbers and names behind it.
  public let evidence: Attributes

  /// A finding.
  public init(_ code: Code, _ severity: Severity, place: String, message: String, evidence: Attributes = [:]) {
    self.code = code
    self.severity = severity
    self.place = place
    self.message = message
    self.evidence = evidence
  }
}

extension Sequence<Finding> {
  /// The most serious first, of those the codes in their order, and of one code those that stand first here.
  /// O(n · number of codes).
  public func mostSeriousFirst() -> [Finding] {
    Finding.Severity.allCases.flatMap { severity in
      let findings = filter { $0.severity == severity }
      return Finding.Code.allCases.flatMap { code in findings.filter { $0.code == code } }
    }
  }
}
