import ArgumentParser
import Catalog
import Economics
import Planning
import PriceFeeds
import Quantities
import Reports

/// Compares what a run costs and trains with the plan it was started on.
struct TrackCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "track",
    abstract:
      "Actual spend and tokens against the saved plan: forecast to finish, variance by term.",
    usage: """
      plan --budget 50M --format json --output plan.json
      plan track actuals.csv --plan plan.json
      plan track actuals.csv --plan plan.json --option 3 --format csv
      plan track - --plan plan.json --by week --format json
      plan track focus.csv.gz --plan plan.json --tag run=llama --map terms.csv --tokens weeks.csv
      """,
    discussion: """
      The actuals are a CSV file with a row for each week and cost term:

          week,term,usd,tokens,note
          2026-10-12,accelerator_rent,912400.00,248B,
          2026-10-12,object_storage,130.25,,
          2026-10-19,accelerator_rent,918020.50,251B,two nodes replaced

      week is its first day; weeks follow each other without gaps. usd is what the week cost, or, for \
      what is paid ahead, the payment in the week it was made. term is a name from breakdown_usd of \
      the plan; leave the column out to compare sums alone. tokens stand once a week; leave them \
      empty until training begins, then write 0 for a week without any.

      Tokens that the plan's chips could not train at their peak are refused; weeks far from the plan \
      are named.

      The file may as well be a bill: FOCUS 1.0 to 1.3 (AWS, Google Cloud, Azure, and this program's own \
      forecast), AWS Cost and Usage Report, Google Cloud's billing export as CSV, or sacct -X \
      --parsable2 of Slurm with --usd-per-chip-hour; packed by gzip or not, of any length. Its header \
      tells which. Charges are summed by day; what --tag, --account, --sku, --from and --until leave \
      out is counted and named. --map FILE gives the plan's terms: rows of column,value,term, the \
      first that holds wins, * stands for anything, an empty column is the default, the term ignore \
      leaves out:

          column,value,term
          ServiceName,*Storage*,object_storage
          SkuId,p5*,accelerator_rent
          ,,ignore

      A bill has no tokens; --tokens FILE takes them from a table with week and tokens.

      The plan is what --format json wrote; of its options, the best is compared unless --option \
      names another.

      The forecast of the speed starts from the plan's own range and moves to the mean of the weeks \
      seen, the more of them the closer. Rent, power and staff grow with the days left; what is paid \
      once comes to the plan's amount or what was spent, whichever is more. What grows with the days \
      is planned evenly over them, whenever its bill is paid.
      """)

  @Argument(
    help: ArgumentHelp("Actual spend and tokens by week; - is stdin.", valueName: "file"),
    completion: .file(extensions: ["csv"]))
  var file: String

  @Option(
    help: ArgumentHelp("The plan, as --format json wrote it.", valueName: "file"),
    completion: .file(extensions: ["json"]))
  var plan: String

  @Option(
    help: ArgumentHelp(
      "The option that was taken: its id or rank in the plan.", valueName: "option"))
  var option: String?

  @Option(
    help: "What CSV and plain have a row for: term or week.",
    completion: choices(TrackReport.Rows.self), transform: { try choice($0) })
  var by: TrackReport.Rows = .term

  @OptionGroup(title: "Of a bill")
  var bill: BillOptions

  @OptionGroup(title: "The output")
  var output: OutputOptions

  func run() throws {
    guard file != "-" || plan != "-" else {
      throw UsageError("the actuals and the plan can't both be standard input")
    }
    let text = String(decoding: try InputFile.bytes(at: plan), as: UTF8.self)
    let saved = try SavedPlan(text, file: plan).option(option)
    let (actuals, notes) = try bill.actuals(at: file, against: saved)
    var tracking = Tracking(actuals, against: saved)
    tracking.notes += notes
    try output.emit(
      TrackReport(tracking).render(output.chosen, rows: by, style: output.style))
  }
}
