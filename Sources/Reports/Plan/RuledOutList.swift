import Planning

/// The options that are out, those with the same reason together.
struct RuledOutList {
  /// Options of one offer and purchase that are out for the same reasons, in one or several places.
  private struct Kind {
    var first: Assessment
    var places: Int

    var name: String {
      "\(first.route.letter) \(first.offer) \(first.purchase.rawValue)"
        + (places > 1 ? " (\(places) regions)" : "")
    }
  }

  /// Kinds that share their first reason.
  private struct Group {
    var reason: Reason
    var kinds: [Kind]

    /// The kinds by name; only how many of each route when there are too many to read.
    var names: String {
      guard kinds.count > RuledOutList.namesShown else {
        return kinds.map { $0.name + ($0.first.reasons.count > 1 ? "*" : "") }
          .joined(separator: ", ")
      }
      let routes = Dictionary(grouping: kinds, by: \.first.route).sorted { $0.key < $1.key }
      return routes.map { route, kinds in
        let places = kinds.reduce(0) { $0 + $1.places }
        return "\(route.letter) \(kinds.count) offers and purchases in \(places) places"
      }.joined(separator: ", ") + "; --format csv lists them"
    }
  }

  /// Kinds with one reason that are still named.
  private static let namesShown = 30

  private let groups: [Group]

  init(_ plan: Plan) {
    var order: [String] = []
    var kinds: [String: Kind] = [:]
    for assessment in plan.ruledOut.sorted(by: { $0.route < $1.route }) {
      let codes = assessment.reasons.map(\.code).joined(separator: "+")
      let key = "\(assessment.route.rawValue)/\(assessment.offer)/\(assessment.purchase)/\(codes)"
      if kinds[key] == nil { order.append(key) }
      kinds[key, default: Kind(first: assessment, places: 0)].places += 1
    }
    var groups: [Group] = []
    var places: [String: Int] = [:]
    for kind in order.compactMap({ kinds[$0] }) {
      guard let reason = kind.first.reasons.first else { continue }
      let key = reason.message + reason.nearestChange
      if let place = places[key] {
        groups[place].kinds.append(kind)
      } else {
        places[key] = groups.count
        groups.append(Group(reason: reason, kinds: [kind]))
      }
    }
    self.groups = groups
  }

  /// The list; nothing when nothing is out.
  ///
  /// - Parameters:
  ///   - heading: what stands above it.
  ///   - wrapped: breaks a text into lines with an indent.
  func text(heading: String, _ wrapped: (String, Int) -> String) -> String {
    guard !groups.isEmpty else { return "" }
    let lines = groups.map { group -> String in
      if let only = group.kinds.first, group.kinds.count == 1 {
        let reasons = only.first.reasons
        let cure = reasons.map(\.nearestChange).first { !$0.isEmpty } ?? ""
        return wrapped(
          "\(only.name): \(reasons.map(\.message).joined(separator: "; "))" + Self.arrow(cure), 3)
      }
      return wrapped(group.reason.message + Self.arrow(group.reason.nearestChange), 3)
        + wrapped(group.names, 5)
    }
    let hasMore = groups.contains { $0.names.contains("*") }
    let note =
      hasMore ? wrapped("* is out for further reasons too: plan explain shows them.", 3) : ""
    return heading + lines.joined() + note
  }

  private static func arrow(_ cure: String) -> String { cure.isEmpty ? "" : " → \(cure)" }
}
