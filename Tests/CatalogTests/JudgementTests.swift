import Testing

@testable import Catalog

@Suite("Judgement")
struct JudgementTests {
  /// What plans need: a topic, and the cases it must hold for.
  static let needed: [(topic: String, cases: String)] = [
    ("lead_time", "a100-80g h100-sxm h200-sxm b200 b300 gb200 gb300 mi300x mi325x mi355x network"),
    ("acceptance", "h100-sxm h200-sxm b200 b300 gb200 gb300 mi300x mi325x mi355x"),
    ("colocation_wait", "air liquid"), ("colocation_minimum_term", "air liquid"),
    ("colocation_rent", "air liquid"), ("colocation_setup", "liquid"),
    ("colocation_exit", "air liquid"), ("capex_all_in", "b200 b300 gb300 mi355x"),
    ("use_after_the_run", "one_team inference"), ("ops_staff", "own"),
    ("support_and_spares", "own"), ("external_rent_of_idle_owned", "own"), ("insurance", "own"),
    ("disposal_cost", "h100-sxm h200-sxm b200 b300 gb200 gb300 mi355x"),
    ("time_to_sell", "h100-sxm h200-sxm b200 b300 gb200 gb300 mi355x"),
    ("forced_sale_haircut", "h100-sxm h200-sxm b200 b300 gb200 gb300 mi355x"),
    ("residual_value_year_1", "a100-80g h100-sxm h200-sxm b200 b300 gb200 gb300 mi300x mi355x"),
    ("residual_value_year_2", "a100-80g h100-sxm h200-sxm b200 b300 gb200 gb300 mi300x mi355x"),
    ("residual_value_year_3", "a100-80g h100-sxm h200-sxm b200 b300 gb200 gb300 mi300x mi355x"),
    ("residual_value_of_fabric", "fabric"),
    (
      "phase_length",
      """
      quotes procurement procurement_large negotiation_specialist negotiation_cloud security_known \
      security_new staging data_preparation bring_up porting_tpu porting_amd porting_trainium \
      experiments long_context post_training evaluation migration year_end_freeze
      """
    ),
    ("team_effect", "gpu tpu amd"), ("team_effect_spread", "all"),
    ("team_effect_correlation", "same_stack gpu_tpu with_trainium goodput"),
    ("gain_during_run", "all"), ("dependence_of_grants", "sellers price"),
    ("quota_increase", "aws gcp"), ("experiments_over_flagship", "known_recipe"),
    ("billed_hours_over_step_hours", "gpu tpu flex_start trainium"),
    ("prepayment", "specialist capacity_block gcp own"),
    ("contract_slip_of_start", "h100-sxm b300 gb200 gb300"),
    ("share_of_contracted_hours_unused", "contract_6m contract_1y commit_1y"),
    ("sublease_recovery", "contract"), ("price_change_until_signature", "contract"),
    ("list_change_at_quarterly_review", "capacity_block"),
    ("short_term_premium", "contract_6m contract_3m"), ("cluster_premium", "cluster"),
    ("shortest_term_accepted", "b200 b300 gb200 gb300"), ("smallest_order", "gb200 gb300"),
    ("chance_granted_at_discount", "tpu-v7x"), ("chance_of_chain", "flex_start"),
    ("trainium_mixture_mfu", "trn1 trn2"), ("mixture_over_dense_mfu", "all"),
    ("expert_imbalance_cost", "inside_domain across_nodes start_of_run"),
    ("flagship_restarts", "all"), ("other_phases_compute", "all"), ("other_costs", "all"),
    ("holdback", "all"), ("migration_credit", "trainium tpu"),
  ]

  @Test(
    "every value that plans need is there, with its range, marked as judgement", arguments: needed)
  func whole(topic: String, cases: String) throws {
    let catalog = try Catalog()
    for word in cases.split(separator: " ").map(String.init) {
      let row = try #require(catalog.judgement(topic, appliesTo: word), "\(topic) of \(word)")
      let (low, high) = (try #require(row.value.low), try #require(row.value.high))
      let typical = try #require(row.value.typical)
      #expect(low <= typical && typical <= high)
      #expect(row.provenance.grade == .d)
    }
  }

  @Test("no two rows of a topic speak of the same case")
  func apart() throws {
    let words = try Catalog().judgements.flatMap { row in
      row.appliesTo.map { "\(row.topic) \($0)" }
    }
    #expect(Set(words).count == words.count)
  }

  @Test("lengths of time are had in days and shares as fractions; other units are neither")
  func units() throws {
    let catalog = try Catalog()
    let lead = try #require(catalog.judgement("lead_time", appliesTo: "b300"))
    #expect(lead.days == Interval(low: 84, typical: 168, high: 308) && lead.share == nil)
    let term = try #require(catalog.judgement("colocation_minimum_term", appliesTo: "air"))
    #expect(term.days?.typical == 1460)
    let use = try #require(catalog.judgement("use_after_the_run", appliesTo: "one_team"))
    #expect(abs((use.share?.typical ?? 0) - 0.6) < 1e-12 && use.days == nil)
    #expect(catalog.judgement("colocation_rent", appliesTo: "air")?.share == nil)
    for row in catalog.judgements {
      let known = [
        "days", "weeks", "months", "percent", "percent_per_year", "fraction", "ratio",
        "correlation", "log_units", "people", "usd_per_chip", "usd_per_chip_hour",
        "usd_per_kw_month", "usd_per_rack", "racks_of_72",
      ]
      #expect(known.contains(row.unit), "\(row.id)")
    }
  }

  @Test("a topic or a case that isn't there is nothing, and a user's own row wins")
  func replaced() throws {
    #expect(try Catalog().judgement("lead_time", appliesTo: "abacus") == nil)
    let text =
      "id,topic,applies_to,low,typical,high,unit,source_url,grade\n"
      + "mine,lead_time,b300,8,10,12,weeks,our reseller,A\n"
    let catalog = try Catalog(overlay: [("my/judgement.csv", Array(text.utf8))])
    #expect(catalog.judgement("lead_time", appliesTo: "b300")?.days?.typical == 70)
    #expect(catalog.judgement("lead_time", appliesTo: "b200")?.days?.typical == 168)
  }
}
