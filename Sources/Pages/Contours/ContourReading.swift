import Formatting

/// The script that shows the value under the pointer, interpolated between the four nearest points of the grid.
struct ContourReading {
  private let surface: ContourSurface

  init(_ surface: ContourSurface) { self.surface = surface }

  var script: String {
    let values = surface.values.map { $0.isFinite ? Text.significant($0, 5) : "null" }.joined(separator: ",")
    return """
      const values = [\(values)];
      const count = \(surface.count), half = \(surface.halfWidth);
      const plot = document.querySelector(".plot"), reading = document.querySelector("#reading");
      const legend = reading.textContent;
      const show = number => Number(number.toPrecision(3)).toString().replace("-", "−");
      plot.addEventListener("pointermove", event => {
        const place = new DOMPoint(event.clientX, event.clientY).matrixTransform(plot.getScreenCTM().inverse());
        const x = (place.x - \(ContourPicture.left)) / \(ContourPicture.side);
        const y = 1 - (place.y - \(ContourPicture.top)) / \(ContourPicture.side);
        if (x < 0 || x > 1 || y < 0 || y > 1) { reading.textContent = legend; return; }
        const column = Math.min(Math.floor(x * (count - 1)), count - 2);
        const row = Math.min(Math.floor(y * (count - 1)), count - 2);
        const right = x * (count - 1) - column, up = y * (count - 1) - row, corner = row * count + column;
        const corners = [values[corner], values[corner + 1], values[corner + count], values[corner + count + 1]];
        const value = corners.includes(null) ? "not finite"
          : show((corners[0] * (1 - right) + corners[1] * right) * (1 - up)
            + (corners[2] * (1 - right) + corners[3] * right) * up);
        reading.textContent = value + " at (" + show((2 * x - 1) * half) + ", " + show((2 * y - 1) * half) + ")";
      });
      plot.addEventListener("pointerleave", () => { reading.textContent = legend; });
      """
  }
}
