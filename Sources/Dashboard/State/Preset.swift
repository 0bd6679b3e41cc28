import Screen

/// An arrangement of panes for one kind of question.
enum Preset: String, Hashable, Sendable, CaseIterable {
  /// The answer, and a little of everything behind it.
  case overview
  /// What happens if an input changes.
  case inputs
  /// What is paid, for what and when.
  case money
  /// Where the time of a step goes.
  case speed
  /// The page that answers what was asked, in place of panes.
  case answer

  /// The arrangement so many steps on.
  ///
  /// - Parameter hasAnswer: whether there is a page of the answer.
  func stepped(by steps: Int, hasAnswer: Bool) -> Preset {
    let all = Self.allCases.filter { hasAnswer || $0 != .answer }
    let index = (all.firstIndex(of: self) ?? 0) + steps
    return all[(index % all.count + all.count) % all.count]
  }

  private typealias Part = Arrangement<Pane>.Part

  /// How the panes are arranged in so much room.
  ///
  /// - Parameter breakdown: rows the breakdown of costs needs.
  func arrangement(_ room: Size, _ step: LayoutStep, breakdown: Int) -> Arrangement<Pane> {
    switch step {
    case .tooSmall, .narrow: narrow(room.height, breakdown)
    case .medium: room.height < 31 ? narrow(room.height, breakdown) : medium(breakdown)
    case .wide: room.height < 31 ? low(room, breakdown) : wide(room, breakdown)
    }
  }

  /// The pane that first has the place that others take in turns.
  private var main: Pane {
    switch self {
    case .overview, .answer: .breakdown
    case .inputs: .inputs
    case .money: .months
    case .speed: .step
    }
  }

  /// One under the other.
  private func narrow(_ height: Int, _ breakdown: Int) -> Arrangement<Pane> {
    guard self == .overview else {
      return .rows([Part(.share(2), .pane(.options)), Part(.share(3), .slot(main))])
    }
    guard height >= 31 else {
      let lower = min(breakdown, height * 2 / 5)
      return .rows([Part(.share(1), .pane(.options)), Part(.fixed(lower), .slot(.breakdown))])
    }
    return .rows([
      Part(.share(1), .pane(.options)),
      Part(.fixed(min(breakdown, height / 3)), .pane(.breakdown)),
      Part(.fixed(height / 3), .slot(.chart)),
    ])
  }

  /// Two columns under the options.
  private func medium(_ breakdown: Int) -> Arrangement<Pane> {
    let left: Arrangement<Pane>
    let right: Arrangement<Pane>
    switch self {
    case .overview, .answer:
      (left, right) = (
        .pane(.inputs),
        .rows([
          Part(.fixed(min(breakdown, 12)), .pane(.breakdown)), Part(.share(1), .slot(.chart)),
        ])
      )
    case .inputs: (left, right) = (.pane(.inputs), .slot(.breakdown))
    case .money: (left, right) = (.pane(.breakdown), .slot(.months))
    case .speed: (left, right) = (.pane(.step), .slot(.details))
    }
    let width: Arrangement<Pane>.Length =
      self == .overview || self == .inputs ? .fixed(44) : .share(1)
    return .rows([
      Part(.share(2), .pane(.options)),
      Part(.share(3), .columns([Part(width, left), Part(.share(1), right)])),
    ])
  }

  /// Wide and low: the table at the left, what belongs to its row at the right.
  private func low(_ room: Size, _ breakdown: Int) -> Arrangement<Pane> {
    let upper: Pane
    let lower: Pane
    switch self {
    case .overview, .answer: (upper, lower) = (.breakdown, .chart)
    case .inputs: (upper, lower) = (.inputs, .breakdown)
    case .money: (upper, lower) = (.breakdown, .months)
    case .speed: (upper, lower) = (.step, .details)
    }
    let height = upper == .breakdown ? min(breakdown, room.height / 2) : room.height * 3 / 5
    return .columns([
      Part(.fixed(max(84, room.width * 3 / 5)), .pane(.options)),
      Part(
        .share(1), .rows([Part(.fixed(height), .pane(upper)), Part(.share(1), .slot(lower))])),
    ])
  }

  /// Wide and high: room for nearly everything.
  private func wide(_ room: Size, _ breakdown: Int) -> Arrangement<Pane> {
    // A very wide screen explains the selected option at its right all the time.
    let isVeryWide = room.width >= 220
    let upper: Arrangement<Pane>
    let lower: Arrangement<Pane>
    switch self {
    case .overview, .answer:
      upper = .rows([
        Part(.share(3), .pane(.options)),
        Part(
          .share(2),
          .columns([Part(.share(1), .pane(.chart)), Part(.share(1), .pane(.tornado))])),
      ])
      lower = .columns([Part(.share(1), .pane(.breakdown)), Part(.share(1), .slot(.sources))])
    case .inputs:
      upper = .rows([Part(.share(1), .pane(.options))])
      lower = .columns([Part(.share(1), .pane(.breakdown)), Part(.share(1), .slot(.tornado))])
    case .money:
      upper = .rows([Part(.share(1), .pane(.options)), Part(.share(1), .pane(.months))])
      lower = .columns([Part(.share(1), .pane(.breakdown)), Part(.share(1), .slot(.sources))])
    case .speed:
      upper = .columns([Part(.share(5), .pane(.options)), Part(.share(4), .pane(.step))])
      lower = .columns([Part(.share(1), .pane(.chart)), Part(.share(1), .slot(.sources))])
    }
    let lowest = Part(.fixed(max(10, min(breakdown, room.height / 3))), lower)
    let hasInputs = self == .overview || self == .inputs
    let top: Arrangement<Pane> =
      hasInputs
      ? .columns([Part(.fixed(44), .pane(.inputs)), Part(.share(1), upper)]) : upper
    let body: Arrangement<Pane> = .rows([Part(.share(1), top), lowest])
    guard isVeryWide else { return body }
    return .columns([Part(.share(1), body), Part(.fixed(76), .pane(.details))])
  }
}
