import Quantities

extension PlanFace {
  /// What there is to know of one option beyond its row.
  public struct Detail: Hashable, Sendable {
    /// A figure that went into it, with where it comes from.
    public struct Source: Hashable, Sendable {
      public var figure: String
      /// The value with its unit.
      public var value: String
      /// The day it was true, perhaps of reduced precision; empty when unknown.
      public var asOf: String
      public var grade: String
      public var address: String
      public var note: String

      public init(
        figure: String, value: String, asOf: String, grade: String, address: String,
        note: String = ""
      ) {
        self.figure = figure
        self.value = value
        self.asOf = asOf
        self.grade = grade
        self.address = address
        self.note = note
      }
    }

    /// What is paid in one month.
    public struct Month: Hashable, Sendable {
      public var year: Int
      /// 1 to 12.
      public var month: Int
      public var amount: Money

      public init(year: Int, month: Int, amount: Money) {
        self.year = year
        self.month = month
        self.amount = amount
      }
    }

    /// Where a part of the step time goes.
    public enum StepActivity: String, Hashable, Sendable, CaseIterable {
      case computing, communicating, waiting
    }

    /// One part of the time of an optimizer step.
    public struct StepPart: Hashable, Sendable {
      public var label: String
      public var activity: StepActivity
      public var seconds: Double

      public init(_ label: String, _ activity: StepActivity, seconds: Double) {
        self.label = label
        self.activity = activity
        self.seconds = seconds
      }
    }

    /// Memory of a chip by purpose, GiB.
    public struct Memory: Hashable, Sendable {
      public var label: String
      public var gibibytes: Double

      public init(_ label: String, gibibytes: Double) {
        self.label = label
        self.gibibytes = gibibytes
      }
    }

    /// What to know before taking it.
    public var warnings: [String] = []
    /// Terms of cost without a figure, with the reason.
    public var notIncluded: [String] = []
    public var sources: [Source] = []
    /// Months with a payment, ascending.
    public var months: [Month] = []
    /// How the job is spread over the chips; empty when nothing was worked out.
    public var strategy = ""
    /// Parts that add up to the time of a step.
    public var step: [StepPart] = []
    public var memory: [Memory] = []
    /// FLOPs of the chip in use over its peak, recomputation counted, 0 to 1.
    public var hardwareUtilization: Double?

    public init() {}

    /// Seconds of an optimizer step.
    public var stepSeconds: Double { step.reduce(0) { $0 + $1.seconds } }
  }
}
