public import NeuralNetwork

/// What a model keeps of the settings of a run.
extension RunMetadata {
  /// The setting of an optimiser, such as `momentum`; its entry is called `training.momentum`.
  public subscript(optimizerSetting name: String) -> Double? {
    get { self["training." + name] }
    set { self["training." + name] = newValue }
  }

  /// The optimiser with its settings; nil where the metadata name none. A setting that is absent has its default.
  public var optimizer: Optimizer? {
    get { self.optimizerName.map { Optimizer($0).with { self[optimizerSetting: $0] } } }
    set {
      for (name, _) in optimizer?.settings ?? [] { self[optimizerSetting: name] = nil }
      self.optimizerName = newValue?.name
      for (name, value) in newValue?.settings ?? [] { self[optimizerSetting: name] = value }
    }
  }

  /// How long training was to last.
  public var duration: TrainingDuration? {
    get { self.epochs.map { .epochs($0) } ?? self.iterations.map { .iterations($0) } }
    set {
      (self.epochs, self.iterations) = (nil, nil)
      switch newValue {
      case .epochs(let count): self.epochs = count
      case .iterations(let count): self.iterations = count
      case nil: break
      }
    }
  }

  /// How gradients that were too great were made smaller; nil if they were left alone.
  public var clipping: GradientClipping? {
    get { self.clipNorm.map { .norm($0) } ?? self.clipValue.map { .value($0) } }
    set {
      (self.clipNorm, self.clipValue) = (nil, nil)
      switch newValue {
      case .norm(let limit): self.clipNorm = limit
      case .value(let limit): self.clipValue = limit
      case nil: break
      }
    }
  }

  /// Writes down the settings of a run. What is at rest has no entry: a constant schedule, a warm-up or weight decay of
  /// 0, no clipping, no patience.
  mutating func record(_ configuration: TrainingConfiguration) {
    self.loss = configuration.loss
    self.batchSize = configuration.batchSize
    self.sampling = configuration.sampling
    self.seed = configuration.seed
    self.threads = configuration.threads
    self.duration = configuration.duration
    self.optimizer = configuration.optimizer
    self.learningRate = configuration.learningRate
    let schedule = configuration.schedule
    self.scheduleShape = schedule.shape == .constant ? nil : schedule.shape
    self.warmUp = schedule.warmUp > 0 ? schedule.warmUp : nil
    self.weightDecay = configuration.weightDecay > 0 ? configuration.weightDecay : nil
    self.clipping = configuration.clipping
    self.patience = configuration.patience
  }
}
