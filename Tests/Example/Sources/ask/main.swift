import PlanEngine

let plan = try Engine().plan(budget: "50M", today: "2026-12-01")
print(plan.answer?.sign?.sentence ?? "nothing to sign")
for option in plan.ranked.prefix(3) {
  print(option.id)
}
for route in plan.answer?.routes ?? [] {
  print("\(route.route.title): best in \(Int((route.chanceBest * 100).rounded())) of 100")
}
