import Quantities

/// What a quote says beside its price: rows of the user's own tables carry it, those of the built-in
/// catalogue leave it empty.
///
/// Columns of offers.csv and quotes.csv, all of which may be left out; an empty cell is unknown (of
/// `in_hand`: no).
public struct SellerTerms: Hashable, Sendable {
  /// Share of the contract's value that is due at signature, 0 to 1 (`prepayment_share`).
  public var prepaymentShare: Double?
  /// Share of the contract's value that is owed even when nothing is used, 0 to 1
  /// (`take_or_pay_share`).
  public var takeOrPayShare: Double?
  /// Share of what is left of the term that a buyer who stops early gets back, 0 to 1
  /// (`refund_share`).
  public var refundShare: Double?
  /// Fewest and most chips that the price holds for (`chips_least`, `chips_most`).
  public var chipsLeast: Int?
  public var chipsMost: Int?
  /// First day it can be used, or delivered; ISO, of full precision (`start_date`).
  public var startDate: CalendarDate?
  /// Discount on the list price, 0 to 1, for a row that holds the list price
  /// (`list_discount_share`).
  public var listDiscountShare: Double?
  /// Whether it is signed or granted already (`in_hand`: yes or no).
  public var isInHand: Bool

  /// Nothing is said.
  public static let unsaid = SellerTerms(
    prepaymentShare: nil, takeOrPayShare: nil, refundShare: nil, chipsLeast: nil, chipsMost: nil,
    startDate: nil, listDiscountShare: nil, isInHand: false)

  static let columns = [
    "prepayment_share", "take_or_pay_share", "refund_share", "chips_least", "chips_most",
    "start_date", "list_discount_share", "in_hand",
  ]

  /// Whether the price holds for so many chips.
  public func allows(chips: Int) -> Bool {
    chips >= chipsLeast ?? 0 && chips <= chipsMost ?? .max
  }

  /// The cells of `columns`, empty where nothing is said.
  public var cells: [String] {
    func text(_ value: Double?) -> String { value.map { Decimals.shortest($0) } ?? "" }
    func text(_ value: Int?) -> String { value.map { String($0) } ?? "" }
    return [
      text(prepaymentShare), text(takeOrPayShare), text(refundShare), text(chipsLeast),
      text(chipsMost), startDate?.iso ?? "", text(listDiscountShare),
      isInHand ? "yes" : "",
    ]
  }
}
