import NeuralNetwork
import Testing

struct NetworkTextTests {
  @Test(
    arguments: [
      (
        "conv(8,3) relu maxpool(2) flatten dense(64) relu dense(10)",
        [
          .convolution(filters: 8, kernelSize: 3), .relu, .maximumPooling(size: 2), .flatten,
          .affine(outputs: 64), .relu, .affine(outputs: 10),
        ]
      ),
      ("conv(8,3,2,1)", [.convolution(filters: 8, kernelSize: 3, stride: 2, padding: 1)]),
      ("conv(8,3,padding=1)", [.convolution(filters: 8, kernelSize: 3, padding: 1)]),
      ("conv(kernel_size=3,stride=2,filters=8)", [.convolution(filters: 8, kernelSize: 3, stride: 2)]),
      ("  conv( 8 , 3 ,\tstride = 2 )\n relu ", [.convolution(filters: 8, kernelSize: 3, stride: 2), .relu]),
      (
        "maxpool(3) maxpool(3,1) maxpool(3,stride=2)",
        [.maximumPooling(size: 3), .maximumPooling(size: 3, stride: 1), .maximumPooling(size: 3, stride: 2)]
      ),
      (
        "averagepool(2) averagepool(size=3,stride=1)",
        [.averagePooling(size: 2), .averagePooling(size: 3, stride: 1)]
      ),
      (
        "batchnorm batchnorm() batchnorm(0.5) batchnorm(epsilon=1e-3)",
        [
          .batchNormalization(), .batchNormalization(), .batchNormalization(momentum: 0.5),
          .batchNormalization(epsilon: 1e-3),
        ]
      ),
      (
        "leakyrelu leakyrelu(0.2) dropout(.5) dropout(rate=0.25)",
        [.leakyReLU(), .leakyReLU(slope: 0.2), .dropout(rate: 0.5), .dropout(rate: 0.25)]
      ),
      (
        "affine(3) gelu silu elu elu(0.5) softplus sigmoid tanh identity softmax",
        [.affine(outputs: 3), .gelu, .silu, .elu(), .elu(alpha: 0.5), .softplus, .sigmoid, .tanh, .identity, .softmax]
      ),
    ] as [(String, [LayerSpecification])])
  func textsAndTheirLayers(text: String, layers: [LayerSpecification]) throws {
    #expect(try NetworkText(text).layers == layers)
    #expect(try NetworkText(NetworkText.text(of: layers)).layers == layers)
  }

  @Test func wordsLeaveOutWhatIsDefault() throws {
    let text =
      "conv(8,3) conv(8,3,stride=2) conv(8,3,padding=1) maxpool(2) maxpool(3,stride=2) averagepool(2) batchnorm "
      + "batchnorm(momentum=0.5) batchnorm(epsilon=0.1) leakyrelu leakyrelu(0.5) elu elu(0.5) dropout(0.5) dense(3)"
    #expect(try NetworkText.text(of: NetworkText(text).layers) == text)
  }

  @Test func randomLayersSurviveTheirText() throws {
    var generator = RandomGenerator(seed: 1)
    for _ in 0..<300 {
      let size = 1 + generator.next(below: 9)
      let number = generator.uniform()
      let kinds: [LayerSpecification] = [
        .affine(outputs: size),
        .convolution(
          filters: 1 + generator.next(below: 99), kernelSize: size, stride: 1 + generator.next(below: 3),
          padding: generator.next(below: 3)),
        .maximumPooling(size: size, stride: 1 + generator.next(below: 9)),
        .averagePooling(size: size, stride: 1 + generator.next(below: 9)), .dropout(rate: number),
        .batchNormalization(momentum: number, epsilon: generator.uniform() * 1e-7), .leakyReLU(slope: number),
      ]
      let layers = (0..<4).map { _ in kinds[generator.next(below: kinds.count)] }
      #expect(try NetworkText(NetworkText.text(of: layers)).layers == layers)
    }
  }

  @Test func shapesFollow() throws {
    let text = try NetworkText("conv(8,3) relu maxpool(2) flatten dense(64) relu dense(10)")
    #expect(try text.outputShape(inputShape: [28, 28]) == [10])
    #expect(try NetworkText("conv(8,3) maxpool(2)").outputShape(inputShape: [28, 28]) == [8, 13, 13])
  }

  private func mistake(_ text: String, inputShape: [Int] = [4, 4]) -> NetworkTextError? {
    #expect(throws: NetworkTextError.self) { try NetworkText(text).outputShape(inputShape: inputShape) }
  }

