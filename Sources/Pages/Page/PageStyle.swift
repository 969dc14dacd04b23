/// The looks of a page, for light and dark screens, wide and narrow ones.
///
/// The variables `--page`, `--ink`, `--soft` and `--rule` (ground, text, text of less weight, thin lines) are there for
/// all parts.
struct PageStyle {
  private let styles: [PartStyle]
  /// In pixels.
  private let width: Int

  init(_ parts: [any PagePart], isWide: Bool = false) {
    width = isWide ? 1_100 : 828
    styles = parts.flatMap(\.styles).reduce(into: []) { styles, style in
      if !styles.contains(style) { styles.append(style) }
    }
  }

  var text: String {
    """
    :root { --page: #fbfaf7; --ink: #22262b; --soft: #646b73; --rule: #d9d7d0;\(variables(\.light)) }
    @media (prefers-color-scheme: dark) {
    :root { --page: #14171a; --ink: #e6e4de; --soft: #989fa6; --rule: #34393f;\(variables(\.dark)) }
    }
    * { box-sizing: border-box; }
    body { margin: 0; background: var(--page); color: var(--ink);
      font: 15px/1.5 system-ui, -apple-system, "Segoe UI", sans-serif; }
    main { max-width: \(width)px; margin: 0 auto; padding: 28px 24px 40px; }
    h1 { font-size: 22px; line-height: 1.25; font-weight: 650; margin: 0 0 4px; overflow-wrap: anywhere; }
    header p { margin: 0; color: var(--soft); }
    figure { margin: 20px 0 0; }
    \(styles.map(\.rules).joined(separator: "\n"))
    dl { margin: 22px 0 0; border-top: 1px solid var(--rule); }
    dl div { display: flex; gap: 16px; padding: 7px 0; border-bottom: 1px solid var(--rule); }
    dt { flex: 0 0 116px; color: var(--soft); }
    dd { margin: 0; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
    .caution { color: var(--soft); font-size: 13.5px; margin: 14px 0 0; }
    """
  }

  private func variables(_ side: (PartStyle) -> String) -> String {
    styles.map(side).filter { !$0.isEmpty }.map { " " + $0 }.joined()
  }
}
