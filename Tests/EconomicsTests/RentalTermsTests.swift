import Catalog
import Economics
import Testing

@Suite("How hours are billed")
struct RentalTermsTests {
  /// EC2 Capacity Block steps, docs.aws.amazon.com/AWSEC2/latest/UserGuide/capacity-blocks-how.
  @Test(
    "a Capacity Block is sold by the day to 14 days and by the week beyond",
    arguments: [(1, 1), (14, 14), (15, 21), (17, 21), (30, 35), (54, 56), (90, 91), (182, 182)])
  func blockDays(wanted: Int, billed: Int) {
    #expect(RentalTerms.capacityBlockDays(wantedDays: Double(wanted)) == Double(billed))
  }

  private let block = RentalTerms(
    rule: .capacityBlock, minimumHours: 24, maximumHours: 4368, earlyStopHours: 0.5)

  @Test("the half hour before a block's end is paid and can't be used")
  func earlyStop() {
    #expect(block.billed(forHours: 335.5)?.billed == 336)
    #expect(block.billed(forHours: 336)?.billed == 504)
    #expect(block.billed(forHours: 54 * 24)?.billed == 1344)
    #expect(block.billed(forHours: 54 * 24)?.rounding == 48)
  }

  @Test("past 182 days blocks are chained, with the gap and the restart between them")
  func chained() {
    var terms = block
    terms.gapHours = 36
    terms.restartHours = 2
    let hours = terms.billed(forHours: 4367.5 + 10)
    #expect(hours?.segments == 2)
    #expect(hours?.billed == 4392)
    #expect(hours?.held == 4379.5)
    #expect(hours?.elapsed == 4416)
    let segments = terms.segments(forHours: 4367.5 + 10)
    #expect(segments.map(\.startHours) == [0, 4404])
    #expect(segments.map(\.heldHours) == [4367.5, 12])
    #expect(segments.map(\.billedHours) == [4368, 24])
  }

  @Test("flex-start runs at most 7 days a request, each with its own wait and restart")
  func flexStart() {
    let terms = RentalTerms(
      rule: .flexStart, minimumHours: 0.1667, maximumHours: 168, restartHours: 1, waitHours: 2)
    let hours = terms.billed(forHours: 400)
    #expect(hours?.segments == 3)
    #expect(hours?.billed == 402)
    #expect(hours?.rounding == 0)
    #expect(hours?.elapsed == 408)
    #expect(terms.billed(forHours: 0.01)?.billed == 0.1667)
  }

  @Test("calendar reservations go by the day and chain after 90 days")
  func calendar() {
    let terms = RentalTerms(rule: .calendar, minimumHours: 24, maximumHours: 2160)
    #expect(terms.billed(forHours: 30 * 24 + 1)?.billed == 744)
    #expect(terms.billed(forHours: 90 * 24)?.billed == 2160)
    #expect(terms.billed(forHours: 90 * 24 + 1)?.billed == 2184)
    #expect(terms.billed(forHours: 90 * 24 + 1)?.segments == 2)
  }

  @Test("a commitment is paid for its whole term, and runs on into the next without a stop")
  func commitment() {
    let terms = RentalTerms(rule: .commitment, maximumHours: 8760, restartHours: 5)
    let short = terms.billed(forHours: 2400)
    #expect(short?.billed == 8760)
    #expect(short?.idle == 6360)
    #expect(short?.rounding == 0)
    #expect(terms.billed(forHours: 9000)?.billed == 17_520)
    #expect(terms.billed(forHours: 9000)?.held == 9000)
  }

  @Test("nothing wanted is nothing billed, and work that can never end has no bill")
  func edges() {
    #expect(block.billed(forHours: 0)?.billed == 0)
    #expect(block.segments(forHours: 0).isEmpty)
    #expect(block.billed(forHours: .nan) == nil)
    #expect(block.billed(forHours: -1) == nil)
    let hopeless = RentalTerms(rule: .flexStart, maximumHours: 168, restartHours: 200)
    #expect(hopeless.billed(forHours: 400) == nil)
    #expect(hopeless.billed(forHours: 100)?.billed == 100)
  }

