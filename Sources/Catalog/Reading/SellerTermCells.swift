import Quantities

extension TableRow {
  /// The columns of `SellerTerms`.
  mutating func sellerTerms() -> SellerTerms {
    let share = 0.0...1.0
    let count = 1...10_000_000
    let terms = SellerTerms(
      prepaymentShare: number("prepayment_share", in: share),
      takeOrPayShare: number("take_or_pay_share", in: share),
      refundShare: number("refund_share", in: share),
      chipsLeast: integer("chips_least", in: count), chipsMost: integer("chips_most", in: count),
      startDate: date("start_date"),
      listDiscountShare: number("list_discount_share", in: 0...0.99),
      isInHand: choice("in_hand", YesNo.self, fallback: .no) == .yes)
    if let least = terms.chipsLeast, let most = terms.chipsMost, most < least {
      fail("chips_most", "is less than chips_least")
    }
    return terms
  }
}
