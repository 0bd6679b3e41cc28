/// Keeps standard error off the screen while that is taken, and prints it afterwards: a message
/// of a crash would vanish with the alternate screen otherwise.
@MainActor
enum StandardErrorHold {
  /// Starts to collect, if standard error goes to a terminal at all.
  static func start() {
    guard isatty(STDERR_FILENO) != 0, let file = tmpfile() else { return }
    let real = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3)
    let held = fcntl(fileno(file), F_DUPFD_CLOEXEC, 3)
    fclose(file)
    guard real >= 0, held >= 0 else { return }
    EmergencyRestore.state.pointee.realError = real
    EmergencyRestore.state.pointee.heldError = held
    dup2(held, STDERR_FILENO)
  }

  /// Prints what was collected and lets standard error through again.
  static func end() {
    let held = EmergencyRestore.state.pointee.heldError
    let real = EmergencyRestore.state.pointee.realError
    guard held >= 0, real >= 0 else { return }
    EmergencyRestore.releaseError()
    _ = close(held)
    _ = close(real)
    EmergencyRestore.state.pointee.realError = -1
  }
}
