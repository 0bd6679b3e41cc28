import ArgumentParser

// A broken pipe ends the program quietly, as its users expect of `plan … | head`; every other error
// becomes one of the documented statuses.
do {
  var command = try PlanCommand.parseAsRoot()
  try command.run()
} catch {
  guard let (status, message) = ExitStatus.describe(error) else {
    PlanCommand.exit(withError: error)
  }
  for line in message.split(separator: "\n") { complain(String(line)) }
  PlanCommand.exit(withError: ExitCode(status))
}
