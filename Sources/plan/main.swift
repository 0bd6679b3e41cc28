import ArgumentParser
import Quantities

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

#if !DEBUG
  ProgramVersion.isBuilt(from: EmbeddedCommit.text)
#endif
// A file that would grow beyond the limit is an error of its write, with the old one left as it is.
signal(SIGXFSZ, SIG_IGN)
// A broken pipe ends the program quietly, as its users expect of `plan … | head`; every other error
// becomes one of the documented statuses.
do {
  if Array(CommandLine.arguments.dropFirst()) == ["--version"] {
    // The catalogue is read only where its day is asked for.
    try StandardOutput.write(try Version.full() + "\n")
    PlanCommand.exit()
  }
  try RepeatedOptions.check(Array(CommandLine.arguments.dropFirst()))
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
  let status = PlanCommand.exitCode(for: error)
  guard status.isSuccess else {
    let text = PlanCommand.fullMessage(for: error)
    if !text.isEmpty { complain(plainly: text) }
    PlanCommand.exit(withError: status)
  }
  // Help, version and completions are output like any other: a full disk must not pass for success.
  let text = PlanCommand.fullMessage(for: error)
  do {
    if !text.isEmpty { try StandardOutput.write(text + "\n") }
    PlanCommand.exit()
  } catch {
    finish(error)
  }
}
