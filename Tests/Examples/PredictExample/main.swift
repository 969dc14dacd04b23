import IDX
import NetworkRuns

let predictor = try Predictor(contentsOf: "digits.nnk")
let probabilities = try predictor.predict(IDXArray(contentsOf: "images.gz"))  // a row for each image