  @Test("a longer work is never billed less, never less than it uses, and its parts add up")
  func properties() {
    var random = SeededGenerator(seed: 7)
    var wrong: [String] = []
    let rules: [(TermRule, Double)] = [
      (.none, .infinity), (.capacityBlock, 4368), (.flexStart, 168), (.calendar, 2160),
      (.commitment, 8760),
    ]
    for _ in 0..<5000 {
      guard let (rule, longest) = rules.randomElement(using: &random) else { continue }
      let terms = RentalTerms(
        rule: rule, maximumHours: longest,
        earlyStopHours: rule == .capacityBlock ? 0.5 : 0,
        restartHours: Double.random(in: 0...6, using: &random),
        gapHours: Double.random(in: 0...48, using: &random),
        waitHours: Double.random(in: 0...48, using: &random))
      let shorter = Double.random(in: 0.1...12_000, using: &random)
      let longer = shorter + Double.random(in: 0...100, using: &random)
      guard let first = terms.billed(forHours: shorter), let second = terms.billed(forHours: longer)
      else {
        wrong.append("no bill \(rule)")
        continue
      }
      if second.billed < first.billed - 1e-6 { wrong.append("less \(terms) \(shorter) \(longer)") }
      if second.elapsed < first.elapsed - 1e-6 { wrong.append("sooner \(terms) \(shorter)") }
      if first.billed < first.held - 1e-6 || first.held < shorter { wrong.append("used \(rule)") }
      let parts = first.held + first.rounding + first.idle
      if !agree(parts, first.billed) { wrong.append("parts \(rule)") }
      let segments = terms.segments(forHours: shorter)
      let billed = segments.reduce(0) { $0 + $1.billedHours }
      let held = segments.reduce(0) { $0 + $1.heldHours }
      if segments.count != first.segments || !agree(billed, first.billed)
        || !agree(held, first.held)
      {
        wrong.append("segments \(rule) \(shorter)")
      }
    }
    #expect(wrong.isEmpty, "\(wrong.prefix(3))")
  }
}

@Suite("Sizes sold")
struct ChipSizesTests {
  private let slices = ChipSizes(
    chipsPerInstance: 1, slices: [4, 8, 16, 64, 128, 256], maximumChips: 1024)

  @Test(
    "the smallest size at or above the wanted one is taken, joined from equal slices past the largest",
    arguments: [
      (1, 4, 1), (9, 16, 1), (65, 128, 1), (256, 256, 1), (257, 384, 3), (512, 512, 2),
      (1000, 1024, 4),
    ])
  func slice(wanted: Int, chips: Int, count: Int) throws {
    let holding = try slices.holding(atLeast: wanted)
    #expect(holding.chips == chips)
    #expect(holding.slices == count)
  }

  @Test("instances are whole, and more than one purchase makes a larger job up to the limit")
  func instances() throws {
    let sizes = ChipSizes(chipsPerInstance: 16, maximumChips: 4096, instancesPerPurchase: 64)
    #expect(try sizes.holding(atLeast: 1).chips == 16)
    let large = try sizes.holding(atLeast: 2040)
    #expect(large.instances == 128)
    #expect(large.purchases == 2)
    #expect(sizes.admissibleCounts(upTo: 70) == [16, 32, 48, 64])
    #expect(sizes.admissibleCounts(upTo: 1_000_000).last == 4096)
  }

  @Test("too many chips name the limit, what is needed and the nearest change")
  func tooMany() {
    let sizes = ChipSizes(chipsPerInstance: 16, maximumChips: 4096)
    let violation = #expect(throws: Violations.self) { try sizes.holding(atLeast: 4097) }
    let first = violation?.all.first
    #expect(first?.code == "too_many_chips")
    #expect(first?.limit == 4096)
    #expect(first?.needed == 4097)
    #expect(first?.unit == "chips")
    #expect(first?.nearestChange == "use at most 4096 chips")
  }

  @Test("every count listed can be held exactly")
  func admissible() throws {
    #expect(slices.admissibleCounts(upTo: 600) == [4, 8, 16, 64, 128, 256, 512])
    for count in slices.admissibleCounts(upTo: 5000) {
      #expect(try slices.holding(atLeast: count).chips == count)
    }
  }
}
