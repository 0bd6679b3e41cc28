import Foundation
import Testing

// The program stops itself at a step in builds for tests alone.
#if DEBUG

  /// Everything that can happen at each step of a save: the old file or the new one is there, whole.
  @Suite("What happens at each step of a save", .serialized)
  struct SavingStepTests {
    private static let steps = ["create", "write", "mode", "sync", "rename", "done"]
    private static let old = "# The old file.\nbudget = \"1M\"\n"

    /// A save that stands before one of its steps.
    private final class Save {
      let scratch: Scratch
      let folder: URL
      let file: URL
      let terminal: PseudoTerminal

      init(stoppedBefore step: String) throws {
        scratch = try Scratch()
        folder = scratch.file("runs")
        file = folder.appendingPathComponent("run.toml")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(SavingStepTests.old.utf8).write(to: file)
        terminal = try PseudoTerminal(
          ["init", "--output", file.path], environment: ["PLAN_STOP_BEFORE": "\(step):run.toml"])
        try #require(terminal.wait { self.terminal.isStopped }, "it did not stop before \(step)")
      }

      /// Lets it go on.
      func ending() -> PseudoTerminal.Ending {
        terminal.send(SIGCONT)
        return terminal.ending()
      }

      func text(in folder: URL? = nil) throws -> String {
        let file = (folder ?? self.folder).appendingPathComponent("run.toml")
        return try String(contentsOf: file, encoding: .utf8)
      }

      /// What lies in the folder.
      func names(in folder: URL? = nil) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: (folder ?? self.folder).path).sorted()
      }
    }

    private static let new: String = {
      let run = try? Program.run("init")
      return run?.output ?? ""
    }()

    @Test(
      "ended by a signal, the old file is there before it is replaced, and the new one after",
      arguments: steps, [SIGKILL, SIGHUP, SIGTERM, SIGINT])
    func signals(step: String, signal: Int32) throws {
      let save = try Save(stoppedBefore: step)
      save.terminal.send(signal)
      #expect(save.ending() == .signal(signal))
      #expect(try save.text() == (step == "done" ? Self.new : Self.old))
    }

    @Test("SIGXFSZ ends nothing", arguments: steps)
    func tooLarge(step: String) throws {
      let save = try Save(stoppedBefore: step)
      save.terminal.send(SIGXFSZ)
      #expect(save.ending() == .status(0))
      #expect(try save.text() == Self.new)
      #expect(try save.names() == ["run.toml"])
    }

    @Test(
      "where no more can be written the old file stays, and no part of the new one",
      arguments: [0, 1, 4])
    func full(blocks: Int) throws {
      let scratch = try Scratch()
      let file = try scratch.write("run.toml", Self.old)
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/bin/sh")
      // So many blocks, and the next byte is SIGXFSZ (ulimit(1)).
      process.arguments = [
        "-c", "ulimit -f \(blocks); exec \"$0\" init --output \"$1\"", Program.path.path, file,
      ]
      process.standardError = FileHandle.nullDevice
      try process.run()
      process.waitUntilExit()
      #expect(process.terminationReason == .exit && process.terminationStatus == 74)
      #expect(try String(contentsOfFile: file, encoding: .utf8) == Self.old)
      #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.url.path) == ["run.toml"])
    }

    @Test(
      "a folder that is taken away takes the old file along, and nothing is made in its place",
      arguments: steps.dropLast())
    func vanished(step: String) throws {
      let save = try Save(stoppedBefore: step)
      let moved = save.scratch.file("elsewhere")
      try FileManager.default.moveItem(at: save.folder, to: moved)
      #expect(save.ending() == .status(73))
      #expect(!FileManager.default.fileExists(atPath: save.folder.path))
      #expect(try save.text(in: moved) == Self.old)
    }

    @Test("what has become a folder meanwhile is not replaced", arguments: ["create", "rename"])
    func folder(step: String) throws {
      let save = try Save(stoppedBefore: step)
      try FileManager.default.removeItem(at: save.file)
      try FileManager.default.createDirectory(at: save.file, withIntermediateDirectories: false)
      #expect(save.ending() == .status(73))
      #expect(try save.names() == ["run.toml"])
    }

    @Test("what a killed save leaves behind is in no later one's way")
    func leftOver() throws {
      let save = try Save(stoppedBefore: "rename")
      save.terminal.send(SIGKILL)
      #expect(save.ending() == .signal(SIGKILL))
      #expect(try save.names().count == 2)
      #expect(try Program.run("init", "--output", save.file.path).status == 0)
      #expect(try save.text() == Self.new)
    }
  }

#endif
