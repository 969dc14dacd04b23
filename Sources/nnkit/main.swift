import NNKitCommands

CommandLineTool.main()
