import Foundation
import TestSupport

/// A real browser, where the machine has one, which says what is wrong with a page.
enum Browser {
  /// What a page looks like.
  struct Look: Decodable {
    /// Errors of scripts, and what is wider than the window, too small to read, empty, or on top of something else.
    let problems: [String]
    let figures: Int
    let width: Int
  }

  struct NoAnswer: Error {
    let output: String
    let errors: String
  }

  private static let path = ["chromium", "chromium-browser", "google-chrome"].map { "/usr/bin/" + $0 }
    .first { FileManager.default.isExecutableFile(atPath: $0) }

  static let isAvailable = path != nil

  /// Shows a page in a frame as wide as a phone's screen, or a desktop window, and looks at it.
  ///
  /// - Parameter isDark: whether the screen prefers dark colours.
  static func look(at page: String, width: Int, isDark: Bool, in folder: TemporaryFolder) throws -> Look {
    let watched = page.replacingOccurrences(of: "<head>", with: "<head><script>\(watch)</script>")
    let escaped = watched.replacingOccurrences(of: "&", with: "&amp;").replacingOccurrences(of: "\"", with: "&quot;")
    let frame = """
      <!DOCTYPE html><html><head><meta name="color-scheme" content="light dark"></head><body>
      <iframe id="page" width="\(width)" height="900" style="border:0" srcdoc="\(escaped)"></iframe>
      <script>\(check)</script></body></html>
      """
    try folder.write(Array(frame.utf8), to: "frame.html")
    let outcome = try Execution.run(
      path ?? "",
      [
        "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run",
        "--user-data-dir=\(folder.file("browser"))", "--blink-settings=preferredColorScheme=\(isDark ? 0 : 1)",
        "--window-size=\(max(width, 600) + 40),1000", "--dump-dom", "file://\(folder.file("frame.html"))",
      ], in: folder.path, timeLimit: .seconds(60))
    let pieces = outcome.output.components(separatedBy: "<pre id=\"look\">")
    guard pieces.count == 2, let end = pieces[1].range(of: "</pre>") else {
      throw NoAnswer(output: String(outcome.output.suffix(500)), errors: outcome.errors)
    }
    let text = pieces[1][..<end.lowerBound].replacingOccurrences(of: "&lt;", with: "<")
      .replacingOccurrences(of: "&gt;", with: ">").replacingOccurrences(of: "&amp;", with: "&")
    return try JSONDecoder().decode(Look.self, from: Data(text.utf8))
  }

  /// Runs in the page before anything else.
  private static let watch = """
    window.problems = [];
    addEventListener('error', e => problems.push('error: ' + (e.message || e.target.outerHTML)), true);
    for (const name of ['error', 'warn']) console[name] = (...words) => problems.push(name + ': ' + words.join(' '));
    """

  /// Runs around the page when everything is there.
  private static let check = """
    addEventListener('load', () => {
      const frame = document.getElementById('page').contentWindow, page = frame.document;
      const problems = frame.problems, width = frame.innerWidth;
      const name = e => e.tagName + '.' + (e.className.baseVal ?? e.className) + ' ' + e.textContent.trim().slice(0, 60);
      const moves = e => { for (; e; e = e.parentElement) if (frame.getComputedStyle(e).overflowX == 'auto') return true; };
      const wide = page.documentElement.scrollWidth;
      if (wide > width) problems.push('the page is ' + wide + ' wide');
      for (const e of page.querySelectorAll('main *')) {
        if (e.closest('svg') && e.tagName != 'svg') continue;
        const box = e.getBoundingClientRect();
        if ((box.right > width + 1 || box.left < -1) && !moves(e)) problems.push('beyond the edge: ' + name(e));
        const hasText = [...e.childNodes].some(n => n.nodeType == 3 && n.data.trim());
        if (hasText && parseFloat(frame.getComputedStyle(e).fontSize) < 12) problems.push('tiny: ' + name(e));
      }
      for (const e of page.querySelectorAll('figure, svg, img')) {
        const box = e.getBoundingClientRect();
        if (box.width < 10 || box.height < 5) problems.push('empty: ' + name(e));
      }
      for (const e of page.images) if (!e.complete || !e.naturalWidth) problems.push('no picture: ' + e.alt);
      for (const axis of page.querySelectorAll('.across, .up')) {
        const boxes = [...axis.children].map(e => [e, e.getBoundingClientRect()]).filter(([e]) => e.textContent);
        for (const [i, [a, p]] of boxes.entries()) for (const [b, q] of boxes.slice(i + 1))
          if (p.left < q.right - 1 && q.left < p.right - 1 && p.top < q.bottom - 4 && q.top < p.bottom - 4)
            problems.push('on one another: ' + name(a) + ' and ' + name(b));
      }
      const fetched = frame.performance.getEntriesByType('resource').filter(e => !e.name.startsWith('data:'));
      for (const e of fetched) problems.push('fetched: ' + e.name);
      const answer = document.createElement('pre');
      answer.id = 'look';
      answer.textContent = JSON.stringify({ problems, width, figures: page.querySelectorAll('figure').length });
      document.body.replaceChildren(answer);
    });
    """
}
