import Quantities
import Testing

@testable import Workload

@Suite struct LossLawTests {
  @Test("every law has its kind, its note, and one default of each kind")
  func listed() throws {
    let text = try #require(EmbeddedTables.text(of: "mixture-laws.csv"))
    #expect(PublishedLaws.read(file: "mixture-laws.csv", bytes: text.utf8).faults.isEmpty)
    #expect(PublishedLaws.all.count == ScalingLaws.all.count + 2)
    for role in PublishedLaw.Role.allCases {
      let laws = PublishedLaws.all.filter { $0.role == role }
      #expect(laws.filter(\.isDefault).count == 1)
    }
    #expect(PublishedLaws.all.filter(\.isDefault).map(\.id) == ["besiroglu", "leverage"])
    #expect(PublishedLaws.all.allSatisfy { !$0.provenance.note.isEmpty })
  }

  @Test("a law of each kind can be chosen, and the other kind keeps its default")
  func chosen() throws {
    #expect(try LossLaw(ids: []) == LossLaw())
    let both = try LossLaw(ids: ["joint", "Hoffmann"])
    #expect(both.mixtures == .joint)
    #expect(both.dense == .hoffmann)
    #expect(try LossLaw(ids: ["muennighoff"]).mixtures == .leverage)
  }

  @Test("two laws of one kind are refused, and an unknown one with the nearest known")
  func refused() {
    #expect {
      try LossLaw(ids: ["hoffmann", "besiroglu"])
    } throws: { error in
      "\(error)"
        == "hoffmann and besiroglu are both laws of dense models; choose one of them"
    }
    #expect {
      try LossLaw(ids: ["leverag"])
    } throws: { error in
      "\(error)" == "no law is called “leverag”; did you mean leverage?"
    }
  }

  @Test("a row of an unknown mixture law is a fault")
  func faulty() {
    let text = "id,title,source_url,grade\nmagic,Magic,x,D\n"
    let read = PublishedLaws.read(file: "t.csv", bytes: text.utf8)
    #expect(read.laws.isEmpty)
    #expect(read.faults.map(\.column) == ["id"])
  }
}
