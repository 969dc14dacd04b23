/// Why a graph is no network that we run.
struct GraphMisfit: Error, Equatable {
  let reason: String

  init(_ reason: String) { self.reason = reason }

  /// - Parameter node: the node at which it shows.
  init(_ node: NodeMessage, _ reason: String) { self.reason = "\(node.title) \(reason)" }
}
