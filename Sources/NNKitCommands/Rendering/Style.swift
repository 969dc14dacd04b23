import ArgumentParser

/// When to use colour.
enum ColorChoice: String, CaseIterable, ExpressibleByArgument {
  case auto, always, never
}

/// Emphasis by ANSI escape sequences, or none.
struct Style {
  let isEnabled: Bool

  /// Colour only on a terminal that can show it, and off with `NO_COLOR` (https://no-color.org) or `TERM=dumb`.
  init(_ choice: ColorChoice, isTerminal: Bool, environment: (String) -> String? = Terminal.environment) {
    switch choice {
    case .always: isEnabled = true
    case .never: isEnabled = false
    case .auto:
      isEnabled =
        isTerminal && (environment("NO_COLOR") ?? "").isEmpty && environment("TERM") != "dumb"
    }
  }

  private func wrap(_ text: String, _ code: String) -> String {
    isEnabled ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }

  func bold(_ text: String) -> String { wrap(text, "1") }
  func dim(_ text: String) -> String { wrap(text, "2") }
  func red(_ text: String) -> String { wrap(text, "31") }
  func green(_ text: String) -> String { wrap(text, "32") }
  func yellow(_ text: String) -> String { wrap(text, "33") }
}
