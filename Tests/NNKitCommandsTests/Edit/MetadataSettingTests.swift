import ModelFormat
import Testing

@testable import NNKitCommands

/// `--set KEY=VALUE`
struct MetadataSettingTests {
  private func value(_ argument: String, replacing old: AttributeValue? = nil) throws -> AttributeValue {
    try MetadataSetting(argument).value(replacing: old)
  }

  @Test func `what is a value in JSON is that value`() throws {
    #expect(try value("k=3") == .integer(3))
    #expect(try value("k=-9223372036854775808") == .integer(.min))
    #expect(try value("k=3.0") == .number(3))
    #expect(try value("k=-1e-3") == .number(-0.001))
    #expect(try value("k=true") == .boolean(true))
    #expect(try value("k= false ") == .boolean(false))
    #expect(try value("k=\"3\"") == .string("3"))
    #expect(try value("k=\"a\\nb\"") == .string("a\nb"))
    #expect(try value("k=[1, 2.5, \"a\", [true]]") == [1, 2.5, "a", [true]])
    #expect(try value("k=[]") == [])
  }

  @Test(arguments: [
    "", "Ada", "3 epochs", "03", "+1", ".5", "True", "NaN", "null", "{\"a\":1}", "[1,2", "[null]", "[{}]", "1 2", "\"a",
    "99999999999999999999", "a=b", "\u{301}x",
  ])
  func `anything else is a text as it stands`(text: String) throws {
    #expect(try value("k=" + text) == .string(text))
  }

  @Test func `a whole number that replaces a number is one`() throws {
    #expect(try value("k=1", replacing: 0.5) == .number(1))
    #expect(try value("k=1", replacing: 5) == .integer(1))
    #expect(try value("k=1.5", replacing: 5) == .number(1.5))
    #expect(try value("k=text", replacing: 0.5) == .string("text"))
    // No number holds it.
    #expect(try value("k=9007199254740993", replacing: 0.5) == .integer(9_007_199_254_740_993))
  }

  @Test func `the first sign of equality ends the key, and there has to be a key`() throws {
    #expect(try MetadataSetting("a.b=c=d").key == "a.b")
    #expect(try MetadataSetting("a=\u{301}").key == "a")
    for argument in ["", "a", "=a", "="] {
      #expect(throws: (any Error).self) { try MetadataSetting(argument) }
    }
  }
}
