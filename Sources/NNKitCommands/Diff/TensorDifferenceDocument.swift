import ModelFormat
import ModelInspection

/// A tensor in the JSON form of a difference.
struct TensorDifferenceDocument: Encodable {
  struct Side: Encodable {
    let dtype: String
    let shape: [Int]

    init(_ tensor: TensorDescription) { (dtype, shape) = (tensor.typeName, tensor.shape) }
  }

  struct Place: Encodable {
    let index: [Int]
    let left: Double
    let right: Double

    init(_ place: ValueDifference.Place) { (index, left, right) = (place.index, place.left, place.right) }
  }

  struct Unit: Encodable {
    let index: Int
    let relativeL2: NullableJSON<Double>
  }

  struct Spectrum: Encodable {
    let rows: Int
    let columns: Int
    let method: String
    let sigma1: Double
    let stableRank: Double
    let rank: Int?

    enum CodingKeys: String, CodingKey {
      case rows, columns, method, stableRank, rank
      case sigma1 = "sigma_1"
    }

    init(_ spectrum: DifferenceSpectrum) {
      rows = spectrum.rows
      columns = spectrum.columns
      method = spectrum.method.rawValue
      sigma1 = spectrum.sigma1
      stableRank = spectrum.stableRank
      rank = spectrum.rank
    }
  }

  /// What is null says that there is no such number; what is left out, that it was not asked for.
  struct Values: Encodable {
    let count: Int
    let differing: Int
    let bitwiseDiffering: NullableJSON<Int>
    let maximumAbsoluteDifference: Double
    let place: Place?
    let relativeL2: NullableJSON<Double>
    let cosine: NullableJSON<Double>
    let rmsDifference: NullableJSON<Double>
    let snrDb: NullableJSON<Double>
    let signFlips: Int
    let nonFinite: Int
    let maximumUnitsInLastPlace: NullableJSON<UInt64>
    let unitAxis: Int?
    let changedUnits: [Unit]
    let spectrum: Spectrum?

    init(_ values: ValueDifference) {
      count = values.count
      differing = values.differing
      bitwiseDiffering = NullableJSON(values.bitwiseDiffering)
      maximumAbsoluteDifference = values.maximumAbsoluteDifference
      place = values.place.map(Place.init)
      relativeL2 = NullableJSON(values.relativeL2)
      cosine = NullableJSON(values.cosine)
      rmsDifference = NullableJSON(values.rmsDifference)
      snrDb = NullableJSON(values.signalToNoise)
      signFlips = values.signFlips
      nonFinite = values.nonFinite
      maximumUnitsInLastPlace = NullableJSON(values.maximumUnitsInLastPlace)
      unitAxis = values.unitAxis
      changedUnits = values.changedUnits.map { Unit(index: $0.index, relativeL2: NullableJSON($0.relativeL2)) }
      spectrum = values.spectrum.map(Spectrum.init)
    }
  }

  /// Bytes of an encoding that has no numbers.
  struct Encoded: Encodable {
    let bytes: Int
    let differing: Int

    init(_ encoded: ModelDifference.EncodedDifference) {
      (bytes, differing) = (encoded.byteCount, encoded.differing)
    }
  }

  let name: String
  /// The name on the right where it is another one.
  let rightName: String?
  let same: Bool
  let transposed: Bool?
  let left: Side?
  let right: Side?
  let values: Values?
  let encoded: Encoded?

  init(_ tensor: ModelDifference.TensorDifference) {
    name = tensor.name
    rightName = tensor.otherName
    same = tensor.isSame
    transposed = tensor.isTransposed ? true : nil
    left = tensor.left.map(Side.init)
    right = tensor.right.map(Side.init)
    values = tensor.values.map(Values.init)
    encoded = tensor.encoded.map(Encoded.init)
  }
}
