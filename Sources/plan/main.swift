import ArgumentParser

// A broken pipe ends the program quietly, as its users expect of `plan … | head`; every other error
// becomes one of the documented statuses.
do {
  var command = try PlanCommand.parseAsRoot()
  try command.run()
} catch {
  finish(error)
}

/// Ends the program with the status and the words of an error.
func finish(_ error: any Error) -> Never {
  if let (status, message) = ExitStatus.describe(error) {
    for line in message.split(separator: "\n") { complain(String(line)) }
    PlanCommand.exit(withError: ExitCode(status))
  }
  guard PlanCommand.exitCode(for: error).isSuccess else { PlanCommand.exit(withError: error) }
  // Help, version and completions are output like any other: a full disk must not pass for success.
  let text = PlanCommand.fullMessage(for: error)
  do {
    if !text.isEmpty { try StandardOutput.write(text + "\n") }
    PlanCommand.exit()
  } catch {
    finish(error)
  }
}
