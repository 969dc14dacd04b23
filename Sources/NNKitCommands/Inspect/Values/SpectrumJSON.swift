import ModelInspection

/// A spectrum as JSON has it.
struct SpectrumJSON: Encodable {
  enum CodingKeys: String, CodingKey {
    case rows, columns, method
    case isKernel = "is_kernel"
    case isSettled = "is_settled"
    case sigma1 = "sigma_1"
    case stableRank = "stable_rank"
    case effectiveRank = "effective_rank"
    case rank, condition
    case shuffledSigma1Ratio = "shuffled_sigma_1_ratio"
    case values
  }

  let rows: Int
  let columns: Int
  let method: String
  let isKernel: Bool
  /// Left out where it is true.
  let isSettled: Bool?
  let sigma1: Double
  let stableRank: Double?
  let effectiveRank: Double?
  let rank: Int?
  let condition: Double?
  let shuffledSigma1Ratio: Double?
  let values: [Double]

  init(_ spectrum: Spectrum) {
    rows = spectrum.rows
    columns = spectrum.columns
    method = spectrum.method.rawValue
    isKernel = spectrum.isKernel
    isSettled = spectrum.isSettled ? nil : false
    sigma1 = spectrum.sigma1
    stableRank = spectrum.stableRank
    effectiveRank = spectrum.effectiveRank
    rank = spectrum.rank
    condition = spectrum.condition
    shuffledSigma1Ratio = spectrum.shuffledSigma1Ratio
    values = spectrum.values
  }
}