  @Test func theCaretStandsUnderTheWord() {
    #expect(
      mistake("conv(8,3) relu maxpool(2) dense(3)", inputShape: [3, 28])?.description == """
        word 3, maxpool(2): expected an input of at least 2 × 2 for windows of 2 × 2, found [8, 1, 26]
          conv(8,3) relu maxpool(2) dense(3)
                         ^~~~~~~~~~
        """)
    #expect(
      mistake("relu dropout(1.5)")?.description == """
        word 2, dropout(1.5): expected a rate of at least 0 and below 1, found 1.5
          relu dropout(1.5)
               ^~~~~~~~~~~~
        """)
    #expect(
      mistake("relu\tmaxpol(2)")?.description == """
        word 2, maxpol(2): expected one of dense, affine, conv, maxpool, averagepool, flatten, dropout, batchnorm, \
        relu, leakyrelu, gelu, silu, elu, softplus, sigmoid, tanh, identity, softmax, found "maxpol"
          relu maxpol(2)
               ^~~~~~~~~
        """)
    #expect(
      mistake("conv(8,3,stride=2,pading=1)")?.description == """
        word 1, conv(8,3,stride=2,pading=1): expected conv(filters, kernel_size, stride=1, padding=0), found an argument \
        "pading"
          conv(8,3,stride=2,pading=1)
                            ^~~~~~~~
        """)
    #expect(
      mistake("")?.description.hasPrefix("network: expected at least one of dense") == true)
  }

  /// A text, the number of the word, the characters that are marked, and what the message says.
  @Test(
    arguments: [
      ("dense", 1, "dense", "no outputs"), ("dense()", 1, "dense()", "no outputs"),
      ("relu conv(8)", 2, "conv(8)", "no kernel_size"), ("dense(3,4)", 1, "4", "2 arguments"),
      ("relu(1)", 1, "1", "without arguments"), ("dense(x)", 1, "x", "\"x\""),
      ("dense(1.5)", 1, "1.5", "whole number"), ("dense(-3)", 1, "-3", "whole number"),
      ("dense(99999999999999999999)", 1, "99999999999999999999", "whole number"),
      ("dense(4294967296)", 1, "4294967296", "whole number"), ("dropout(nan)", 1, "nan", "finite"),
      ("dropout(much)", 1, "much", "finite"), ("conv(filters=8,3)", 1, "3", "a name"),
      ("conv(8,3,filters=8)", 1, "filters=8", "once"), ("conv(8,,3)", 1, ",", "nothing after the comma"),
      ("dense(10, )", 1, ",", "nothing after the comma"),
      ("conv( ,3)", 1, ",", "nothing before the comma"), ("relu dense(3", 2, "(", "dense(3: expected a )"),
      ("dense(64 relu dense(10)", 1, "(", "word 1, dense(64: expected a )"),
      ("dense(3))", 1, ")", "after the parentheses"),
      ("dense((3))", 1, "(", "another ("), ("dense(3)relu", 1, "relu", "after the parentheses"),
      ("(3)", 1, "(3)", "\"\""), ("relu ) relu", 2, ")", "\")\""), ("Relu", 1, "Relu", "\"Relu\""),
      ("elu(0)", 1, "elu(0)", "a finite alpha above 0"),
      ("relu elu(alpha=-1)", 2, "elu(alpha=-1)", "above 0"), ("elu(1,2)", 1, "2", "elu(alpha=1)"),
      ("elu(alpha=inf)", 1, "alpha=inf", "finite"),
      ("relu dense(0)", 2, "dense(0)", "at least 1"), ("dropout(1)", 1, "dropout(1)", "below 1"),
      ("flatten conv(1,1)", 2, "conv(1,1)", "[16]"), ("conv(1,2,padding=2)", 1, "conv(1,2,padding=2)", "0...1"),
      ("conv(1,2,stride=0)", 1, "conv(1,2,stride=0)", "stride"),
      ("dense(2147483647)", 1, "dense(2147483647)", "at most"), ("relu dense(3 relu", 2, "(", "dense(3: expected a )"),
    ])
  func mistakesAreMarkedAndExplained(text: String, number: Int, marked: String, evidence: String) throws {
    let error = try #require(mistake(text))
    #expect(error.wordNumber == number)
    #expect(String(Array(text)[error.range]) == marked)
    #expect(error.description.contains(evidence), "\(error)")
  }

  @Test func anyTextIsReadOrRefused() {
    var generator = RandomGenerator(seed: 9)
    let pieces = ["conv", "dense", "(", ")", ",", "=", " ", "3", "stride", "\u{0}", "é", "👩‍👧", "-", "1e9", "\n", "pool"]
    for _ in 0..<5_000 {
      let text = (0..<generator.next(below: 12)).map { _ in pieces[generator.next(below: pieces.count)] }.joined()
      do throws(NetworkTextError) {
        _ = try NetworkText(text).outputShape(inputShape: [9, 9])
      } catch {
        #expect(error.range.upperBound <= text.count)
        #expect(!error.description.isEmpty)
      }
    }
  }
}
