// No product has BinaryIO: whoever reads the `fileError` of an error gets its type from here.
@_exported public import struct BinaryIO.FileError
