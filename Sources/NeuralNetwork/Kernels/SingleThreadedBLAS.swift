import COpenBLAS

/// Keeps OpenBLAS from starting threads of its own inside a product: the workers share out the rows
/// themselves, and two levels of threads would fight for the cores.
enum SingleThreadedBLAS {
  /// Set once for the whole process, before the first product.
  static let isSet: Bool = {
    openblas_set_num_threads(1)
    return true
  }()
}
