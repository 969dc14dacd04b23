import BinaryIO

extension IDXError: CustomStringConvertible {
  /// One line: file, what is wrong, where, expected, found, and what to do.
  public var description: String {
    if let fileError { return fileError.description }
    let file = path.map { "\($0): " } ?? ""
    let place = offset.map { " (offset \($0))" } ?? ""
    return "\(file)\(summary)\(place): expected \(expected), found \(found); \(advice)"
  }

  private var summary: String {
    switch code {
    case .file: "file error"
    case .emptyFile: "the file is empty"
    case .notIDX: "not an IDX file"
    case .unknownElementType: "unknown element type"
    case .invalidRank: "invalid number of dimensions"
    case .dimensionOverflow: "dimensions out of range"
    case .truncatedHeader: "the file ends inside its header"
    case .truncatedData: "the file ends before its last element"
    case .trailingBytes: "bytes are left over after the last element"
    case .damagedGzip: "damaged gzip data"
    case .outOfMemory: "out of memory"
    case .wrongElementType: "wrong element type"
    case .wrongRank: "wrong number of dimensions"
    case .elementCountMismatch: "dimensions and elements disagree"
    case .itemCountMismatch: "images and labels differ in number"
    case .negativeLabel: "negative label"
    case .notFinite: "a number is not finite"
    case .invalidArgument: "invalid argument"
    case .notAFolder: "not a folder"
    case .missingFile: "a data file is missing"
    case .ambiguousFile: "several data files fit"
    }
  }

  private var advice: String {
    switch code {
    case .file: "check the path and its permissions"
    case .emptyFile, .truncatedHeader, .truncatedData, .damagedGzip: "copy or download the file again"
    case .notIDX: "give an IDX file, plain or gzip-compressed"
    case .unknownElementType, .invalidRank: "check that this is an IDX file, or write it again"
    case .dimensionOverflow: "correct the dimensions"
    case .trailingBytes: "the file is damaged, or its header is wrong: copy or write it again"
    case .outOfMemory: "free some memory and try again"
    case .wrongElementType: "convert the elements first"
    case .wrongRank: "check that images and labels are not swapped"
    case .elementCountMismatch: "correct the dimensions or the elements"
    case .itemCountMismatch: "use the labels that belong to these images"
    case .negativeLabel: "number the classes from 0"
    case .notFinite: "correct that number, or leave its sample out"
    case .invalidArgument: "correct the argument"
    case .notAFolder: "give the folder that holds the files, or name the files one by one"
    case .missingFile: "add the file, or name the files one by one"
    case .ambiguousFile: "keep one of them, or name the files one by one"
    }
  }
}
