import Catalog
import Testing
import Workload

@testable import Throughput

/// Layouts of models of 235 billion to a trillion parameters that ran, as their sources give them
/// (Llama 3, arXiv 2407.21783, table 4; Nemotron-4 340B, arXiv 2406.11704; DeepSeek-V3, arXiv
/// 2412.19437; Megatron Bridge's recipes of 2025 and 2026; AMD's Primus).
@Suite struct `Published layouts` {
  static let runs: [PublishedRun] = {
    let text = """
      id,kind,model,total_params,active_params,layers,hidden,heads,kv_heads,ffn_hidden,glu,\
      vocab,attention,experts,experts_per_token,shared_experts,expert_ffn_hidden,seq_len,\
      global_batch_tokens,micro_batch,tp,pp,vpp,dp,cp,ep,zero_stage,recompute,precision,\
      accelerator,chips,year
      layout-01,step,Llama 3.1 405B,405853388800,405853388800,126,16384,128,8,53248,yes,\
      128256,gqa,,,,,8192,16777216,,8,16,,64,1,,2,,bf16,h100-sxm,8192,2024
      layout-02,step,Nemotron-4 340B,341000000000,341000000000,96,18432,96,8,73728,no,256000,\
      gqa,,,,,4096,3145728,,8,12,,16,,,1,,bf16,h100-sxm,1536,2024
      layout-03,step,Llama 3.1 405B,405853388800,405853388800,126,16384,128,8,53248,yes,\
      128256,gqa,,,,,8192,2097152,1,8,8,8,4,2,,,,bf16,h100-sxm,512,2025
      layout-04,step,Llama 3.1 405B,405853388800,405853388800,126,16384,128,8,53248,yes,\
      128256,gqa,,,,,8192,12582912,1,2,8,4,8,2,,,,fp8,gb300,256,2025
      layout-05,step,DeepSeek-V3,671000000000,37000000000,61,7168,128,,18432,yes,129280,mla,\
      256,8,1,2048,4096,16777216,1,1,2,4,128,1,32,,,bf16,gb300,256,2025
      layout-06,step,DeepSeek-V3,671000000000,37000000000,61,7168,128,,18432,yes,129280,mla,\
      256,8,1,2048,4096,8388608,1,1,16,1,16,1,8,,,fp8,b200,256,2025
      layout-07,step,DeepSeek-V3,671000000000,37000000000,61,7168,128,,18432,yes,129280,mla,\
      256,8,1,2048,4096,33554432,1,2,8,4,64,1,64,,,fp8,h100-sxm,1024,2025
      layout-08,step,Kimi K2,1040000000000,32600000000,61,7168,64,,18432,yes,163840,mla,384,8,\
      1,2048,4096,2097152,1,1,8,4,32,1,32,3,,bf16,h100-sxm,256,2026
      layout-09,step,Llama 3.1 405B,405853388800,405853388800,126,16384,128,8,53248,yes,\
      128256,gqa,,,,,8192,2097152,,8,8,,8,1,,3,full,fp8,h100-sxm,512,2024
      layout-10,step,DeepSeek-V3,671000000000,37000000000,61,7168,128,,18432,yes,129280,mla,\
      256,8,1,2048,4096,8388608,1,1,16,4,8,1,8,1,full,fp8,mi300x,128,2025
      layout-11,step,DeepSeek-V3 671B,671000000000,37000000000,61,7168,128,,18432,yes,129280,\
      mla,256,8,1,2048,4096,62914560,,1,16,,128,,64,1,,fp8,h800-sxm,2048,2024
      layout-12,step,Qwen3 235B-A22B,235000000000,22000000000,94,4096,64,4,,yes,151936,gqa,\
      128,8,0,1536,4096,33554432,2,1,4,12,64,1,16,,,bf16,gb300,256,2025
      layout-13,step,Qwen3 235B-A22B,235000000000,22000000000,94,4096,64,4,,yes,151936,gqa,\
      128,8,0,1536,4096,8388608,1,2,8,4,16,1,32,,,fp8,h100-sxm,256,2025
      """
    return (try? PublishedRun.read(file: "layouts.csv", bytes: text.utf8)) ?? []
  }()

  private static func timer(_ run: PublishedRun) throws -> (LayerTimer, Layout) {
    let published = try PublishedProblem(run, accelerator: Fixture.accelerator(run.accelerator))
    let software = SoftwareTable.builtIn.usual(
      published.machine.kind, generation: published.machine.generation)
    let timer = LayerTimer(
      problem: published.problem, machine: published.machine,
      parameters: ThroughputModel.builtIn.calibration.parameters(
        for: published.machine, software), software: software)
    return (timer, published.ruled)
  }

  @Test func `all thirteen are read`() { #expect(Self.runs.count == 13) }

  @Test(arguments: runs)
  func `none is refused`(_ run: PublishedRun) throws {
    let (timer, layout) = try Self.timer(run)
    try ThroughputModel.check(layout, timer.problem, timer.machine)
    var least = layout
    least.recompute = .full
    let usable = timer.machine.memoryBytes * MemoryUse.usableShare
    let needed = timer.memory(least).total
    #expect(needed <= usable * (1 + MemoryUse.errorShare), "\(needed / 1e9) GB")
  }

  @Test(arguments: runs)
  func `the planner's layout is no slower than one that fits its memory`(
    _ run: PublishedRun
  ) throws {
    let (timer, given) = try Self.timer(run)
    var cheap = given
    if cheap.recompute == .none { cheap.recompute = .selective }
    let usable = timer.machine.memoryBytes * MemoryUse.usableShare
    guard timer.memory(cheap).total <= usable else { return }
    let published = timer.step(cheap, isSearched: false).total
    let outcome = PlanningGrid(timer: timer).search()
    #expect(outcome.bestSeconds <= 1.05 * published)
  }
}
